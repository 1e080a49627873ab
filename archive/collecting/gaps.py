"""Gaps: polls that met nothing known, and what became of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from archive.rows import add
from archive.tables import gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch of a source of which nothing was seen."""

    id: int
    source: str
    found_at: datetime
    after: datetime
    before: datetime
    #: stories that were expected in it
    expected: float
    #: "open", "filled" or "unfilled"
    state: str
    requests: int
    brought: int
    detail: str

    @property
    def said(self) -> str:
        """Return it for a person: its span, what was expected, what was found."""
        span = f"{self.after:%Y-%m-%d %H:%M} to {self.before:%Y-%m-%d %H:%M} UTC"
        found = f"{self.brought} found by {self.requests} requests"
        return f"{span}, about {self.expected:.0f} stories expected, {found}; {self.state}"


def found(
    db: Connection, source: str, now: datetime, *, after: datetime, before: datetime, expected: float
) -> Gap:  # fmt: skip
    """Write down a gap; one that is still open grows instead."""
    known = opened(db, source)
    if known is not None:
        values = {"before": before, "expected": known.expected + expected}
        db.execute(update(gaps).where(gaps.c.id == known.id).values(**values))
        return load(db, known.id)
    values = {"after": after, "before": before, "expected": expected, "state": "open"}
    number = add(
        db, gaps, source=source, found_at=now, requests=0, brought=0, detail="", **values
    )  # fmt: skip
    return load(db, number)


def opened(db: Connection, source: str) -> Gap | None:
    """Return the gap of a source that is still to be filled."""
    wanted = select(gaps.c.id).where(gaps.c.source == source, gaps.c.state == "open")
    number = db.execute(wanted.order_by(gaps.c.id).limit(1)).scalar()
    return None if number is None else load(db, number)


def asked(db: Connection, gap: int, brought: int, detail: str = "") -> None:
    """Write down one request for a gap, and how many new addresses it brought."""
    values: dict[str, object] = {
        "requests": gaps.c.requests + 1,
        "brought": gaps.c.brought + brought,
    }
    if detail:
        values["detail"] = detail
    db.execute(update(gaps).where(gaps.c.id == gap).values(**values))


def close(db: Connection, gap: int, now: datetime, *, filled: bool) -> Gap:
    """Write down that nothing more is tried for a gap; returns it as it is left."""
    state = "filled" if filled else "unfilled"
    still = update(gaps).where(gaps.c.id == gap, gaps.c.state == "open")
    db.execute(still.values(state=state, closed_at=now))
    return load(db, gap)


def load(db: Connection, gap: int) -> Gap:
    """Return a gap."""
    row = db.execute(select(gaps).where(gaps.c.id == gap)).one()
    return Gap(**{name: getattr(row, name) for name in Gap.__dataclass_fields__})


def every(db: Connection, source: str | None = None) -> list[Gap]:
    """Return all gaps, or those of a source, the oldest first."""
    wanted = select(gaps.c.id).order_by(gaps.c.id)
    wanted = wanted if source is None else wanted.where(gaps.c.source == source)
    return [load(db, number) for number in db.scalars(wanted).all()]


def count(db: Connection, since: datetime) -> int:
    """Return how many gaps found since then are not filled."""
    wanted = select(func.count()).select_from(gaps).where(gaps.c.found_at > since)
    return db.execute(wanted.where(gaps.c.state != "filled")).scalar_one()
