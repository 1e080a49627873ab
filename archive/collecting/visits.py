"""Past visits to a source, for whoever looks at how it does."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, and_, func, select

from archive.tables import polls


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


def always_shows(db: Connection, source: str, polls_looked_at: int) -> int:
    """Return how many entries a source showed at each of its last good polls; 0 where they differ.

    0 too where it had fewer good polls than are looked at.
    """
    mine = and_(polls.c.source == source, polls.c.outcome == "good", polls.c.purpose == "due")
    wanted = select(polls.c.seen).where(mine)
    order = (polls.c.started_at.desc(), polls.c.id.desc())
    seen = list(db.scalars(wanted.order_by(*order).limit(polls_looked_at)))
    return int(seen[0]) if len(seen) == polls_looked_at and len(set(seen)) == 1 else 0


def new_by_day(db: Connection, source: str, since: datetime) -> dict[date, int]:
    """Return how many new entries a source showed each day (UTC) since then; history apart."""
    return dict(new_by_source_and_day(db, (source,), since)[source])


def first_by_source(db: Connection, ids: Sequence[str]) -> dict[str, datetime]:
    """Return when each of these sources was first visited; one that never was is left out."""
    found = select(polls.c.source, func.min(polls.c.started_at).label("at"))
    mine = found.where(polls.c.source.in_(ids)).group_by(polls.c.source)
    return {row.source: row.at for row in db.execute(mine)}


def new_by_source_and_day(
    db: Connection, ids: Sequence[str], since: datetime
) -> dict[str, Counter[date]]:
    """Return the same for each of these sources."""
    mine = and_(polls.c.source.in_(ids), polls.c.started_at >= since, polls.c.new > 0)
    found = select(polls.c.source, polls.c.started_at, polls.c.new)
    counted: dict[str, Counter[date]] = {one: Counter() for one in ids}
    for row in db.execute(found.where(mine, polls.c.history.is_(False))):
        counted[row.source][row.started_at.astimezone(UTC).date()] += row.new
    return counted
