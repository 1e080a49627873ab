"""The desk: decides what a request gets at a moment of played time. Does no I/O."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from .answer import Request, Response, answer, refuse
from .document import PLAIN, Document, Found, Redirect
from .edition import Edition, changes, compose, midnight
from .faults import STATUS, Fault, FaultKind, striking
from .layouts import LAYOUTS
from .outlet import Outlet
from .story import Story
from .words import Words

#: Before the first story of an outlet.
BEGINNING = datetime(2018, 1, 1, tzinfo=UTC)
#: Addresses remembered before the memory is emptied; each is some 30 KB.
REMEMBERED = 2000
_FOR_EVER = (("ETag", '"for ever"'),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """All that one outlet will ever publish, with its moments of change."""

    outlet: Outlet
    stories: tuple[Story, ...]
    moments: tuple[datetime, ...]


def holdings(outlets: Sequence[Outlet], stories: Sequence[Story]) -> dict[str, Holdings]:
    """Sort the stories by outlet."""
    found = {}
    for outlet in outlets:
        own = tuple(story for story in stories if story.outlet == outlet.name)
        found[outlet.name] = Holdings(outlet=outlet, stories=own, moments=changes(own))
    return found


def moment_of(held: Holdings, now: datetime) -> datetime:
    """Give the last time at which anything the outlet shows has changed."""
    place = bisect_right(held.moments, now)
    last = held.moments[place - 1] if place else BEGINNING
    return max(last, midnight(now, held.outlet.zone)) if held.outlet.today else last


def robots(edition: Edition) -> Document:
    """Make robots.txt: one disallowed path, and the sitemaps."""
    lines = ["User-agent: *", f"Disallow: {edition.outlet.disallowed}", ""]
    paths = LAYOUTS[edition.outlet.layout].sitemaps
    lines += [f"Sitemap: {edition.base()}{path}" for path in paths]
    text = "\n".join(lines) + "\n"
    return Document(body=text.encode(), content_type=PLAIN, changed=BEGINNING)


class Desk:
    """Holds outlets and stories, and answers requests for them."""

    def __init__(
        self, outlets: Sequence[Outlet], stories: Sequence[Story], words: Mapping[str, Words]
    ) -> None:
        self.held = holdings(outlets, stories)
        self._words = words
        self._hosts = {host: outlet.name for outlet in outlets for host in outlet.hosts}
        self._remembered: dict[tuple[str, str, datetime], Found | None] = {}
        #: Set once the server is bound: addresses carry it.
        self.port = 0

    @property
    def hosts(self) -> tuple[str, ...]:
        """All virtual hosts."""
        return tuple(self._hosts)

    def edition(self, host: str, now: datetime) -> Edition:
        """Give what a host shows. Raise KeyError for an unknown host."""
        held = self.held[self._hosts[host]]
        words = self._words[held.outlet.language]
        moment = moment_of(held, now)
        return compose(held.outlet, held.stories, words, at=moment, port=self.port, host=host)

    def find(self, host: str, target: str, now: datetime) -> Found | None:
        """Give what stands at an address; remembers what it made."""
        held = self.held[self._hosts[host]]
        key = (host, target, moment_of(held, now))
        if key not in self._remembered:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = self._make(host, target, now)
        return self._remembered[key]

    def _make(self, host: str, target: str, now: datetime) -> Found | None:
        edition = self.edition(host, now)
        parts = urlsplit(target)
        if parts.path == "/robots.txt":
            return robots(edition)
        return LAYOUTS[edition.outlet.layout].find(edition, parts.path, parts.query)

    def answer(self, request: Request, now: datetime, faults: Sequence[Fault] = ()) -> Response:
        """Answer a request, true to the clock and to what is broken."""
        if request.host not in self._hosts:
            return refuse(404, f"No outlet at {request.host!r}")
        if request.method not in ("GET", "HEAD"):
            return refuse(405, "Method not allowed", ("Allow", "GET, HEAD"))
        path = unquote(urlsplit(request.target).path)
        fault = striking(faults, request.host, path, now)
        if fault is None:
            return answer(self.find(request.host, request.target, now), request.headers)
        return self._broken(fault, request, now)

    def _broken(self, fault: Fault, request: Request, now: datetime) -> Response:
        if fault.kind is FaultKind.DROPPED:
            return Response(status=0, dropped=True)
        if fault.kind in STATUS:
            busy = fault.kind is FaultKind.BUSY
            headers = (("Retry-After", str(fault.retry_after)),) if busy else ()
            return refuse(STATUS[fault.kind], fault.kind.value.capitalize(), *headers)
        seen = fault.since if fault.kind is FaultKind.SILENT else now
        found = self.find(request.host, request.target, seen)
        if fault.kind is FaultKind.MOVED and "?" not in request.target:
            to = f"http://{request.host}.localhost:{self.port}{request.target}?moved"
            found = Redirect(to=to)
        if fault.kind is FaultKind.BROKEN and isinstance(found, Document):
            return _cut(found)
        if fault.kind in (FaultKind.LYING, FaultKind.RESTLESS) and isinstance(found, Document):
            return _odd(found, request, now if fault.kind is FaultKind.RESTLESS else None)
        response = answer(found, request.headers)
        return replace(response, delay=fault.seconds if fault.kind is FaultKind.SLOW else 0.0)


def _odd(document: Document, request: Request, now: datetime | None) -> Response:
    """Give a document with a validator that never changes, or with a clock in it and none."""
    typed = ("Content-Type", document.content_type)
    if now is None and request.conditional:
        return Response(status=304, headers=_FOR_EVER)
    if now is None:
        return Response(status=200, headers=(*_FOR_EVER, typed), body=document.body)
    clock = f"\n<!-- served at {now.isoformat()} -->\n".encode()
    return Response(status=200, headers=(typed,), body=document.body + clock)


def _cut(document: Document) -> Response:
    """Cut a document after two thirds and leave a tag open.

    It carries no validators: they would turn into a lie once it is mended.
    """
    body = document.body[: len(document.body) * 2 // 3] + b"<item><title>&"
    headers = (("Content-Type", document.content_type), ("Cache-Control", "no-store"))
    return Response(status=200, headers=headers, body=body)
