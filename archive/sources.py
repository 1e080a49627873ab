"""Sources: what is due, and what each visit brought."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, insert, or_, select, update

from archive.locks import hold
from archive.rows import upsert
from archive.tables import polls, sources
from news import Conditions, Outcome, Poll, Source, Way


@dataclass(frozen=True, slots=True, kw_only=True)
class DueSource:
    """A source that was claimed for a poll."""

    source: Source
    conditions: Conditions
    #: no poll of it has been good yet: what it shows is history (law 5)
    unproved: bool
    failures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the entries of one poll were; they sum up to all that it showed."""

    #: addresses never seen before
    new: int = 0
    #: known, but the source says something new of them
    changed: int = 0
    known: int = 0
    #: addresses that are refused, and addresses that are not this outlet's stories
    refused: int = 0

    @property
    def all(self) -> int:
        """Return how many entries the poll showed."""
        return self.new + self.changed + self.known + self.refused


def synchronise(db: Connection, catalogue: Iterable[Source], now: datetime) -> None:
    """Make the table hold the catalogue's sources; new ones are due at once."""
    hold(db, "sources")
    present = []
    for source in catalogue:
        said = {"address": source.address, "every": source.every, "dropped": False}
        fixed = {"id": source.id, "outlet": source.outlet, "way": source.way, "due_at": now}
        upsert(db, sources, fixed | said, key=("id",), change=tuple(said))
        present.append(source.id)
    db.execute(update(sources).where(sources.c.id.not_in(present)).values(dropped=True))


def ensure(db: Connection, source: Source, now: datetime) -> None:
    """Let a source be known that is no longer in the catalogue; it is never due."""
    row: dict[str, object] = {"id": source.id, "outlet": source.outlet, "way": source.way}
    row |= {"address": source.address, "every": source.every, "due_at": now, "dropped": True}
    upsert(db, sources, row, key=("id",))


def claim_due(
    db: Connection,
    now: datetime,
    lease: timedelta,
    *,
    ways: Sequence[Way] | None = None,
    outlets: Sequence[str] | None = None,
) -> list[DueSource]:
    """Claim the sources that are due and that nobody else is polling.

    With `outlets`, theirs are claimed whether they are due or not.
    """
    free = or_(sources.c.lease_until.is_(None), sources.c.lease_until <= now)
    wanted = sources.c.due_at <= now if outlets is None else sources.c.outlet.in_(outlets)
    if ways is not None:
        wanted = and_(wanted, sources.c.way.in_(ways))
    found = db.execute(
        select(sources)
        .where(and_(sources.c.dropped.is_(False), wanted, free))
        .order_by(sources.c.due_at, sources.c.id)
        .with_for_update(skip_locked=True)
    ).all()
    ids = [row.id for row in found]
    db.execute(update(sources).where(sources.c.id.in_(ids)).values(lease_until=now + lease))
    return [
        DueSource(
            source=_source(row),
            conditions=Conditions(
                etag=row.etag, last_modified=row.last_modified, body_hash=row.body_hash
            ),
            unproved=row.first_good_at is None,
            failures=row.failures,
        )
        for row in found
    ]


def record_poll(
    db: Connection, poll: Poll, seen: Seen, *, due_at: datetime, history: bool
) -> None:
    """Write down how a poll ended, and when the source is due again."""
    good = poll.outcome in (Outcome.GOOD, Outcome.UNCHANGED)
    values: dict[str, object] = {
        "due_at": due_at,
        "lease_until": None,
        "last_poll_at": poll.started_at,
        "last_outcome": poll.outcome,
        "last_detail": poll.detail,
        "failures": 0 if good else sources.c.failures + 1,
    }
    if good:
        values["last_good_at"] = poll.started_at
    if poll.outcome is Outcome.GOOD:
        values |= {
            "etag": poll.conditions.etag,
            "last_modified": poll.conditions.last_modified,
            "body_hash": poll.conditions.body_hash,
        }
    db.execute(update(sources).where(sources.c.id == poll.source).values(values))
    if poll.outcome is Outcome.GOOD:
        first = and_(sources.c.id == poll.source, sources.c.first_good_at.is_(None))
        db.execute(update(sources).where(first).values(first_good_at=poll.started_at))
    db.execute(insert(polls).values(_poll_row(poll, seen, history=history)))


def release(db: Connection, ids: Sequence[str]) -> None:
    """Give claimed sources back unpolled; they stay due."""
    db.execute(update(sources).where(sources.c.id.in_(ids)).values(lease_until=None))


def next_due(db: Connection) -> datetime | None:
    """Return when the first source is due, or None where there is none."""
    found = db.execute(
        select(sources.c.due_at)
        .where(sources.c.dropped.is_(False))
        .order_by(sources.c.due_at)
        .limit(1)
    ).scalar()
    return found if isinstance(found, datetime) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPoll:
    """A visit to a source, and what its entries were."""

    started_at: datetime
    outcome: str
    status: int | None
    detail: str
    bytes: int
    seen: int
    new: int
    changed: int
    known: int
    refused: int
    history: bool


def past_polls(db: Connection, source: str, most: int) -> list[PastPoll]:
    """Return the last visits to a source, the newest first."""
    mine = select(polls).where(polls.c.source == source)
    found = db.execute(mine.order_by(polls.c.started_at.desc(), polls.c.id.desc()).limit(most))
    return [
        PastPoll(
            started_at=row.started_at,
            outcome=row.outcome,
            status=row.status,
            detail=row.detail,
            bytes=row.bytes,
            seen=row.seen,
            new=row.new,
            changed=row.changed,
            known=row.known,
            refused=row.refused,
            history=row.history,
        )
        for row in found
    ]


def _poll_row(poll: Poll, seen: Seen, *, history: bool) -> dict[str, object]:
    return {
        "source": poll.source,
        "started_at": poll.started_at,
        "outcome": poll.outcome,
        "status": poll.status,
        "detail": poll.detail,
        "bytes": poll.bytes,
        "seen": seen.all,
        "new": seen.new,
        "changed": seen.changed,
        "known": seen.known,
        "refused": seen.refused,
        "history": history,
    }


def _source(row: Row[Any]) -> Source:
    way: Way = row.way
    return Source(
        id=row.id,
        outlet=row.outlet,
        way=way,
        address=row.address,
        every=row.every,
    )
