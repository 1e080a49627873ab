"""Watching over the workers: what is wrong with them begins and ends as notices to the operator.

workers ─ silent? no one for a queue? ─ for a while? ─► notice ─ over? ─► its end
"""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from archive.collecting import notices, workers
from archive.collecting.notices import Kind
from archive.collecting.workers import FORGOTTEN, WorkerRow
from harborwatch.tasks.queues import QUEUES

#: a trouble: its kind, and what it is about
Trouble = tuple[Kind, str]
#: seconds for which a trouble must be seen before it is told: workers that start
#: with the scheduler are not there yet, and after a clock was set all of them look
#: silent until their next sign of life
PATIENCE = 30.0
_OURS: tuple[Kind, ...] = ("worker", "queue", "task")


class Watching:
    """What the scheduler has seen of the workers, look by look."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._since: dict[Trouble, float] = {}
        #: workers that have taken the place of one that vanished
        self._followed: set[str] = set()

    def look(self, db: Connection, now: datetime) -> frozenset[str]:
        """Begin and end the notices that are due; returns the queues that are served."""
        moment = workers.moment(db)
        workers.bring_back(db, moment)
        alive, silent = sorted_out(workers.listed(db), moment)
        gone = self._forgotten(db, alive, silent, moment, now)
        served = frozenset(queue for one in alive for queue in one.queues)
        wrong: dict[Trouble, str] = {("queue", name): "" for name in QUEUES if name not in served}
        for one in silent:
            if one.name not in gone:
                wrong["worker", one.name] = f"it took tasks of: {', '.join(one.queues)}"
        self._tell(db, wrong, {one.name for one in alive}, now)
        return served

    def _forgotten(
        self,
        db: Connection,
        alive: Sequence[WorkerRow],
        silent: Sequence[WorkerRow],
        moment: datetime,
        now: datetime,
    ) -> set[str]:
        """Forget silent workers in whose place others work, and those of long ago; returns them."""
        followed = followers(alive, silent, self._followed)
        self._followed |= set(followed.values())
        old = {one.name for one in silent if abs(moment - one.beat_at) > FORGOTTEN}
        for name in old - set(followed):
            notices.drop(db, "worker", name, now)
        for name in old | set(followed):
            workers.end(db, name)
        return old | set(followed)

    def _tell(
        self, db: Connection, wrong: Mapping[Trouble, str], alive: Collection[str], now: datetime
    ) -> None:
        seen = self._seconds()
        self._since = {trouble: self._since.get(trouble, seen) for trouble in wrong}
        for (kind, thing), detail in wrong.items():
            if seen - self._since[kind, thing] >= PATIENCE:
                notices.begin(db, kind, thing, detail, now)
        for one in notices.standing(db, _OURS):
            if one.kind == "task":
                if worker_of(one.thing) not in alive:
                    # Whether it would fail still, nobody knows: that is no recovery.
                    notices.drop(db, one.kind, one.thing, now)
            elif (one.kind, one.thing) not in wrong:
                notices.end(db, one.kind, one.thing, now)


def sorted_out(
    known: Sequence[WorkerRow], moment: datetime
) -> tuple[list[WorkerRow], list[WorkerRow]]:
    """Return the workers that live, and those that are silent."""
    alive = [one for one in known if one.is_alive(moment)]
    return alive, [one for one in known if not one.is_alive(moment)]


def followers(
    alive: Sequence[WorkerRow], silent: Sequence[WorkerRow], used: Collection[str]
) -> dict[str, str]:
    """Return who took whose place, by the silent one's name.

    A worker that began after another's last sign of life, and takes tasks of
    all its queues, stands in its place; each in that of one.
    """
    free = [one for one in sorted(alive, key=_begun) if one.name not in used]
    found: dict[str, str] = {}
    for lost in sorted(silent, key=lambda one: one.beat_at):
        for one in free:
            if one.begun_at > lost.beat_at and set(lost.queues) <= set(one.queues):
                found[lost.name] = one.name
                free.remove(one)
                break
    return found


def _begun(one: WorkerRow) -> datetime:
    return one.begun_at


def failing(task: str, worker: str) -> str:
    """Return what a notice of a task that fails is about."""
    return f"{task}, {worker}"


def worker_of(thing: str) -> str:
    """Return the worker in which a task fails, by what its notice is about."""
    return thing.partition(", ")[2]
