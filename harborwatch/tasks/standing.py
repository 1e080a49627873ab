"""How the tasks stand, told from the archive's database: for the doctor and for machines."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

from archive.collecting import notices, workers
from archive.collecting.notices import Notice
from archive.collecting.workers import WorkerRow
from archive.keeping import pages
from harborwatch.tasks.engine import SCHEMA
from harborwatch.tasks.queues import QUEUES
from harborwatch.tasks.watching import sorted_out

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
    #: what fails again and again, and in which worker
    failing: tuple[Notice, ...]

    @property
    def unserved(self) -> tuple[str, ...]:
        """Return the queues that no worker takes tasks from."""
        served = {queue for one in self.alive for queue in one.queues}
        return tuple(queue for queue in QUEUES if queue not in served)


def standing(db: Connection) -> Standing:
    """Return how the tasks of an archive on PostgreSQL stand."""
    made = bool(db.execute(_MADE).scalar())
    counted = {queue: int(tasks) for queue, tasks in db.execute(_WAITING)} if made else {}
    alive, silent = sorted_out(workers.listed(db), workers.moment(db))
    return Standing(
        waiting={queue: counted.get(queue, 0) for queue in QUEUES},
        pages=pages.count_unread(db),
        alive=tuple(alive),
        silent=tuple(silent),
        failing=tuple(notices.standing(db, ("task",))),
    )
