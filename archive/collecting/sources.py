"""Sources: what is due, and what each visit brought."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    case,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from archive.collecting import source_days
from archive.locks import hold
from archive.rows import put_all, upsert
from archive.tables import polls, sources
from news import Conditions, Outcome, Poll, Source, Way

#: a redirection for good is believed after so many polls over so long a time
HELD_POLLS, HELD_FOR = 3, timedelta(days=2)
#: so many hosts fall silent at once only where it is we who are cut off
FEWEST_HOSTS = 3
#: a source that was good within this time is not one that has been dead for long
WELL = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueSource:
    """A source that was claimed for a poll."""

    source: Source
    conditions: Conditions
    #: no poll of it has been good yet: what it shows is history (law 5)
    unproved: bool
    failures: int
    #: its server said "unchanged" of what had changed: it is asked for everything, always
    lies: bool = False
    #: it is to be asked without validators this time
    anew: bool = False
    #: when the claim ends; None: nobody claimed it, and nobody else will
    leased: datetime | None = None


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
    #: those that this source shows for the first time, whoever showed them before; beside the
    #: sum, and so no part of what makes two of these the same
    fresh: int = field(default=0, compare=False)

    @property
    def all(self) -> int:
        """Return how many entries the poll showed."""
        return self.new + self.changed + self.known + self.refused


def synchronise(db: Connection, catalogue: Iterable[Source], now: datetime) -> None:
    """Make the table hold the catalogue's sources; new ones are due at once."""
    hold(db, "sources")
    known = {row.id: row.address for row in db.execute(select(sources.c.id, sources.c.address))}
    rows: dict[str, dict[str, object]] = {}
    for source in catalogue:
        said = {"address": source.address, "every": source.every, "dropped": False}
        fixed = {"id": source.id, "outlet": source.outlet, "way": source.way, "due_at": now}
        if known.get(source.id, source.address) != source.address:
            _forget_moved(db, sources.c.id == source.id)
        rows[source.id] = fixed | said
    change = ("address", "every", "dropped")
    put_all(db, sources, list(rows.values()), key=("id",), change=change)
    gone = [{"gone": one} for one in known if one not in rows]
    if gone:
        dropping = update(sources).where(sources.c.id == bindparam("gone"))
        db.execute(dropping.values(dropped=True), gone)


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
    limit: int | None = None,
) -> list[DueSource]:
    """Claim the sources that are due and that nobody else is polling, or the first of them.

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
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    return _leased(db, found, now + lease)


def take_over(
    db: Connection, ids: Sequence[str], leased: datetime, until: datetime
) -> list[DueSource]:
    """Take over sources that were claimed for another, whose lease ends exactly then.

    Nothing is taken whose lease has run out: it was, or will be, claimed again.
    """
    mine = and_(sources.c.id.in_(list(ids)), sources.c.lease_until == leased)
    asked = select(sources).where(mine).order_by(sources.c.due_at, sources.c.id)
    return _leased(db, db.execute(asked.with_for_update(skip_locked=True)).all(), until)


def _leased(db: Connection, found: Sequence[Row[Any]], until: datetime) -> list[DueSource]:
    ids = [row.id for row in found]
    db.execute(update(sources).where(sources.c.id.in_(ids)).values(lease_until=until))
    return [
        DueSource(
            source=_source(row),
            conditions=Conditions(
                etag=row.etag,
                last_modified=row.last_modified,
                body_hash=row.body_hash,
                shown_hash=row.shown_hash,
            ),
            unproved=row.first_good_at is None,
            failures=row.failures,
            lies=row.lies > 0,
            leased=until,
        )
        for row in found
    ]


def record_poll(
    db: Connection,
    poll: Poll,
    seen: Seen,
    *,
    due_at: datetime,
    history: bool,
    expected: float = 0.0,
) -> None:
    """Write down how a poll ended, and when the source is due again.

    `expected` are the stories that were expected since the poll before.
    """
    good = poll.outcome in (Outcome.GOOD, Outcome.UNCHANGED)
    # A host that is left alone has not failed: nobody asked it.
    waits = poll.outcome is Outcome.TOLD_TO_WAIT and poll.status is None
    values: dict[str, object] = {
        "due_at": due_at,
        "lease_until": None,
        "last_poll_at": poll.started_at,
        "last_outcome": poll.outcome,
        "last_detail": poll.detail,
        "failures": 0 if good else sources.c.failures + int(not waits),
    }
    if poll.status is not None:
        values["answered_at"] = poll.started_at
    if good:
        values["last_good_at"] = poll.started_at
    if good and poll.status != 304:
        values |= {
            "etag": poll.conditions.etag,
            "last_modified": poll.conditions.last_modified,
            "body_hash": poll.conditions.body_hash,
            "shown_hash": poll.conditions.shown_hash,
        }
    if poll.lied:
        values["lies"] = sources.c.lies + 1
    if seen.fresh:
        values["last_new_at"] = poll.started_at
    db.execute(update(sources).where(sources.c.id == poll.source).values(values))
    if poll.outcome is Outcome.GOOD:
        first = and_(sources.c.id == poll.source, sources.c.first_good_at.is_(None))
        db.execute(update(sources).where(first).values(first_good_at=poll.started_at))
    _record_move(db, poll, good=good)
    record_request(db, poll, seen, history=history, expected=expected)


def record_request(
    db: Connection,
    poll: Poll,
    seen: Seen,
    *,
    history: bool,
    expected: float = 0.0,
    purpose: str = "due",
) -> None:
    """Write down one request and what it brought, in its row and in its day's sums."""
    row = _poll_row(poll, seen, history=history)
    db.execute(insert(polls).values(row | {"expected": expected, "purpose": purpose}))
    sums: dict[str, float] = {
        "expected": expected,
        "polled": 1,
        "answered": int(poll.outcome in (Outcome.GOOD, Outcome.UNCHANGED)),
        "seen": seen.all,
        "new": seen.new,
        "changed": seen.changed,
        "known": seen.known,
        "refused": seen.refused,
        "history": seen.new if history else 0,
        "fresh": 0 if history else seen.fresh,
    }
    source_days.count(db, poll.source, poll.started_at, sums)


