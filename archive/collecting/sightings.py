"""Sightings: which source showed which address, and what is to be fetched."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    case,
    func,
    or_,
    select,
    update,
)

from archive.collecting import showing
from archive.collecting.sources import Seen
from archive.locks import hold
from archive.rows import entry_of
from archive.tables import addresses, sightings
from news import Conditions, Entry, Sighting

#: addresses that a poll hardly ever brings more of
_ONE_POLL = 60
#: of so many times the addresses wanted it is looked which are whose outlet's
_LOOKED_AT = 10
#: headlines of a source that are remembered when it is asked whether it is still the same
REMEMBERED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """An address that was claimed for a fetch, for the first time or again."""

    address_id: int
    #: when the claim ends
    leased: datetime
    key: str
    outlet: str
    source: str
    address: str
    entry: Entry
    first_seen_at: datetime
    history: bool
    conditions: Conditions
    attempts: int
    #: how often it was fetched before
    visits: int


def known_keys(db: Connection, keys: Sequence[str]) -> frozenset[str]:
    """Return which of these addresses were sighted before."""
    known = select(addresses.c.key)
    asked = (known.where(addresses.c.key.in_(part)) for part in showing.parts(keys))
    return frozenset(key for one in asked for key in db.scalars(one))


def shown_before(db: Connection, source: str, since: datetime) -> dict[str, str]:
    """Return the last headlines that a source showed since then, each with the address it led to."""
    joined = sightings.join(addresses, addresses.c.id == sightings.c.address)
    wanted = (
        select(sightings.c.headline, addresses.c.address)
        .select_from(joined)
        .where(sightings.c.source == source, sightings.c.last_seen_at >= since)
        .order_by(sightings.c.last_seen_at.desc())
        .limit(REMEMBERED)
    )
    return {row.headline: row.address for row in db.execute(wanted)}


def headlines_known(db: Connection, source: str, headlines: Sequence[str]) -> bool:
    """Return whether a source showed one of these headlines before, whatever it led to."""
    here = (sightings.c.source == source, sightings.c.headline.in_(headlines))
    shown = select(sightings.c.address).where(*here, sightings.c.headline != "")
    return db.execute(shown.limit(1)).first() is not None


def latest(db: Connection, outlet: str, count: int) -> list[str]:
    """Return the addresses of an outlet's stories that were fetched, the last seen first.

    Of those that one poll showed, what it showed first: the newest, mostly.
    """
    here = (addresses.c.outlet == outlet, addresses.c.visits > 0)
    wanted = select(addresses.c.id, addresses.c.address, addresses.c.first_seen_at).where(*here)
    last = db.execute(wanted.order_by(addresses.c.id.desc()).limit(_ONE_POLL)).all()
    last = sorted(last, key=lambda row: (-row.first_seen_at.timestamp(), row.id))
    return [row.address for row in last[:count]]


def seen_by(db: Connection, keys: Sequence[str], until: datetime) -> frozenset[str]:
    """Return which of these addresses were sighted up to then."""
    found: set[str] = set()
    for begin in range(0, len(keys), 500):
        part = list(keys[begin : begin + 500])
        wanted = select(addresses.c.key).where(addresses.c.key.in_(part))
        found.update(db.scalars(wanted.where(addresses.c.first_seen_at <= until)))
    return frozenset(found)


def record(db: Connection, seen: Sequence[Sighting], *, history: bool) -> Seen:
    """Write down what one poll showed; returns what each entry was.

    `history` says that addresses new in this poll are history (law 5).

    An address seen for the first time waits for its fetch. A known one is
    fetched again at once where this source now says something else of it.
    """
    # An address belongs to one outlet; two of its sources may show it at once.
    hold(db, *(f"addresses {sighting.outlet}" for sighting in seen))
    return showing.record(db, seen, history=history)


def claim_fetches(
    db: Connection,
    now: datetime,
    lease: timedelta,
    *,
    limit: int,
    each: int | None = None,
    source: str | None = None,
    since: datetime | None = None,
) -> list[Fetch]:
    """Claim addresses whose fetch is due, or was at that time: news first, the longest waiting first.

    No outlet (of one source's addresses, no source) has more than `each` under
    claim, whoever claimed them: what its host cannot be asked for in time is
    left to be claimed later, by anybody.
    """
    order = _in_order(addresses)
    due = [addresses.c.fetch_at <= (since or now)]
    if source is not None:
        due.append(addresses.c.source == source)
    free = or_(addresses.c.lease_until.is_(None), addresses.c.lease_until <= now)
    wanted = select(addresses).where(*due, free)
    if each is not None:
        wanted = wanted.where(addresses.c.id.in_(_first_of_each(due, now, each, limit)))
    return _leased(db, wanted.order_by(*order).limit(limit), now + lease)


def _first_of_each(
    due: Sequence[ColumnElement[bool]], now: datetime, each: int, limit: int
) -> Select[int]:
    """Return the numbers of the due addresses that are the first of their outlet.

    Those under claim come before all others.
    """
    seen = select(*(addresses.c[name] for name in ("id", "outlet", "history", "fetch_at", "lease_until")))  # fmt: skip
    first = seen.where(*due).order_by(*_in_order(addresses)).limit(limit * _LOOKED_AT)
    some = first.subquery()
    held = case((some.c.lease_until > now, 0), else_=1)
    place = func.row_number().over(partition_by=some.c.outlet, order_by=(held, *_in_order(some)))
    placed = select(some.c.id, place.label("place")).subquery()
    return select(placed.c.id).where(placed.c.place <= each)


def _in_order(of: FromClause) -> tuple[ColumnElement[Any], ...]:
    return of.c.history, of.c.fetch_at, of.c.id


def prolong(db: Connection, address: int, leased: datetime, until: datetime) -> bool:
    """Prolong a claim that ends exactly then; returns whether it was still its owner's.

    A claim that ran out, but that nobody else made since, is its owner's still.
    """
    mine = (addresses.c.id == address, addresses.c.lease_until == leased)
    change = update(addresses).where(*mine).values(lease_until=until)
    done = db.execute(change, execution_options={"preserve_rowcount": True})
    return bool(done.rowcount)


def give_back(db: Connection, claims: Mapping[int, datetime]) -> None:
    """Give back claims, by address, that end exactly then; what was settled since is left alone."""
    by_end = defaultdict[datetime, list[int]](list)
    for address, until in claims.items():
        by_end[until].append(address)
    for until, ids in by_end.items():
        for part in showing.parts(ids):
            mine = (addresses.c.id.in_(part), addresses.c.lease_until == until)
            # What others write at this moment is theirs to settle; two writers of many rows
            # that waited for one another would be a deadlock.
            held = select(addresses.c.id).where(*mine).with_for_update(skip_locked=True)
            free = addresses.c.id.in_(list(db.scalars(held)))
            db.execute(update(addresses).where(free).values(lease_until=None))


def take_over(
    db: Connection, ids: Sequence[int], leased: datetime, until: datetime
) -> list[Fetch]:
    """Take over addresses that were claimed for another, whose lease ends exactly then.

    Nothing is taken whose lease has run out: it was, or will be, claimed again.
    """
    mine = and_(addresses.c.id.in_(list(ids)), addresses.c.lease_until == leased)
    order = (addresses.c.fetch_at, addresses.c.id)
    return _leased(db, select(addresses).where(mine).order_by(*order), until)


def _leased(db: Connection, wanted: Select[Any], until: datetime) -> list[Fetch]:
    found = db.execute(wanted.with_for_update(skip_locked=True)).all()
    ids = [row.id for row in found]
    db.execute(update(addresses).where(addresses.c.id.in_(ids)).values(lease_until=until))
    return [_fetch(row, until) for row in found]


def release(db: Connection, *, ids: Sequence[int] = (), of_sources: Sequence[str] = ()) -> None:
    """Give back addresses that were claimed by a worker that is gone."""
    mine = or_(addresses.c.id.in_(list(ids)), addresses.c.source.in_(list(of_sources)))
    held = and_(mine, addresses.c.lease_until.is_not(None))
    db.execute(update(addresses).where(held).values(lease_until=None))


def fetches_wait(db: Connection, now: datetime) -> bool:
    """Return whether the fetch of an address is due, claimed or not."""
    due = select(addresses.c.id).where(addresses.c.fetch_at <= now).limit(1)
    return db.execute(due).first() is not None


def held(db: Connection, outlet: str, now: datetime) -> tuple[int, datetime] | None:
    """Return how many due addresses of an outlet are claimed, and until when the first is; or None."""
    mine = (
        addresses.c.outlet == outlet,
        addresses.c.fetch_at <= now,
        addresses.c.lease_until > now,
    )
    wanted = select(func.count(), func.min(addresses.c.lease_until)).where(*mine)
    number, until = db.execute(wanted).one()
    return (number, until) if number else None


def waiting(db: Connection) -> int:
    """Return how many addresses wait for their first fetch."""
    count = select(func.count()).select_from(addresses).where(addresses.c.state == "waiting")
    return db.execute(count).scalar_one()


def unchanged(db: Connection, key: str, fetch_at: datetime | None) -> None:
    """Write down that a page was fetched again and is what it was."""
    _update(db, key, fetch_at=fetch_at, visits=addresses.c.visits + 1, attempts=0)


def put_off(
    db: Connection, key: str, detail: str, fetch_at: datetime, *, failed: bool = True
) -> None:
    """Write down that a fetch failed for now, and when it is tried again.

    What was not `failed` was not asked, or by nobody's fault: it is no attempt.
    """
    _update(db, key, fetch_at=fetch_at, detail=detail, attempts=addresses.c.attempts + int(failed))


def refuse(db: Connection, key: str, reason: str, detail: str) -> None:
    """Write down that an address gives no story, and why."""
    _update(db, key, state="refused", reason=reason, detail=detail, fetch_at=None)


def give_up_visit(db: Connection, key: str, detail: str, fetch_at: datetime | None) -> None:
    """Write down that a page that was had before could not be looked at again; its story stays."""
    _update(db, key, detail=detail, attempts=0, fetch_at=fetch_at)


def gone(db: Connection, key: str, detail: str) -> None:
    """Write down that there is nothing any more at an address."""
    _update(db, key, state="gone", reason="gone", detail=detail, fetch_at=None)


def _update(db: Connection, key: str, **values: object) -> None:
    change = update(addresses).where(addresses.c.key == key)
    db.execute(change.values(lease_until=None, **values))


def _fetch(row: Row[Any], leased: datetime) -> Fetch:
    return Fetch(
        address_id=row.id,
        leased=leased,
        key=row.key,
        outlet=row.outlet,
        source=row.source,
        address=row.address,
        entry=entry_of(row.entry),
        first_seen_at=row.first_seen_at,
        history=row.history,
        conditions=Conditions(
            etag=row.etag, last_modified=row.last_modified, body_hash=row.body_hash
        ),
        attempts=row.attempts,
        visits=row.visits,
    )
