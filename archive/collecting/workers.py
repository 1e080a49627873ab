"""Workers: processes that take tasks, with their signs of life.

Signs of life are given and judged by the archive's own clock (`moment`): those
of the workers' machines differ, and may be set while they work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select, update

from archive.rows import upsert
from archive.tables import workers
from archive.tables.columns import Utc

#: a worker that gave no sign of life for so long is gone, or hangs
SILENT = timedelta(seconds=60)
#: one that was silent for so long is forgotten
FORGOTTEN = timedelta(days=7)

_MOMENT = select(func.current_timestamp(type_=Utc))


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerRow:
    """A worker and its last sign of life."""

    #: "host:pid"
    name: str
    queues: tuple[str, ...]
    begun_at: datetime
    beat_at: datetime

    def is_alive(self, now: datetime) -> bool:
        """Say whether it was heard of lately; what lies ahead was said before the clock was set."""
        return abs(now - self.beat_at) < SILENT


def moment(db: Connection) -> datetime:
    """Return the time by which signs of life are judged: the server's, which all share."""
    at: datetime = db.execute(_MOMENT).scalar_one()
    return at


def beat(db: Connection, name: str, queues: Sequence[str], now: datetime) -> None:
    """Write down that a worker lives."""
    row = {"name": name, "queues": ",".join(queues), "begun_at": now, "beat_at": now}
    upsert(db, workers, row, key=("name",), change=("queues", "beat_at"))


def bring_back(db: Connection, now: datetime) -> None:
    """Let begins and signs of life that lie ahead be of now: the clock was set back since.

    Who lives gives the next one within seconds; who does not falls silent now,
    and not when the clock has caught up.
    """
    for moment in (workers.c.begun_at, workers.c.beat_at):
        db.execute(update(workers).where(moment > now + SILENT).values({moment.name: now}))


def end(db: Connection, name: str) -> None:
    """Write down that a worker has ended by itself, or forget it."""
    db.execute(delete(workers).where(workers.c.name == name))


def listed(db: Connection) -> list[WorkerRow]:
    """Return the workers that have not ended by themselves, by name."""
    return [
        WorkerRow(
            name=row.name,
            queues=tuple(row.queues.split(",")),
            begun_at=row.begun_at,
            beat_at=row.beat_at,
        )
        for row in db.execute(select(workers).order_by(workers.c.name))
    ]
