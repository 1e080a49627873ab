"""How the tasks stand, told from the archive's database: for the doctor and for machines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from archive.collecting import workers
from archive.collecting.workers import WorkerRow
from archive.keeping import pages
from harborwatch.tasks.engine import SCHEMA
from harborwatch.tasks.queues import QUEUES

_MADE = text(f"SELECT to_regclass('{SCHEMA}.procrastinate_jobs') IS NOT NULL")
_WAITING = text(
    f"SELECT queue_name, count(*) FROM {SCHEMA}.procrastinate_jobs"  # noqa: S608 - our own name
    " WHERE status = 'todo' GROUP BY queue_name"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How many tasks wait, and who is there to take them."""

    #: tasks that wait, by queue; every queue is named
    waiting: Mapping[str, int]
    #: pages that were kept and are in no worker's reach yet, or not settled
    pages: int
    alive: tuple[WorkerRow, ...]
    #: workers that ended without a word
    silent: tuple[WorkerRow, ...]

    @property
    def unserved(self) -> tuple[str, ...]:
        """Return the queues that no worker takes tasks from."""
        served = {queue for one in self.alive for queue in one.queues}
        return tuple(queue for queue in QUEUES if queue not in served)


def standing(db: Connection, now: datetime) -> Standing:
    """Return how the tasks of an archive on PostgreSQL stand."""
    made = bool(db.execute(_MADE).scalar())
    counted = {queue: int(tasks) for queue, tasks in db.execute(_WAITING)} if made else {}
    known = workers.listed(db)
    return Standing(
        waiting={queue: counted.get(queue, 0) for queue in QUEUES},
        pages=pages.count_unread(db),
        alive=tuple(one for one in known if one.is_alive(now)),
        silent=tuple(one for one in known if not one.is_alive(now)),
    )
