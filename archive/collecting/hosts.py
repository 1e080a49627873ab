"""One host, one pace: when each host may be asked again, over workers and restarts."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from archive.locks import hold
from archive.rows import upsert
from archive.tables import hosts


def book(db: Connection, host: str, now: datetime, delay: timedelta) -> datetime:
    """Book the next free moment at a host; returns when it is.

    Whoever books after this gets a moment at least `delay` later.
    """
    booked = _next_at(db, host)
    turn = max(now, booked) if booked else now
    upsert(db, hosts, {"host": host, "next_at": turn + delay}, key=("host",), change=("next_at",))
    return turn


def leave_alone(db: Connection, host: str, until: datetime) -> None:
    """Book nothing at a host before that moment (its Retry-After)."""
    booked = _next_at(db, host)
    later = max(until, booked) if booked else until
    upsert(db, hosts, {"host": host, "next_at": later}, key=("host",), change=("next_at",))


def free_at(db: Connection, host: str) -> datetime | None:
    """Return the host's next free moment, or None where it was never asked.

    Who then books it in the same write is alone with the host.
    """
    return _next_at(db, host)


def _next_at(db: Connection, host: str) -> datetime | None:
    hold(db, f"host {host}")
    return db.execute(select(hosts.c.next_at).where(hosts.c.host == host)).scalar()
