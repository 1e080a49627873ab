"""Deferring: what is due by the archive's word is claimed and handed out as tasks."""

import logging
import time
from collections.abc import Callable

from archive.collecting import clock_back, sightings, sources
from archive.keeping import matches, pages, readings
from crawler import batches, polling
from crawler.outcomes import OUTAGE_RETRY
from crawler.settling import READING_LEASE, TOGETHER
from harborwatch import work
from harborwatch.tasks import queues
from harborwatch.tasks.engine import Lost, Task, Tasks
from harborwatch.tasks.watching import Watching
from harborwatch.wiring import Program

_log = logging.getLogger(__name__)

#: tasks that wait in one queue, at most: more would only grow old there
MOST_POLLS, MOST_READS = 20, 10
#: seconds between two looks at what is less pressing
TELL_EVERY, LOOK_EVERY, TIDY_EVERY = 10.0, 10.0, 3600.0


class Deferring:
    """Hands out a program's work; `program` returns it as it is now."""

    def __init__(self, program: Callable[[], Program], tasks: Tasks) -> None:
        self._program = program
        self._tasks = tasks
        self._watching = Watching()
        self._served: frozenset[str] = frozenset()
        self._next: dict[str, float] = {}

    async def round(self) -> None:
        """Look once at all that is due.

        The more pages wait, the less is polled; nothing while too many do.
        """
        if self._is_time("look", LOOK_EVERY):
            await self._look()
        waiting = await self._tasks.waiting()
        tools = self._program().tools
        with tools.archive.read() as db:
            unread, unmatched = pages.count_unread(db), matches.count_unmatched(db)
        share = 1 - unread / self._program().config.engine.most_waiting
        await self._polls(int(MOST_POLLS * share) - waiting["polls"])
        if unread:
            await self._reads(MOST_READS - waiting["reading"])
            await self._tasks.defer(queues.SETTLE)
        if unmatched or self._is_time("tell", TELL_EVERY):
            await self._tasks.defer(queues.TELL)
        if self._program().embedder is not None:
            await self._tasks.defer(queues.UNDERSTAND)
        if self._is_time("tidy", TIDY_EVERY):
            await self._tasks.defer(queues.TIDY)

    def _is_time(self, what: str, seconds: float) -> bool:
        now = time.monotonic()
        if now < self._next.get(what, 0.0):
            return False
        self._next[what] = now + seconds
        return True

    async def _polls(self, room: int) -> None:
        """Claim and hand out sources and addresses, for so many tasks."""
        if room <= 0 or "polls" not in self._served:
            return
        program = self._program()
        tools, pace = program.tools, program.config.crawl.pace
        due: list[Task] = [
            queues.fetch(one) for one in batches.claim_fetches(tools.archive, tools.clock, pace)
        ]
        limit = max(room - len(due), 1) * batches.TOGETHER
        due += map(queues.poll, batches.claim_polls(tools.archive, tools.clock, limit))
        for task in due:
            await self._tasks.defer(task)

    async def _reads(self, room: int) -> None:
        """Claim and hand out pages to be read ahead, for so many tasks."""
        if room <= 0 or "reading" not in self._served:
            return
        tools = self._program().tools
        with tools.archive.write() as db:
            found = readings.claim(db, tools.clock.now(), READING_LEASE, room * TOGETHER)
        for begin in range(0, len(found), TOGETHER):
            await self._tasks.defer(queues.read(found[begin : begin + TOGETHER]))

    async def _look(self) -> None:
        """See to workers that are gone, to outages, to habits, and to the operator."""
        program = self._program()
        tools, now = program.tools, program.tools.clock.now()
        with tools.archive.write() as db:
            self._served = self._watching.look(db, now)
        for lost in await self._tasks.stalled():
            _log.warning("a worker is gone amid a task (%s): another takes it over", lost.name)
            self._give_back(lost)
        for lost in await self._tasks.failed():
            _log.warning("a task failed (%s); the worker's log says why", lost.name)
            # Whoever polls gives back what it had, and others may have claimed it since.
            if lost.name == "read":
                self._give_back(lost)
        polling.look_at_all(tools.archive, polling.bounds_of(program.settings), now)
        with tools.archive.write() as db:
            back = clock_back.bring_back(db, now)
            sources.forgive_outage(db, now, OUTAGE_RETRY)
        if back:
            _log.warning("the clock was set back by %s: all sources are polled now", back)
        work.note_errors(program)
        work.tell_the_operator(program)

    def _give_back(self, lost: Lost) -> None:
        """Let others have what a task that is lost had claimed, before its lease runs out."""
        with self._program().tools.archive.write() as db:
            if lost.name == "poll":
                sources.release(db, lost.given["ids"])
                sightings.release(db, of_sources=lost.given["ids"])
            elif lost.name == "fetch":
                sightings.release(db, ids=lost.given["ids"])
            elif lost.name == "read":
                readings.release(db, lost.given["pages"])
