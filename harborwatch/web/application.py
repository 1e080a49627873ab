"""The application: every path and what answers it."""

import logging
from collections.abc import Mapping
from functools import partial
from importlib.metadata import version

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, ExceptionHandler

from archive.indexing import index
from harborwatch.web.answering import Answers, as_response
from harborwatch.web.asking import PageError
from harborwatch.web.changing import Changes
from harborwatch.web.endpoints import ENDPOINTS, WORKBENCH
from harborwatch.web.files import KINDS, Files
from harborwatch.web.headers import Guarded
from harborwatch.web.openapi import description
from harborwatch.web.readers import PATHS, Readers
from harborwatch.web.site import Site
from harborwatch.web.templating import environment
from harborwatch.web.visiting import LOG_OUT, Visit, Visits, wording_of
from harborwatch.web.watch_changes import WatchChanges

_log = logging.getLogger(__name__)


def application(site: Site) -> ASGIApp:
    """Return the application of a site."""
    answers = Answers(site, Visits(site), environment())
    routes = [*_pages(answers), *_api(answers, site), *_files(answers, site), *_forms(answers)]
    app = Starlette(routes=routes, exception_handlers=_errors(answers))
    return Guarded(
        GZipMiddleware(app, minimum_size=1_000),
        only_this_machine=site.access.is_open,
        but_for=PATHS if site.public_url else (),
    )


def _pages(answers: Answers) -> list[Route]:
    return [Route(one.path, answers.page(one)) for one in ENDPOINTS]


def _api(answers: Answers, site: Site) -> list[Route]:
    said = description(version("harborwatch"), open_to_all=site.access.is_open)
    described = answers.handled(lambda _: as_response(said), api=True)
    return [
        Route("/api/openapi.json", described),
        *(
            Route(f"/api{'/latest' if one.path == '/' else one.path}", answers.json(one))
            for one in ENDPOINTS
        ),
    ]


def _files(answers: Answers, site: Site) -> list[Route]:
    files = Files(site)
    return [
        *(
            Route(
                f"/search.{kind}",
                answers.handled(partial(files.export, kind), api=True, feed=kind == "atom"),
            )
            for kind in KINDS
        ),
        Route("/topics/{id}/feed.atom", answers.handled(files.topic_feed, api=True, feed=True)),
        Route(
            "/watches/{subscriber}/{name:path}/feed.atom",
            answers.handled(files.watch_feed, api=True, feed=True),
        ),
        Route("/stories/{number:int}/pages/{page:int}", answers.handled(files.raw)),
        Route("/digests/{number:int}/html", answers.handled(files.digest_html)),
        Route("/static/{mark}/{name}", answers.handled(files.static, anybody=True)),
        Route("/robots.txt", _robots),
        Route("/healthz", answers.handled(partial(_health, site), api=True, anybody=True)),
    ]


def _forms(answers: Answers) -> list[Route]:
    changes, watches = Changes(answers), WatchChanges(answers)
    return [
        *_by_mail(answers),
        Route("/login", answers.handled(changes.login_page, anybody=True), methods=["GET"]),
        Route("/login", changes.log_in, methods=["POST"]),
        Route(LOG_OUT, answers.handled(changes.log_out, anybody=True), methods=["POST"]),
        Route("/watches", answers.handled(watches.add, editors=True), methods=["POST"]),
        Route("/watches/set", answers.handled(watches.set, editors=True), methods=["POST"]),
        Route("/watches/remove", answers.handled(watches.remove, editors=True), methods=["POST"]),
        Route(WORKBENCH.path, answers.sent(WORKBENCH), methods=["POST"]),
        Route("/saved", answers.handled(changes.save_search, editors=True), methods=["POST"]),
        Route(
            "/saved/forget",
            answers.handled(changes.forget_search, editors=True),
            methods=["POST"],
        ),
    ]


def _by_mail(answers: Answers) -> list[Route]:
    """Return what the links of mails lead to."""
    readers = Readers(answers)
    return [
        Route(path, answers.handled(answer, signed=True), methods=[method])
        for path, method, answer in (
            ("/unsubscribe", "GET", readers.unsubscribing),
            ("/unsubscribe", "POST", readers.unsubscribe),
            ("/feedback", "GET", readers.judging),
            ("/feedback", "POST", readers.judge),
            ("/digest", "GET", readers.digest),
        )
    ]


def _robots(request: Request) -> Response:
    del request
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


def _health(site: Site, visit: Visit) -> Response:
    """Say that the page works and reads its archive; nothing of what is in it."""
    del visit
    with site.archive.read() as db:
        index.highest(db)
    return as_response({"status": "ok"})


def _errors(answers: Answers) -> Mapping[type[Exception] | int, ExceptionHandler]:
    """Return what answers where nothing else does: no such path, a fault of ours."""

    def untold(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException):
            return _told(answers, request, error.status_code)
        _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return _told(answers, request, 500)

    return {HTTPException: untold, Exception: untold}


def _told(answers: Answers, request: Request, status: int) -> Response:
    say = wording_of(request)
    key = {404: "missing", 405: "method"}.get(status, "fault")
    error = PageError(status, say(f"error.{key}"), say(f"error.{key}_hint"))
    path = request.url.path
    api = path.startswith("/api/") or path.rpartition(".")[2] in KINDS
    return answers.failed(request, error, api=api)
