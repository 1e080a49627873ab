"""What a source showed when it was read: entries, and what could not be one."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from news import Entry

#: Why something that a source showed is no entry.
NO_ADDRESS = "no-address"
TOO_MANY = "too-many"
CUT = "cut"
_TOLD = {
    NO_ADDRESS: "{} without a usable address",
    TOO_MANY: "{} behind the first ones were not read",
    CUT: "{} cut in two",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one source showed in one poll; its parts sum up to all of it (law 2)."""

    entries: tuple[Entry, ...] = ()
    #: addresses of further sources: the sitemaps that an index names
    further: tuple[str, ...] = ()
    #: what is no entry, counted by reason: "no-address", "too-many", "cut"
    refused: Mapping[str, int] = field(default_factory=dict)
    #: the bytes end before the source does: there was more
    cut: bool = False
    #: of the stories shown; "" where a cut or an index hides some
    mark: str = ""
    #: what speaks against the entries being their outlet's; "" where nothing does
    strange: str = ""
    #: sitemaps of an index that are not asked, the oldest
    unasked: int = 0

    @property
    def refusals(self) -> int:
        """Return how many things shown are no entries."""
        return sum(self.refused.values())

    @property
    def note(self) -> str:
        """Return what is to be said of the poll, for a person; "" where all was well."""
        parts = ["cut: the answer ends in the middle"] if self.cut else []
        parts += [_TOLD[reason].format(count) for reason, count in self.refused.items() if count]
        if self.unasked:
            parts.append(f"{self.unasked} older sitemaps of the index were not asked")
        return "; ".join(parts)


def shown(
    entries: Iterable[Entry], *, too_many: int = 0, torn: int = 0, cut: bool = False
) -> Shown:
    """Sort what was read into entries and what has no usable address.

    `too_many` counts what was left unread, `torn` what the end of a cut
    answer tore in two.
    """
    read = tuple(entries)
    good = tuple(entry for entry in read if entry.address)
    counts = {NO_ADDRESS: len(read) - len(good), TOO_MANY: too_many, CUT: torn}
    refused = {reason: n for reason, n in counts.items() if n}
    return Shown(entries=good, refused=refused, cut=cut, mark="" if cut else _mark(good))


def _mark(entries: Iterable[Entry]) -> str:
    """Return a hash of what entries say, not of the clocks and counters around them.

    Not of the summaries either: some sources count comments or views there.
    """
    made = hashlib.blake2b(digest_size=16)
    for entry in entries:
        dates = (one.at.isoformat() if one else "" for one in (entry.published, entry.modified))
        made.update("\0".join((entry.address, entry.headline, *dates, "\1")).encode())
    return made.hexdigest()
