"""Backfills: searches of an outlet's past, step by step, so that a killed one goes on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from archive.rows import add, upsert
from archive.tables import addresses, backfill_steps, backfills


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """One search of an outlet's past."""

    id: int
    outlet: str
    since: datetime
    until: datetime
    #: addresses that it may bring
    most: int
    #: "open" or "done"
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillStep:
    """One address that a backfill asks."""

    address: str
    way: str
    source: str
    family: str
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a backfill has come."""

    steps: int
    open: int
    failed: int
    shown: int
    new: int
    #: pages of the outlet that are still to be fetched
    waiting: int


def begin(db: Connection, outlet: str, since: datetime, until: datetime, most: int, now: datetime) -> Backfill:  # noqa: PLR0917  # fmt: skip
    """Return the backfill of this outlet and range: the one that was begun, or a new one."""
    here = (backfills.c.outlet == outlet, backfills.c.since == since, backfills.c.until == until)
    number = db.execute(select(backfills.c.id).where(*here)).scalar()
    if number is None:
        number = add(
            db, backfills, outlet=outlet, since=since, until=until, most=most, state="open", begun_at=now
        )  # fmt: skip
    db.execute(update(backfills).where(backfills.c.id == number).values(most=most))
    return load(db, number)


def load(db: Connection, number: int) -> Backfill:
    """Return a backfill."""
    row = db.execute(select(backfills).where(backfills.c.id == number)).one()
    return Backfill(**{name: getattr(row, name) for name in Backfill.__dataclass_fields__})


def plan(db: Connection, backfill: int, steps: Iterable[BackfillStep]) -> None:
    """Add steps; an address that was planned before is not asked again."""
    count = select(func.count()).select_from(backfill_steps)
    number = db.execute(count.where(backfill_steps.c.backfill == backfill)).scalar_one()
    for step in steps:
        row = {name: getattr(step, name) for name in BackfillStep.__dataclass_fields__}
        row |= {
            "backfill": backfill,
            "number": number,
            "state": "open",
            "shown": 0,
            "new": 0,
            "detail": "",
        }
        number += upsert(db, backfill_steps, row, key=("backfill", "address"))


def next_step(db: Connection, backfill: int) -> BackfillStep | None:
    """Return the next address to ask, or None where nothing is left."""
    here = (backfill_steps.c.backfill == backfill, backfill_steps.c.state == "open")
    wanted = select(backfill_steps).where(*here).order_by(backfill_steps.c.number).limit(1)
    row: Row[Any] | None = db.execute(wanted).one_or_none()
    if row is None:
        return None
    return BackfillStep(**{name: getattr(row, name) for name in BackfillStep.__dataclass_fields__})


def asked(
    db: Connection, backfill: int, address: str, *, shown: int, new: int, failed: bool, detail: str
) -> None:  # fmt: skip
    """Write down what a step brought."""
    here = (backfill_steps.c.backfill == backfill, backfill_steps.c.address == address)
    state = "failed" if failed else "done"
    values = {"state": state, "shown": shown, "new": backfill_steps.c.new + new, "detail": detail}
    db.execute(update(backfill_steps).where(*here).values(**values))


def left_open(db: Connection, backfill: int, address: str, *, new: int) -> None:
    """Write down what was taken of a step that is to be asked once more."""
    here = (backfill_steps.c.backfill == backfill, backfill_steps.c.address == address)
    db.execute(update(backfill_steps).where(*here).values(new=backfill_steps.c.new + new))


def finish(db: Connection, backfill: int, now: datetime) -> None:
    """Write down that nothing is left to ask."""
    db.execute(
        update(backfills).where(backfills.c.id == backfill).values(state="done", ended_at=now)
    )


def progress(db: Connection, backfill: int) -> Progress:
    """Return how far a backfill has come."""
    one = backfill_steps.c
    wanted = select(one.state, func.count(), func.sum(one.shown), func.sum(one.new))
    rows = db.execute(wanted.where(one.backfill == backfill).group_by(one.state)).all()
    by_state = {row[0]: row[1] for row in rows}
    outlet = select(backfills.c.outlet).where(backfills.c.id == backfill).scalar_subquery()
    left = select(func.count()).where(addresses.c.outlet == outlet, addresses.c.state == "waiting")
    return Progress(
        steps=sum(by_state.values()),
        open=by_state.get("open", 0),
        failed=by_state.get("failed", 0),
        shown=sum(row[2] for row in rows),
        new=sum(row[3] for row in rows),
        waiting=db.execute(left).scalar_one(),
    )


def some_addresses(db: Connection, outlet: str, most: int) -> list[str]:
    """Return the newest addresses of an outlet: how they are written says where days stand."""
    wanted = select(addresses.c.address).where(addresses.c.outlet == outlet)
    return list(db.scalars(wanted.order_by(addresses.c.id.desc()).limit(most)))
