"""From the entries of a poll to sightings: one per address."""

from collections.abc import Sequence
from datetime import datetime

from news import Entry, Outlet, Sighting, Source, SourceError
from pipelines.reading.addresses import key


def sightings_of(
    source: Source, outlet: Outlet, entries: Sequence[Entry], now: datetime
) -> tuple[list[Sighting], int]:
    """Return one sighting per address, and how many entries have none that can be asked.

    The first entry of an address stands for it.
    """
    by_key: dict[str, Sighting] = {}
    unusable = 0
    for entry in entries:
        try:
            mark = key(entry.address, outlet)
        except SourceError:
            unusable += 1  # a host that no name can have; counted as refused
            continue
        by_key.setdefault(
            mark,
            Sighting(
                source=source.id,
                outlet=outlet.id,
                way=source.way,
                address=entry.address,
                key=mark,
                seen_at=now,
                entry=entry,
            ),
        )
    return list(by_key.values()), unusable
