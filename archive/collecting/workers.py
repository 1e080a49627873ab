"""Workers: processes that take tasks, with their signs of life."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from archive.rows import upsert
from archive.tables import workers

#: a worker that gave no sign of life for so long is gone, or hangs
SILENT = timedelta(seconds=60)
#: one that was silent for so long is forgotten
FORGOTTEN = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerRow:
    """A worker and its last sign of life."""

    #: "host:pid"
    name: str
    queues: tuple[str, ...]
    begun_at: datetime
    beat_at: datetime

    def is_alive(self, now: datetime) -> bool:
        """Say whether it was heard of lately."""
        return now - self.beat_at < SILENT


def beat(db: Connection, name: str, queues: Sequence[str], now: datetime) -> None:
    """Write down that a worker lives."""
    row = {"name": name, "queues": ",".join(queues), "begun_at": now, "beat_at": now}
    upsert(db, workers, row, key=("name",), change=("queues", "beat_at"))
    db.execute(delete(workers).where(workers.c.beat_at < now - FORGOTTEN))


def end(db: Connection, name: str) -> None:
    """Write down that a worker has ended by itself."""
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
