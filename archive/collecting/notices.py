"""Notices: what the operator should know, each told when it begins and when it ends.

Troubles of sources begin and end with their polls, those of workers with their signs
of life, their queues and their tasks; errors of ours and letters that
were given up never end, and so are told once. Whoever tells them asks `untold`,
and writes down with `told` what was said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update

from archive.locks import hold
from archive.tables import notices, sources

Kind = Literal[
    "quiet", "failing", "gone", "blocked", "taken over", "another site", "changing addresses",
    "gap", "sums", "dead letter", "error", "worker", "queue", "task",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A trouble, from when to when."""

    id: int
    kind: Kind
    #: what it is about: a source, a delivery, an error of ours, a worker
    thing: str
    detail: str
    begun_at: datetime
    ended_at: datetime | None


def begin(db: Connection, kind: Kind, thing: str, detail: str, now: datetime) -> bool:
    """Write down that a trouble has begun; returns whether it is new."""
    here = (notices.c.ended_at.is_(None), notices.c.thing == thing, notices.c.kind == kind)
    if db.execute(select(notices.c.id).where(*here)).first() is not None:
        return False
    row = {"kind": kind, "thing": thing, "detail": detail, "begun_at": now}
    db.execute(insert(notices).values(**row))
    return True


def begin_all(db: Connection, kind: Kind, details: Mapping[str, str], now: datetime) -> None:
    """Write down that troubles of one kind, detail by thing, have begun: those that do not stand."""
    if details:
        # Several workers meet the same error in the same moment.
        hold(db, f"notices {kind}")
    wanted = select(notices.c.thing).where(notices.c.ended_at.is_(None), notices.c.kind == kind)
    standing = set(db.scalars(wanted)) if details else set()
    rows = [
        {"kind": kind, "thing": thing, "detail": detail, "begun_at": now}
        for thing, detail in details.items()
        if thing not in standing
    ]
    if rows:
        db.execute(insert(notices), rows)


def end(db: Connection, kind: Kind, thing: str, now: datetime) -> bool:
    """Write down that a trouble is over; returns whether there was one."""
    here = (notices.c.ended_at.is_(None), notices.c.thing == thing, notices.c.kind == kind)
    done = db.execute(
        update(notices).where(*here).values(ended_at=now),
        execution_options={"preserve_rowcount": True},
    )
    return bool(done.rowcount)


def once(db: Connection, kind: Kind, thing: str, detail: str, now: datetime) -> None:
    """Write down what happened and is over: it is told once."""
    row = {"kind": kind, "thing": thing, "detail": detail, "begun_at": now, "ended_at": now}
    db.execute(insert(notices).values(**row, end_told_at=now))


def end_of_dropped(db: Connection, now: datetime) -> None:
    """End the troubles of sources that are polled no more; that is nobody's recovery, nor told."""
    gone = select(sources.c.id).where(sources.c.dropped.is_(True))
    _end_unsaid(db, notices.c.thing.in_(gone), now)


def drop(db: Connection, kind: Kind, thing: str, now: datetime) -> None:
    """End a trouble of what is there no more; that is nobody's recovery, nor told."""
    _end_unsaid(db, and_(notices.c.thing == thing, notices.c.kind == kind), now)


def _end_unsaid(db: Connection, which: ColumnElement[bool], now: datetime) -> None:
    told = func.coalesce(notices.c.told_at, now)
    ended = update(notices).where(notices.c.ended_at.is_(None), which)
    db.execute(ended.values(ended_at=now, told_at=told, end_told_at=now))


def standing(db: Connection, kinds: Sequence[Kind] = ()) -> list[Notice]:
    """Return the troubles of now, of these kinds or of all, the oldest first."""
    here = notices.c.ended_at.is_(None)
    return _found(db, and_(here, notices.c.kind.in_(kinds)) if kinds else here)


def untold(db: Connection) -> list[Notice]:
    """Return the notices whose begin or end nobody was told, the oldest first."""
    ended = and_(notices.c.ended_at.is_not(None), notices.c.end_told_at.is_(None))
    return _found(db, or_(notices.c.told_at.is_(None), ended))


def every(db: Connection) -> list[Notice]:
    """Return all notices, the oldest first."""
    return _found(db, notices.c.id > 0)


def told(db: Connection, some: Sequence[Notice], now: datetime) -> None:
    """Write down that the operator was told of these as they are."""
    for one in some:
        said = {"told_at": now} | ({"end_told_at": now} if one.ended_at else {})
        db.execute(update(notices).where(notices.c.id == one.id).values(**said))


def _found(db: Connection, which: ColumnElement[bool]) -> list[Notice]:
    wanted = select(notices).where(which).order_by(notices.c.id)
    return [
        Notice(
            id=row.id,
            kind=row.kind,
            thing=row.thing,
            detail=row.detail,
            begun_at=row.begun_at,
            ended_at=row.ended_at,
        )
        for row in db.execute(wanted)
    ]
