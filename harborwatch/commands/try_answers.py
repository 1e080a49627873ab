"""What `try` answers: pages and entries as JSON, each a line, and why one is none."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.unlisted import unlisted
from harborwatch.commands.try_inputs import (
    BadLine,
    InputError,
    PageInput,
    content_of,
    standard_input,
)
from news import Clock, Dated, Entry, Outlet, ReadPage, Refused, SourceError
from pipelines.reading.addresses import owner
from pipelines.reading.dates import zones
from pipelines.reading.worker import Workers

Line = Mapping[str, object]

#: Where the beginning of a page or feed tells what its address does not: that
#: it is read is left to the workers.
_HEAD = 20_000
_DECLARED = re.compile(
    rb"""<html[^>]{0,500}?\blang\s*=\s*["']?([A-Za-z][A-Za-z0-9_-]{1,20})""", re.IGNORECASE
)
_SITE = re.compile(
    rb"""(?:<link>\s*(?:<!\[CDATA\[\s*)?|<link\b[^>]{0,200}?href\s*=\s*["']|"home_page_url"\s*:\s*")"""
    rb"""(https?:\\?/\\?/[^\s<>"'\]]{3,200})""",
    re.IGNORECASE,
)
#: what stands for a feed's address where nothing tells it; no host has it (RFC 6761)
_UNKNOWN = "https://unknown.invalid/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The lines that one input makes."""

    lines: Sequence[Line]
    #: the input could not be tried
    bad: bool = False
    #: what is to be said beside the lines, for a person
    note: str = ""


class Reader:
    """Reads inputs in the workers, as the pipeline does."""

    def __init__(
        self, workers: Workers, outlets: Mapping[str, Outlet], clock: Clock, feed_url: str = ""
    ) -> None:
        self._workers = workers
        self._outlets = outlets
        self._clock = clock
        self._feed_url = feed_url

    async def page(self, given: PageInput | BadLine) -> Answer:
        """Return a page as one line: read, refused with its reason, or an error."""
        if isinstance(given, BadLine):
            return _bad({"line": given.number}, given.error)
        place = {"file": given.file, "url": given.url}
        entry, now = Entry(address=given.url), given.fetched or self._clock.now()
        try:
            body = content_of(given.path)
            outlet = self._outlet(given, body)
            read = await self._workers.page(
                body, given.content_type, given.url, entry, outlet, now
            )
        except Refused as refused:
            return Answer(lines=[place | {"refused": refused.reason, "detail": refused.detail}])
        except (InputError, SourceError) as error:
            return _bad(place, str(error))
        return Answer(lines=[{**place, **page_line(read)}])

    async def feed(self, file: str) -> Answer:
        """Return a line for each entry of a feed, or one that says why it is none.

        Where it was not told where feeds come from, relative links start from
        the site that the feed itself names.
        """
        try:
            body = standard_input() if file == "-" else content_of(Path(file))
            address = self._feed_url or _said(_SITE, body) or _UNKNOWN
            shown = await self._workers.feed(body, "", address, _plain(address), self._clock.now())
        except InputError as error:
            return _bad({"file": file}, str(error))
        except SourceError as error:
            return Answer(lines=[{"file": file, "refused": str(error)}])
        note = f"{file}: {shown.note}" if shown.note else ""
        return Answer(
            lines=[{"file": file, **entry_line(one)} for one in shown.entries], note=note
        )

    def _outlet(self, given: PageInput, body: bytes) -> Outlet:
        """Return the outlet that a line names, else the one of its host, else one made of that."""
        plain = unlisted(given.url, _said(_DECLARED, body))
        if given.outlet in self._outlets:
            return self._outlets[given.outlet]
        return owner(given.url, self._outlets.values()) or plain


def page_line(read: ReadPage) -> Line:
    """Return what was read from a page, for a machine."""
    return {
        "canonical_url": read.address,
        "title": read.title,
        "titles": [{"origin": origin, "text": text} for origin, text in read.titles],
        "body": read.body,
        **_dated("published", read.published),
        **_dated("modified", read.modified),
        "language": read.language,
        "dates": [_claimed(one) for one in read.dates],
        "authors": read.authors,
        "bylines": [{"origin": origin, "name": name} for origin, name in read.bylines],
        "method": read.method,
        "confidence": read.confidence,
        "section": read.section,
        "images": read.images,
        "agency": read.agency,
        "paywalled": read.paywalled,
        "live": read.live,
    }


def entry_line(entry: Entry) -> Line:
    """Return what a feed says of one story, for a machine."""
    return {
        "url": entry.address,
        "id": entry.guid,
        "title": entry.headline,
        **_dated("published", entry.published),
        **_dated("modified", entry.modified),
        "summary": entry.summary,
        "body": entry.body,
        "authors": entry.authors,
        "language": entry.language,
    }


def _dated(name: str, moment: Dated | None) -> Line:
    """Return a time in its own zone (RFC 3339), with the words it was read from."""
    if moment is None:
        return {name: None}
    return {
        name: moment.at.astimezone(zones.tz(moment.zone)).isoformat(),
        f"{name}_zone": moment.zone,
        f"{name}_precision": moment.precision,
        f"{name}_text": moment.text,
        f"{name}_origin": moment.origin,
        f"{name}_confidence": moment.confidence,
    }


def _claimed(moment: Dated) -> Line:
    """Return one claim of when a story was published, in its own zone."""
    return {name.removeprefix("at_"): value for name, value in _dated("at", moment).items()}


def _bad(place: Line, error: str) -> Answer:
    return Answer(lines=[{**place, "error": error}], bad=True)


def _said(pattern: re.Pattern[bytes], body: bytes) -> str:
    found = pattern.search(body[:_HEAD])
    return found.group(1).decode("ascii", "replace").replace("\\/", "/") if found else ""


def _plain(address: str) -> Outlet:
    try:
        return unlisted(address)
    except SourceError:
        return unlisted(_UNKNOWN)