def release(db: Connection, ids: Sequence[str], leased: datetime | None = None) -> None:
    """Give claimed sources back unpolled, or those whose lease ends exactly then; they stay due."""
    mine: list[ColumnElement[bool]] = [sources.c.id.in_(list(ids))]
    if leased is not None:
        mine.append(sources.c.lease_until == leased)
    db.execute(update(sources).where(*mine).values(lease_until=None))


def prolong(db: Connection, source: str, leased: datetime, until: datetime) -> bool:
    """Prolong a claim that ends exactly then; returns whether it was still its owner's.

    A claim that ran out, but that nobody else made since, is its owner's still;
    so is a source whose poll is written down while more of its files are asked for.
    """
    nobodys = sources.c.lease_until.is_(None)
    mine = (sources.c.id == source, or_(sources.c.lease_until == leased, nobodys))
    change = update(sources).where(*mine).values(lease_until=until)
    done = db.execute(change, execution_options={"preserve_rowcount": True})
    return bool(done.rowcount)


def give_back(db: Connection, claims: Mapping[str, datetime]) -> None:
    """Give back claims, by source, that end exactly then; what was polled since is left alone."""
    for source, until in claims.items():
        release(db, [source], until)


def next_due(db: Connection) -> datetime | None:
    """Return when the first source is due, or None where there is none."""
    found = db.execute(
        select(sources.c.due_at)
        .where(sources.c.dropped.is_(False))
        .order_by(sources.c.due_at)
        .limit(1)
    ).scalar()
    return found if isinstance(found, datetime) else None


