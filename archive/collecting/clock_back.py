"""A clock that was set back: what lies ahead is brought back with it.

A machine whose clock ran two days ahead for an hour has written down times to
come; without this nothing would be due, and no lease end, for two days.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, select, update

from archive.tables import addresses, deliveries, hosts, polls, readings, slots, sources

#: machines that share an archive may differ by less; a clock set back by less costs less
SLACK = timedelta(hours=1)
#: moments for which something waits, by table, with what its rows are known by
_AHEAD: tuple[tuple[Table, str, tuple[str, ...]], ...] = (
    (sources, "id", ("lease_until",)),
    (addresses, "id", ("fetch_at", "lease_until")),
    (hosts, "host", ("next_at",)),
    (deliveries, "id", ("next_try_at", "lease_until")),
    (readings, "page", ("lease_until",)),
)


def bring_back(db: Connection, now: datetime) -> timedelta:
    """Bring back what waits, where the last poll lies ahead of now; returns by how much."""
    last = db.execute(select(polls.c.started_at).order_by(polls.c.id.desc()).limit(1)).scalar()
    if last is None or last <= now + SLACK:
        return timedelta()
    by: timedelta = last - now
    for table, key, names in _AHEAD:
        for name in names:
            _bring(db, table.c[key], table.c[name], by, now)
    db.execute(update(sources).where(sources.c.due_at > now).values(due_at=now))
    # The sign that all was brought back: what is right now must not be brought back again.
    db.execute(update(polls).where(polls.c.started_at > now).values(started_at=now))
    # A digest made for a morning to come must not keep the mornings before it silent.
    db.execute(update(slots).where(slots.c.at > now).values(at=now))
    return by


def _bring(
    db: Connection, key: Column[Any], moment: Column[datetime], by: timedelta, now: datetime
) -> None:
    ahead = db.execute(select(key, moment).where(moment > now)).all()
    if ahead:
        change = update(key.table).where(key == bindparam("at"))
        rows = [{"at": at, "back": then - by} for at, then in ahead]
        db.execute(change.values({moment.name: bindparam("back", type_=moment.type)}), rows)
