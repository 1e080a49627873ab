"""From a request to what a page is asked: who comes, in which language, with which form."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from alerts.signing import LinkError
from harborwatch.web.access import COOKIE, LASTS, Visitor
from harborwatch.web.asking import PASS, Ask, PageError
from harborwatch.web.attempts import Attempts
from harborwatch.web.site import Site
from harborwatch.web.wording import Wording, chosen, wording

#: the cookie of the language that was chosen
LANGUAGE_COOKIE = "harborwatch_lang"
#: bytes of a form, and fields
LONGEST_FORM, MOST_FIELDS = 96_000, 40
_BEARER = "bearer "


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request with what was made of it."""

    request: Request
    ask: Ask
    form: Mapping[str, str] = field(default_factory=dict)


class Visits:
    """Makes visits of requests, and answers carry on what must be remembered."""

    def __init__(self, site: Site) -> None:
        """Take the site; wrong passwords are counted here, for tokens and forms alike."""
        self.site = site
        self.attempts = Attempts(site.workers)

    async def of(self, request: Request, *, signed: bool = False) -> Visit:
        """Return the visit that a request is. Raises PageError where it is none of ours.

        `signed`: its own link says that it is ours, so that its form needs no mark.
        """
        visitor = await self._visitor(request)
        ask = Ask(
            wording=wording_of(request),
            visitor=visitor,
            path=request.path_params,
            here=request.url.path,
            query=dict(reversed(request.query_params.multi_items())),
            pass_for=partial(self._pass_for, request) if visitor.by_link else None,
        )
        posted = request.method == "POST"
        form = await self._form(request, ask, signed=signed) if posted else {}
        return Visit(request=request, ask=ask, form=form)

    def remember(self, request: Request, response: Response) -> None:
        """Let the browser remember the language that was asked for."""
        asked = request.query_params.get("lang")
        if asked:
            response.set_cookie(
                LANGUAGE_COOKIE, chosen([asked], ""), max_age=31_536_000, httponly=True,
                samesite="lax", secure=self.is_secure,
            )  # fmt: skip

    def admit(self, response: Response, cookie: str) -> None:
        """Give the browser a session's cookie."""
        response.set_cookie(
            COOKIE, cookie, max_age=int(LASTS.total_seconds()), httponly=True,
            samesite="lax", secure=self.is_secure,
        )  # fmt: skip

    @property
    def is_secure(self) -> bool:
        """Say whether readers come by https, through a proxy."""
        return self.site.public_url.startswith("https:")

    async def role_of(self, request: Request, password: str) -> Visitor:
        """Return who has this password. Raises PageError after too many wrong ones."""
        now, address = self.site.clock.now(), address_of(request)
        language = wording_of(request)
        wait = self.attempts.wait(address, now)
        if wait:
            minutes = max(1, round(wait / 60))
            raise PageError(429, language("error.too_many", count=minutes))
        # In a thread: argon2 takes its time on purpose.
        role = await asyncio.to_thread(self.site.access.role_of, password)
        if role is None:
            self.attempts.wrong(address, now)
            raise PageError(401, language("login.wrong"))
        self.attempts.right(address)
        return Visitor(role=role)

    async def _visitor(self, request: Request) -> Visitor:
        given = request.headers.get("authorization", "")
        if given[: len(_BEARER)].lower() == _BEARER and not self.site.access.is_open:
            return await self.role_of(request, given[len(_BEARER) :].strip())
        cookie = request.cookies.get(COOKIE, "")
        visitor = self.site.access.visitor(cookie, self.site.clock.now())
        if visitor.role is None and self._opens(request):
            return Visitor(role="reader", by_link=True)
        return visitor

    def _opens(self, request: Request) -> bool:
        """Say whether a signed link of a mail opens this page; one that has ended does not."""
        given, signer = request.query_params.get(PASS, ""), self.site.signer
        if not given or signer is None or request.method not in {"GET", "HEAD"}:
            return False
        try:
            return signer.read("read", given, self.site.clock.now()) == (request.url.path,)
        except LinkError:
            return False

    def _pass_for(self, request: Request, path: str) -> str:
        """Return what a page that a mail's link opened says of another: it opens as long."""
        signer = self.site.signer
        assert signer is not None, "a link has opened this page"
        return signer.handed_on("read", request.query_params[PASS], path)

    async def _form(self, request: Request, ask: Ask, *, signed: bool) -> dict[str, str]:
        """Return a form's fields. Raises PageError where it is too long or not of our making."""
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST_FORM:
                raise PageError(413, ask.wording("error.too_long"))
        try:
            pairs = parse_qsl(
                body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS
            )
        except (UnicodeDecodeError, ValueError) as error:
            raise PageError(400, ask.wording("error.form")) from error
        form = dict(pairs)
        if not signed and not self.site.access.is_own_form(ask.visitor, form.get("mark", "")):
            raise PageError(403, ask.wording("error.foreign"), ask.wording("error.foreign_hint"))
        return form


def address_of(request: Request) -> str:
    """Return where a request comes from."""
    return request.client.host if request.client else ""


def wording_of(request: Request) -> Wording:
    """Return the messages in the language that a request is answered in."""
    asked = (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE))
    accepted = request.headers.get("accept-language", "")
    return wording(chosen([one for one in asked if one], accepted))
