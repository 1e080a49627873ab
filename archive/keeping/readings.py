"""Readings: what workers read of kept pages ahead of their turn.

They save time and decide nothing: a page without one, or whose reader was
killed, is read in its turn.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, delete, or_, select

from archive.locks import hold
from archive.rows import put_all
from archive.tables import pages, readings


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A page's reading, made or in a worker's hands."""

    lease_until: datetime
    #: with which of the outlet's stories what was cut had changed last
    changed: int | None
    #: packed; None while a worker has the page in hand
    made: bytes | None


def claim(db: Connection, now: datetime, lease: timedelta, limit: int) -> list[int]:
    """Claim kept pages that nobody has read or is reading, in their order."""
    hold(db, "readings")
    free = or_(
        readings.c.page.is_(None), and_(readings.c.made.is_(None), readings.c.lease_until <= now)
    )
    found = db.scalars(
        select(pages.c.id)
        .outerjoin(readings, readings.c.page == pages.c.id)
        .where(pages.c.state == "kept", free)
        .order_by(pages.c.id)
        .limit(limit)
    ).all()
    rows: list[dict[str, object]] = [
        {"page": page, "lease_until": now + lease, "changed": None, "made": None} for page in found
    ]
    put_all(db, readings, rows, key=("page",), change=("lease_until",))
    return list(found)


def put(db: Connection, page: int, changed: int, made: bytes, now: datetime) -> None:
    """Write down what was read."""
    row = {"page": page, "lease_until": now, "changed": changed, "made": made}
    put_all(db, readings, [row], key=("page",), change=("changed", "made"))


def of(db: Connection, page: int) -> Reading | None:
    """Return a page's reading."""
    row = db.execute(select(readings).where(readings.c.page == page)).one_or_none()
    if row is None:
        return None
    return Reading(lease_until=row.lease_until, changed=row.changed, made=row.made)


def release(db: Connection, wanted: Sequence[int]) -> None:
    """Give back pages that a worker has not read."""
    mine = and_(readings.c.page.in_(list(wanted)), readings.c.made.is_(None))
    db.execute(delete(readings).where(mine))


def forget_made(db: Connection, outlets: Collection[str]) -> None:
    """Drop what was read of these outlets' pages that wait: others read them again."""
    theirs = select(pages.c.id).where(
        pages.c.id == readings.c.page, pages.c.state == "kept", pages.c.outlet.in_(list(outlets))
    )
    db.execute(delete(readings).where(readings.c.made.is_not(None), theirs.exists()))


def forget(db: Connection) -> None:
    """Drop the readings of pages that are settled."""
    waiting = select(pages.c.id).where(pages.c.id == readings.c.page, pages.c.state == "kept")
    db.execute(delete(readings).where(~waiting.exists()))
