"""What one poll showed: weighed in memory entry by entry, then written at once.

A poll of 5,000 known entries is one question and a few statements, where a
question and a statement for each took seconds in which nobody else could write.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from archive.collecting.sources import Seen
from archive.keeping.retention import PURGED
from archive.rows import entry_json
from archive.tables import addresses, sightings
from news import Entry, Sighting

#: values in one question; SQLite takes 32,766, the planner fewer gladly
AT_ONCE = 500

_AGAIN = (
    update(addresses)
    .where(addresses.c.id == bindparam("at"), addresses.c.state != "gone")
    .values({name: bindparam(f"new_{name}") for name in ("fetch_at", "address", "entry")})
)
_SHOWN = (
    update(sightings)
    .where(sightings.c.source == bindparam("by"), sightings.c.address == bindparam("at"))
    .values(
        {
            "times": sightings.c.times + bindparam("more"),
            **{
                name: bindparam(f"new_{name}")
                for name in ("last_seen_at", "headline", "fingerprint")
            },
        }
    )
)


@dataclass(slots=True)
class _Place:
    """An address: its number once it has one, and what is to be written of it."""

    number: int | None = None
    state: str = "waiting"
    #: who showed it for the first time ever
    new: Sighting | None = None
    #: who said something else of it last: it is fetched again
    again: Sighting | None = None


@dataclass(slots=True)
class _Show:
    """A source's sighting of an address: what it said before, and says now."""

    #: None where it never showed it
    before: str | None
    mark: str
    first: Sighting
    last: Sighting
    times: int = 0


@dataclass(slots=True)
class Showing:
    """What is known of a poll's addresses, and what its entries change of that."""

    #: by key
    places: dict[str, _Place] = field(default_factory=dict)
    #: by source and key: the mark of what it said of it
    said: dict[tuple[str, str], str] = field(default_factory=dict)
    shows: dict[tuple[str, str], _Show] = field(default_factory=dict)

    def take(self, sighting: Sighting) -> str:
        """Weigh one entry; returns what it was: a field of Seen."""
        place, changed = self.places.get(sighting.key), self._show(sighting)
        if place is None:
            self.places[sighting.key] = _Place(new=sighting)
            return "new"
        if changed and place.state != PURGED:
            place.again = sighting
            return "changed"
        return "refused" if place.state == "refused" else "known"

    def _show(self, sighting: Sighting) -> bool:
        at, mark = (sighting.source, sighting.key), fingerprint(sighting.entry)
        before = self.said.get(at)
        show = self.shows.get(at) or _Show(before, mark, sighting, sighting)
        show.mark, show.last, show.times = mark, sighting, show.times + 1
        self.shows[at], self.said[at] = show, mark
        return before not in {None, mark}


def record(db: Connection, seen: Sequence[Sighting], *, history: bool) -> Seen:
    """Write down what one poll showed; see sightings.record."""
    showing = _known(db, seen)
    counts = Counter(showing.take(sighting) for sighting in seen)
    _write_addresses(db, showing, history=history)
    _write_sightings(db, showing)
    fresh = sum(show.before is None for show in showing.shows.values())
    return Seen(**counts, fresh=fresh)


def fingerprint(entry: Entry) -> str:
    """Return a mark of what a source says: headline and time of change.

    Not the summary: some feeds count comments or views in it.
    """
    modified = entry.modified.at.isoformat() if entry.modified else ""
    return hashlib.blake2b(f"{entry.headline}\0{modified}".encode(), digest_size=8).hexdigest()


def parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Return values in lists that one question takes."""
    every = list(values)
    return (every[begin : begin + AT_ONCE] for begin in range(0, len(every), AT_ONCE))


def _known(db: Connection, seen: Sequence[Sighting]) -> Showing:
    showing, keys = Showing(), dict[int, str]()
    known = select(addresses.c.id, addresses.c.key, addresses.c.state, addresses.c.reason)
    for part in parts({sighting.key: None for sighting in seen}):
        for row in db.execute(known.where(addresses.c.key.in_(part))):
            state = _state(row.state, row.reason)
            showing.places[row.key] = _Place(number=row.id, state=state)
            keys[row.id] = row.key
    said = select(sightings.c.source, sightings.c.address, sightings.c.fingerprint)
    said = said.where(sightings.c.source.in_({sighting.source for sighting in seen}))
    for part in parts(keys):
        for held in db.execute(said.where(sightings.c.address.in_(part))):
            showing.said[held.source, keys[held.address]] = held.fingerprint
    return showing


def _state(state: str, reason: str) -> str:
    # What became of a purged story's address is known, and of no more interest.
    return PURGED if (state, reason) == ("fetched", PURGED) else state


def _write_addresses(db: Connection, showing: Showing, *, history: bool) -> None:
    new = [place for place in showing.places.values() if place.new]
    if new:
        # In the order of the poll: what was shown first is fetched first.
        numbered = insert(addresses).returning(addresses.c.id, sort_by_parameter_order=True)
        numbers = db.scalars(numbered, [_address(place, history=history) for place in new])
        for place, number in zip(new, numbers, strict=True):
            place.number = number
    again = [place for place in showing.places.values() if place.again and not place.new]
    if again:
        db.execute(_AGAIN, [_fetch(place) for place in again])


def _address(place: _Place, *, history: bool) -> dict[str, object]:
    assert place.new is not None, "a new address was shown by somebody"
    first, last = place.new, place.again or place.new
    return {
        "key": first.key,
        "outlet": first.outlet,
        "source": first.source,
        "address": last.address,
        "state": "waiting",
        "entry": entry_json(last.entry),
        "history": history,
        "first_seen_at": first.seen_at,
        "fetch_at": last.seen_at,
    }


def _fetch(place: _Place) -> dict[str, object]:
    assert place.again is not None, "it was said anew by somebody"
    return {
        "at": place.number,
        "new_fetch_at": place.again.seen_at,
        # A slug can change with the headline; the newest one is asked for.
        "new_address": place.again.address,
        "new_entry": entry_json(place.again.entry),
    }


def _write_sightings(db: Connection, showing: Showing) -> None:
    shows = [(show, showing.places[key].number) for (_, key), show in showing.shows.items()]
    fresh = [_sighting(show, number) for show, number in shows if show.before is None]
    if fresh:
        db.execute(insert(sightings), fresh)
    changed = [_changed(s, number) for s, number in shows if s.before not in {None, s.mark}]
    if changed:
        db.execute(_SHOWN, changed)
    alike: dict[tuple[str, datetime, int], list[int | None]] = defaultdict(list)
    for show, number in shows:
        if show.before == show.mark:
            alike[show.last.source, show.last.seen_at, show.times].append(number)
    for (source, at, more), numbers in alike.items():
        for part in parts(numbers):
            here = (sightings.c.source == source, sightings.c.address.in_(part))
            said = {"last_seen_at": at, "times": sightings.c.times + more}
            db.execute(update(sightings).where(*here).values(said))


def _sighting(show: _Show, number: int | None) -> dict[str, object]:
    return {
        "source": show.first.source,
        "address": number,
        "first_seen_at": show.first.seen_at,
        "last_seen_at": show.last.seen_at,
        "times": show.times,
        "headline": show.last.entry.headline,
        "fingerprint": show.mark,
    }


def _changed(show: _Show, number: int | None) -> dict[str, object]:
    return {
        "by": show.last.source,
        "at": number,
        "more": show.times,
        "new_last_seen_at": show.last.seen_at,
        "new_headline": show.last.entry.headline,
        "new_fingerprint": show.mark,
    }
