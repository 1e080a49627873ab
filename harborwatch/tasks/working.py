"""Working: a process that takes tasks, until it is told to stop."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from archive.collecting import workers
from archive.keeping import readings
from crawler import batches
from crawler.batches import Batch
from crawler.cycle import Report
from crawler.settling import Line
from harborwatch import work
from harborwatch.tasks import queues
from harborwatch.tasks.engine import Tasks, Work
from harborwatch.tasks.failures import Failures
from harborwatch.wiring import Program, reloaded, wanting_restart
from news import HarborwatchError
from pipelines.ahead import Files
from pipelines.stages import Tools

_log = logging.getLogger(__name__)

#: seconds between two signs of life in the archive
BEAT = 10.0
#: seconds of one task of settling or of making vectors; then others get their turn
SETTLE_FOR, UNDERSTAND_FOR = 20.0, 5.0
#: seconds until a worker tries again whose engine could not be reached
AGAIN = 5.0


class Working:
    """A worker: `program` is what it runs, `served` the queues that it takes tasks from."""

    def __init__(
        self, program: Program, tasks: Tasks, served: Sequence[str], say: Callable[[str], None]
    ) -> None:
        self.program = program
        self._tasks = tasks
        self._served = tuple(served)
        self._say = say
        self._started = program.config
        self._line = Line(program.tools)
        self._stop = asyncio.Event()
        self._reloading: asyncio.Task[None] | None = None
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self._failures = Failures(self.name)

    async def run(self) -> None:
        """Take tasks until SIGTERM, SIGINT or `stop`; those in hand are finished.

        SIGHUP reads configuration, outlets and topics again.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        loop.add_signal_handler(signal.SIGHUP, self._reload)
        self._say_what_is_done()
        beating = asyncio.create_task(self._beat())
        try:
            await asyncio.gather(*map(self._serve, self._served))
        finally:
            beating.cancel()
            await asyncio.gather(beating, return_exceptions=True)
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                loop.remove_signal_handler(number)
            self._give_last_sign()

    def stop(self) -> None:
        """Take no more tasks, and let `run` return when those in hand are done."""
        self._stop.set()

    def _say_what_is_done(self) -> None:
        self._take("poll", "polls", self._poll)
        self._take("fetch", "polls", self._fetch)
        self._take("read", "reading", self._read)
        self._take("settle", "settling", self._settle)
        self._take("understand", "settling", self._understand)
        self._take("tell", "telling", self._tell)
        self._take("deliver", "telling", self._deliver)
        self._take("tidy", "telling", self._tidy)

    def _take(self, name: str, queue: str, work: Work) -> None:
        """Say what a task does, and take note of how it ends."""

        async def noted(**given: Any) -> None:
            try:
                await work(**given)
            except Exception as error:
                _log.exception("a task failed: %s", name)
                self._failures.ended(name, error)
                raise
            self._failures.ended(name)

        self._tasks.takes(name, queue, noted)

    async def _serve(self, queue: str) -> None:
        """Take one queue's tasks; where the engine cannot be reached, try again."""
        while not self._stop.is_set():
            try:
                await self._tasks.serve(queue, queues.QUEUES[queue], self._stop)
            except Exception:  # noqa: BLE001 - a server that restarts must not end the worker
                _log.exception("tasks cannot be taken; tried again in %s s", AGAIN)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), AGAIN)

    async def _beat(self) -> None:
        while True:
            try:
                self._give_sign()
            except Exception:  # noqa: BLE001 - the next beat tries again
                _log.exception("no sign of life could be given")
            await asyncio.sleep(BEAT)

    def _give_sign(self) -> None:
        """Say that it lives, what fails in it, and which errors its log has."""
        tools = self.program.tools
        with tools.archive.write() as db:
            workers.beat(db, self.name, self._served, workers.moment(db))
            self._failures.write(db, tools.clock.now())
        work.note_errors(self.program)

    def _give_last_sign(self) -> None:
        """Say that it ends. Unsaid, since the archive is away, it counts as fallen silent."""
        try:
            with self.program.tools.archive.write() as db:
                workers.end(db, self.name)
        except Exception:  # noqa: BLE001 - all it had is another's in any case
            _log.exception("the archive was not told that this worker ends")

    def _reload(self) -> None:
        if self._reloading is None or self._reloading.done():
            self._reloading = asyncio.create_task(self._read_again())

    async def _read_again(self) -> None:
        """Take configuration, outlets and topics as they are now, from the next task on."""
        try:
            program = await asyncio.to_thread(reloaded, self.program, watching=False)
        except HarborwatchError as error:
            _log.error("what ran before goes on, since not all can be used: %s", error)
            self._say(f"not reloaded, what ran before goes on: {error}")
        except Exception:  # noqa: BLE001 - whatever it is, the worker goes on
            _log.exception("what ran before goes on: reloading failed")
        else:
            before, self.program, self._line = self.program.tools, program, Line(program.tools)
            self._say(f"reloaded{wanting_restart(self._started, program.config, ('log',))}")
            await asyncio.to_thread(self._forget_what_changed, before)

    def _forget_what_changed(self, before: Tools) -> None:
        """Let pages that were read ahead by other files be read again side by side, not in turn."""
        after = self.program.tools
        changed = {
            name
            for name, outlet in after.outlets.items()
            if Files.of(before.outlets.get(name), before.topics) != Files.of(outlet, after.topics)
        }
        if changed:
            with after.archive.write() as db:
                readings.forget_made(db, changed)

    async def _poll(self, ids: Sequence[str], leased: str) -> None:
        batch = Batch(ids=tuple(ids), leased=datetime.fromisoformat(leased))
        tools, settings = self.program.tools, self.program.settings
        self._told("polled", await batches.poll(tools, settings, batch, self._stop))

    async def _fetch(self, ids: Sequence[int], leased: str) -> None:
        batch = Batch(ids=tuple(ids), leased=datetime.fromisoformat(leased))
        tools, settings = self.program.tools, self.program.settings
        self._told("fetched", await batches.fetch(tools, settings, batch, self._stop))

    def _told(self, what: str, report: Report) -> None:
        polls, fetches = sum(report.polls.values()), sum(report.fetches.values())
        _log.info("%s: %s sources, %s pages, %s kept", what, polls, fetches, report.stored)

    async def _read(self, pages: Sequence[int]) -> None:
        done = await self._line.read_ahead(pages, self._stop)
        _log.info("read ahead: %s of %s pages", done, len(pages))

    async def _settle(self) -> None:
        settled = await self._line.settle(self._stop, SETTLE_FOR)
        _log.info("settled: %s stored, %s dropped", settled.stored, settled.dropped.total())
        if settled.stored:
            await self._tasks.defer(queues.TELL)

    async def _understand(self) -> None:
        await work.understand(self.program, UNDERSTAND_FOR)

    async def _tell(self) -> None:
        await work.issue(self.program)
        await self._tasks.defer(queues.DELIVER)

    async def _deliver(self) -> None:
        sent = await asyncio.to_thread(work.deliver_open, self.program, self._stop.is_set)
        if sent.sent or sent.failed or sent.dead:
            _log.info("delivered: %s sent, %s failed", sent.sent, sent.failed + sent.dead)

    async def _tidy(self) -> None:
        await work.tidy(self.program)
