"""Failures: which tasks fail one time after the other in a worker, written down as notices."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from alerts.clean import shorten
from archive.collecting import notices
from harborwatch.noticed import LONGEST
from harborwatch.pulse import FAILING
from harborwatch.tasks.watching import PATIENCE, failing, worker_of


class Failures:
    """How the tasks of one worker have ended lately."""

    def __init__(self, worker: str, seconds: Callable[[], float] = time.monotonic) -> None:
        self._worker = worker
        self._seconds = seconds
        #: failures of a task since it last ended well, and since when
        self._counts = Counter[str]()
        self._since: dict[str, float] = {}
        self._details: dict[str, str] = {}
        #: tasks that ended here at all: of others nobody can say that they are well again
        self._seen: set[str] = set()

    def ended(self, task: str, error: Exception | None = None) -> None:
        """Take note that a task has ended: well, or in an error."""
        self._seen.add(failing(task, self._worker))
        if error is None:
            del self._counts[task]
            self._since.pop(task, None)
            return
        self._counts[task] += 1
        self._since.setdefault(task, self._seconds())
        self._details[task] = shorten(f"{type(error).__name__}: {error}", LONGEST)

    def write(self, db: Connection, now: datetime) -> None:
        """Begin and end the notices that are due; those of a worker of this name before us, too."""
        last = self._seconds() - PATIENCE
        known = {one.thing for one in notices.standing(db, ("task",))}
        standing = {thing for thing in known if worker_of(thing) == self._worker}
        lasting = {
            failing(task, self._worker): self._details[task]
            for task, times in self._counts.items()
            if failing(task, self._worker) in standing
            or (times >= FAILING and self._since[task] <= last)
        }
        for thing, detail in lasting.items():
            notices.begin(db, "task", thing, detail, now)
        for thing in standing - lasting.keys():
            (notices.end if thing in self._seen else notices.drop)(db, "task", thing, now)
