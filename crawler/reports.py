"""What a check of an outlet found: its ways, its pages, and what is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from news import Entry, Outcome, Outlet, ReadPage, Source
from pipelines.reading.scouting.scouted import Probe


@dataclass(frozen=True, slots=True, kw_only=True)
class WayReport:
    """One way in, asked once."""

    source: Source
    outcome: Outcome
    #: what came: "HTTP 200 text/xml, 34 KB", or why nothing did
    answer: str
    #: the HTTP status, None where there was no answer
    status: int | None = None
    #: where it has moved for good, or ""
    moved: str = ""
    entries: tuple[Entry, ...] = ()
    #: entries whose address is a story's by the outlet's rules
    stories: tuple[Entry, ...] = ()
    newest: datetime | None = None
    #: what is to be said of it, for a person
    note: str = ""

    @property
    def dated(self) -> int:
        """How many entries say when they were published or changed."""
        return sum(1 for entry in self.entries if time_of(entry))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReport:
    """One page, read as the pipeline reads it, with what each selector finds on it."""

    #: address or file
    place: str
    read: ReadPage | None = None
    #: why there is no story: the answer's fault, or the reason of a refusal
    refused: str = ""
    probes: tuple[Probe, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that the check has to say, with the next step."""

    #: file and line, a source's id, or a page's address
    about: str
    text: str
    #: what to do
    step: str = ""
    #: it keeps stories from being read; else it is only worth knowing
    wrong: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole check."""

    outlet: Outlet
    ways: Sequence[WayReport]
    pages: Sequence[PageReport]
    #: requests made, those for robots.txt included
    requests: int = 0


def time_of(entry: Entry) -> datetime | None:
    """Return when an entry was published, or else changed."""
    said = entry.published or entry.modified
    return said.at if said else None
