"""What each host asks of us, over workers and restarts: one pace, and its robots.txt."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from archive.locks import hold
from archive.rows import upsert
from archive.tables import hosts


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """A host's robots.txt as it was answered, or the answer that there is none."""

    status: int
    body: bytes
    answered_at: datetime


def keep_robots(db: Connection, host: str, robots: Robots) -> None:
    """Write down what a host answered to the question for its robots.txt; it was paced before."""
    said = {"robots": robots.body, "robots_status": robots.status, "robots_at": robots.answered_at}
    db.execute(update(hosts).where(hosts.c.host == host).values(said))


def robots_of(db: Connection, host: str) -> Robots | None:
    """Return a host's robots.txt as it was answered last, however long ago; None: never."""
    wanted = select(hosts.c.robots, hosts.c.robots_status, hosts.c.robots_at)
    row = db.execute(wanted.where(hosts.c.host == host)).one_or_none()
    if row is None or row.robots_at is None:
        return None
    return Robots(status=row.robots_status, body=row.robots, answered_at=row.robots_at)


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

    Who then books it in the same write is alone with the host; a look holds nobody up.
    """
    return _next_at(db, host)


def _next_at(db: Connection, host: str) -> datetime | None:
    hold(db, f"host {host}")
    return db.execute(select(hosts.c.next_at).where(hosts.c.host == host)).scalar()
