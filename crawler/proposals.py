"""What a search for an outlet's ways in found, as data."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from news import Entry, Outlet, ReadPage, Way
from pipelines.reading.scouting.scouted import Clues


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundWay:
    """A way in that answered with stories."""

    way: Way
    address: str
    #: how it was found: "named in robots.txt"
    why: str
    #: its entries that belong to the outlet's site
    entries: tuple[Entry, ...]

    @property
    def headlines(self) -> int:
        """How many entries carry a headline; those of plain sitemaps do not."""
        return sum(1 for entry in self.entries if entry.headline)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPage:
    """A story's page that was looked at."""

    address: str
    read: ReadPage
    clues: Clues


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """All that was found."""

    #: as asked for, and the outlet that its address alone makes
    asked: str
    plain: Outlet
    clues: Clues = field(default_factory=Clues)
    ways: Sequence[FoundWay] = ()
    #: links of the page that look like stories: the listing
    listing: str = ""
    listed: Sequence[Entry] = ()
    pages: Sequence[SeenPage] = ()
    #: what came from each address that was tried
    tried: Sequence[tuple[str, str]] = ()
    requests: int = 0