def wake(db: Connection, outlet: str, but: str, now: datetime) -> list[str]:
    """Let an outlet's ways on standby take over for one that fails; returns them."""
    here = and_(
        sources.c.outlet == outlet,
        sources.c.id != but,
        sources.c.standby.is_(True),
        sources.c.dropped.is_(False),
    )
    woken = list(db.scalars(select(sources.c.id).where(here).order_by(sources.c.id)))
    sooner = case(
        (sources.c.due_at > now, literal(now, sources.c.due_at.type)), else_=sources.c.due_at
    )
    db.execute(update(sources).where(here).values(standby=False, due_at=sooner))
    return woken


def put_off(db: Connection, source: str, until: datetime) -> None:
    """Let a source be due no sooner than that."""
    here = (sources.c.id == source, sources.c.due_at < until)
    db.execute(update(sources).where(*here).values(due_at=until))


def stand_by(db: Connection, source: str, *, standby: bool) -> None:
    """Write down whether a source is asked rarely, as an earlier way shows all that it does."""
    db.execute(update(sources).where(sources.c.id == source).values(standby=standby))


def ways(db: Connection, outlet: str) -> Sequence[Row[Any]]:
    """Return the rows of an outlet's sources that are in the catalogue."""
    here = (sources.c.outlet == outlet, sources.c.dropped.is_(False))
    return db.execute(select(sources).where(*here).order_by(sources.c.id)).all()


def row_of(db: Connection, source: str) -> Row[Any]:
    """Return the row of a source."""
    return db.execute(select(sources).where(sources.c.id == source)).one()


def forgive_outage(db: Connection, now: datetime, again: timedelta) -> int:
    """Take back what was counted against sources while no host answered; returns how many.

    They are due again after that time. See `cut_off`.
    """
    if not cut_off(db, now):
        return 0
    silent = _silent(db, now)
    detail = "no host answers: our own outage; " + sources.c.last_detail
    done = db.execute(
        update(sources)
        .where(sources.c.id.in_([row.id for row in silent]))
        .values(failures=0, due_at=now + again, last_detail=detail),
        execution_options={"preserve_rowcount": True},
    )
    return int(done.rowcount)


def cut_off(db: Connection, now: datetime) -> bool:
    """Return whether it is we who cannot be heard: since the last answer of any host, several
    that answered within the last day gave none.
    """
    return len({urlsplit(row.address).netloc for row in _silent(db, now)}) >= FEWEST_HOSTS


def _silent(db: Connection, now: datetime) -> Sequence[Row[str, str]]:
    """Return sources that were well a day ago and, since the last answer of any, do not answer."""
    last = db.execute(select(func.max(sources.c.answered_at))).scalar()
    if last is None:
        return []
    return db.execute(
        select(sources.c.id, sources.c.address)
        .where(sources.c.dropped.is_(False), sources.c.last_outcome == Outcome.TEMPORARY)
        .where(sources.c.last_poll_at > last, sources.c.last_good_at > now - WELL)
    ).all()


def _record_move(db: Connection, poll: Poll, *, good: bool) -> None:
    """Write down where a source redirects to for good; after a while it is asked there.

    Where the new address fails, the catalogue's is asked again.
    """
    mine = sources.c.id == poll.source
    if poll.moved_to and good:
        same = sources.c.moved_to == poll.moved_to
        since = case(
            (same, sources.c.moved_at), else_=literal(poll.started_at, sources.c.moved_at.type)
        )
        times = case((same, sources.c.moved_polls + 1), else_=1)
        held = and_(times >= HELD_POLLS, since <= poll.started_at - HELD_FOR)
        values = {"moved_to": poll.moved_to, "moved_at": since, "moved_polls": times}
        db.execute(update(sources).where(mine).values(**values, moved=held))
    elif good:
        _forget_moved(db, and_(mine, sources.c.moved.is_(False)))
    elif poll.status is not None:
        _forget_moved(db, and_(mine, sources.c.failures >= HELD_POLLS))


def _forget_moved(db: Connection, which: ColumnElement[bool]) -> None:
    values = {"moved_to": "", "moved_at": None, "moved_polls": 0, "moved": false()}
    db.execute(update(sources).where(which, sources.c.moved_to != "").values(**values))


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
        address=row.moved_to if row.moved else row.address,
        every=row.every,
    )
