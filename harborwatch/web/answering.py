"""Answers: a view as a page or as JSON, errors as both, redirects to what has moved."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from harborwatch.web import conditional
from harborwatch.web.access import COOKIE, Visitor
from harborwatch.web.as_json import as_json
from harborwatch.web.asking import Ask, Moved, PageError
from harborwatch.web.endpoints import Endpoint
from harborwatch.web.site import Site
from harborwatch.web.visiting import Visit, Visits, wording_of
from harborwatch.web.wording import LANGUAGES, Wording

#: answers that are made at a time: as many as the archive has connections at hand
AT_ONCE = 12

Handler = Callable[[Request], Awaitable[Response]]


class Answers:
    """Makes answers of views."""

    def __init__(self, site: Site, visits: Visits, templates: Environment) -> None:
        """Take what all answers share."""
        self.site, self.visits, self._templates = site, visits, templates
        self._limiter = CapacityLimiter(AT_ONCE)

    def page(self, endpoint: Endpoint) -> Handler:
        """Return what answers an endpoint's requests with a page."""

        def answer(visit: Visit) -> Response:
            view = self._view(endpoint, visit.ask)
            return self.shown(endpoint.template, visit.ask, view=view, menu=endpoint.menu)

        return self.handled(answer)

    def sent(self, endpoint: Endpoint) -> Handler:
        """Return what answers a form with a page: its fields are what the page is asked."""

        def answer(visit: Visit) -> Response:
            ask = replace(visit.ask, query={**visit.ask.query, **visit.form})
            view = self._view(endpoint, ask)
            return self.shown(endpoint.template, visit.ask, view=view, menu=endpoint.menu)

        return self.handled(answer)

    def json(self, endpoint: Endpoint) -> Handler:
        """Return what answers an endpoint's requests with JSON."""
        return self.handled(
            lambda visit: as_response(as_json(self._view(endpoint, visit.ask))), api=True
        )

    def handled(
        self,
        answer: Callable[[Visit], Response],
        *,
        api: bool = False,
        anybody: bool = False,
        editors: bool = False,
        signed: bool = False,
        feed: bool = False,
    ) -> Handler:
        """Return a handler: works in a thread, tells errors, lets in who may come in.

        `anybody` needs no log-in, `editors` needs their role; what is `signed` brings its
        leave in its own link, and needs neither. A `feed` asks for the password as feed
        readers know it.
        """

        async def handle(request: Request) -> Response:
            visit = None
            try:
                visit = await self.visits.of(request, signed=signed, basic=api and not anybody)
                _admitted(visit.ask, anybody=anybody or signed, editors=editors)
                made = await run_sync(answer, visit, limiter=self._limiter)
                response = conditional.answered(request, made)
            except Moved as moved:
                there = visit.ask.opened(moved.path) if visit else moved.path
                response = RedirectResponse(f"/api{there}" if api else there, 308)
            except PageError as error:
                response = self.failed(request, error, api=api, feed=feed)
            self.visits.remember(request, response)
            return response

        return handle

    def failed(
        self, request: Request, error: PageError, *, api: bool, feed: bool = False
    ) -> Response:
        """Return an error as a page or as JSON; who must log in is led there."""
        wording, wait = wording_of(request), error.wait
        said = PageError(
            error.status, wording.said(error.what), wording.said(error.hint), wait=wait
        )
        told = _as_json(said, feed=feed) if api else self._as_page(request, said, wording)
        if wait:
            told.headers["Retry-After"] = str(wait)
        return told

    def _as_page(self, request: Request, error: PageError, wording: Wording) -> Response:
        if error.status == 401 and request.method == "GET":
            there = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/login?then={quote(there)}", 303)
        ask = Ask(
            wording=wording,
            # Its own forms are for those who came in.
            visitor=Visitor(role=None),
            here=request.url.path,
        )
        # Who may read nothing else is not led there.
        cookie = request.cookies.get(COOKIE, "")
        comes_in = self.site.access.visitor(cookie, self.site.clock.now()).role is not None
        menu = "" if comes_in else "none"
        return self.shown("error.html", ask, error=error, menu=menu, status=error.status)

    def shown(self, template: str, ask: Ask, *, status: int = 200, **values: Any) -> Response:
        """Return a rendered page."""
        site = self.site
        visitor, fresh = ask.visitor, ""
        if visitor.by_link:
            # The link opens this page and those it names, and no other.
            values["menu"] = "none"
        by_session = not visitor.by_link and not visitor.by_token
        if not visitor.session and visitor.role is not None and by_session:
            # A form needs a session to belong to.
            fresh = site.access.cookie(visitor.role, site.clock.now())
            visitor = site.access.visitor(fresh, site.clock.now())
        text = self._templates.get_template(template).render(
            t=ask.wording,
            ask=ask,
            visitor=visitor,
            mark=site.access.form_mark(visitor),
            is_open=site.access.is_open,
            languages=LANGUAGES,
            **values,
        )
        response = HTMLResponse(text, status)
        response.headers["Content-Language"] = ask.wording.language
        response.headers["Vary"] = "Cookie, Accept-Language"
        if fresh:
            self.visits.admit(response, fresh)
        return response

    def _view(self, endpoint: Endpoint, ask: Ask) -> object:
        site = replace(self.site, language=ask.wording.language)
        with site.archive.read() as db:
            return endpoint.view(site, db, ask)


def as_response(value: object, status: int = 200) -> Response:
    """Return a value as JSON."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate from a broken page has no UTF-8; its escape is JSON all the same.
    body = text.encode("utf-8", "backslashreplace")
    return Response(body, status, media_type="application/json")


def _as_json(error: PageError, *, feed: bool) -> Response:
    told = as_response({"error": error.what, "hint": error.hint}, error.status)
    if error.status == 401:
        if feed:
            told.headers.append("WWW-Authenticate", 'Basic realm="Harborwatch", charset="UTF-8"')
        told.headers.append("WWW-Authenticate", 'Bearer realm="Harborwatch"')
    return told


def _admitted(ask: Ask, *, anybody: bool, editors: bool) -> None:
    if not anybody and ask.visitor.role is None:
        raise PageError(401, ask.wording("error.login"))
    if editors and not ask.visitor.may_edit:
        raise PageError(403, ask.wording("error.reader"))
