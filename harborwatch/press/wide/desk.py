"""The wide desk: decides what a request to a wide outlet gets. Does no I/O."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from harborwatch.press.answer import Request, Response, refuse, respond
from harborwatch.press.document import PLAIN, Document

from . import flaws, hostile
from .library import library
from .odd import ODD
from .printing import odd, page, pages_at, typed, way
from .view import View
from .ways import WAYS

#: What browsers call themselves; some outlets turn all others away, honest programs too.
BROWSER = re.compile(r"^Mozilla/5\.0 \((?!.*(?:bot|crawl|spider|\+https?:))", re.IGNORECASE)
#: Views remembered before the memory is emptied.
REMEMBERED = 200


class WideDesk:
    """Holds the wide outlets and answers requests for them."""

    def __init__(self) -> None:
        self._library = library()
        outlets = self._library.outlets.values()
        self._hosts = {host: outlet.name for outlet in outlets for host in outlet.hosts}
        self._views: dict[tuple[str, datetime, int], View] = {}

    @property
    def hosts(self) -> tuple[str, ...]:
        """All virtual hosts, that of the hazards too."""
        return (*self._hosts, hostile.HOST)

    def _view(self, host: str, now: datetime, port: int) -> View:
        key = (self._hosts[host], now, port)
        if key not in self._views:
            if len(self._views) >= REMEMBERED:
                self._views.clear()
            self._views[key] = self._library.view(*key)
        return self._views[key]

    def answer(self, request: Request, now: datetime, port: int) -> Response:
        """Answer a request to one of the wide hosts."""
        if request.method not in ("GET", "HEAD"):
            return refuse(405, "Method not allowed", ("Allow", "GET, HEAD"))
        parts = urlsplit(request.target)
        if request.host == hostile.HOST:
            base = f"http://{hostile.HOST}.localhost:{port}"
            return hostile.answer(parts.path, base) or refuse(404, "Not found")
        view = self._view(request.host, now, port)
        if request.host != view.outlet.name:
            place = view.base() + request.target
            return Response(status=301, headers=(("Location", place), ("Content-Type", PLAIN)))
        return _shut(view, parts.path, request) or self._open(view, parts.path, request)

    def _open(self, view: View, path: str, request: Request) -> Response:
        found = _find(view, path, request.target)
        if found is None:
            return refuse(404, "Not found")
        body, content_type = found
        newest = view.stories[0].published if view.stories else view.at
        moving = view.outlet.today or view.outlet.date_form == "ago"
        changed = view.at if moving else newest
        document = Document(body=body, content_type=content_type, changed=changed)
        return respond(document, request.headers)


def _shut(view: View, path: str, request: Request) -> Response | None:
    """Answer for a way that fails, None if it stands open."""
    paths = {WAYS[name].path: how for name, how in view.outlet.shut}
    how = paths.get(path)
    feed = (("Content-Type", typed(view.outlet, "application/rss+xml")),)
    if how == "missing":
        return refuse(404, "Not found")
    if how == "empty":
        return Response(status=200, headers=feed)
    if how == "html":
        return Response(status=200, headers=feed, body=odd(view, "missing"))
    if how == "forbidden" and not BROWSER.search(request.headers.get("user-agent", "")):
        return refuse(403, "Forbidden")
    return None


def _find(view: View, path: str, target: str) -> tuple[bytes, str] | None:
    """Give bytes and content type of what stands at an address, None if nothing does."""
    pages = pages_at(view)
    place = pages.get(target) or pages.get(path)
    html = typed(view.outlet, "text/html")
    if place:
        return page(view, *place), html
    for kind, one in ODD.items():
        if path == one.path:
            return odd(view, kind), html
    for name, made in WAYS.items():
        if path == made.path and (name in view.outlet.ways or name == "listing"):
            return way(view, name)
    if path == "/robots.txt":
        return (
            f"User-agent: *\nDisallow: /search\nSitemap: {view.base()}/sitemap.xml\n".encode(),
            PLAIN,
        )
    name = path.removeprefix("/flawed/").removesuffix(".xml")
    if path == flaws.path_of(name) and name in flaws.FLAWS:
        return flaws.FLAWS[name].make(view), flaws.FLAWS[name].content_type
    return None
