"""The schedule: a few coarse jobs in memory; what is due stands in our own tables.

APScheduler only wakes us up. A run that it skips or doubles changes nothing:
sources, slots and deliveries are due by the archive's word, and claimed.
"""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from harborwatch import work
from harborwatch.pulse import Pulse
from harborwatch.tasks.deferring import Deferring
from harborwatch.tasks.engine import Tasks
from harborwatch.wiring import Program, reloaded, wanting_restart
from news import HarborwatchError

_log = logging.getLogger(__name__)

#: seconds between two looks at what is due
POLL_EVERY, TELL_EVERY, DELIVER_EVERY, TIDY_EVERY = 15, 10, 10, 3600
#: the same, where workers do the work: their tasks take seconds
DEFER_EVERY = 1
#: seconds between two looks for stories without a vector, and how long they are
#: worked on: a poll that falls due meanwhile waits so long
UNDERSTAND_EVERY, UNDERSTAND_FOR = 5, 2.0
#: seconds until the scheduler is woken again after an error of its own
RECOVER = 5.0


class GuardedScheduler(AsyncIOScheduler):  # type: ignore[misc]  # it ships no annotations
    """An AsyncIOScheduler that an error in its own works cannot stop.

    APScheduler 3.11 leaves its timer unset when looking through its jobs
    fails, and then never runs again while `running` stays True.
    """

    def _process_jobs(self) -> float | None:
        try:
            wait: float | None = super()._process_jobs()
        except Exception:  # noqa: BLE001 - whatever it is, the schedule goes on
            _log.exception("the scheduler failed; it is woken again in %s s", RECOVER)
            return RECOVER
        return wait


class Schedule:
    """Runs a program's jobs until it is told to stop."""

    def __init__(
        self, program: Program, say: Callable[[str], None], tasks: Tasks | None = None
    ) -> None:
        #: replaced when its files were read again
        self.program = program
        self._started = program.config
        self._say = say
        #: hands the work to workers; None: it is done here
        self._deferring = Deferring(lambda: self.program, tasks) if tasks is not None else None
        self._stop = asyncio.Event()
        self._busy = asyncio.Lock()
        #: held apart, so that alerts go out while a poll goes on; who holds both took `_busy` first
        self._telling = asyncio.Lock()
        #: held apart: a slow mail server must not keep polls and matching waiting
        self._delivering = asyncio.Lock()
        self._hastened: set[asyncio.Task[None]] = set()
        self.pulse = Pulse()
        self._reloading: asyncio.Task[None] | None = None
        #: what was said last of the outlets that answer
        self._answering = ""
        self._scheduler = GuardedScheduler(
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    async def run(self) -> None:
        """Work until SIGTERM, SIGINT or `stop`; the work in hand is finished.

        SIGHUP reads configuration, outlets and topics again.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        loop.add_signal_handler(signal.SIGHUP, self.reload)
        self._add_all()
        self._scheduler.start()
        try:
            await self._stop.wait()
            # A job begun before the stop is let through to its end.
            self._scheduler.pause()
            async with self._busy, self._telling, self._delivering:
                pass
        finally:
            self._scheduler.shutdown(wait=False)
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                loop.remove_signal_handler(number)

    def _add_all(self) -> None:
        if self._deferring is not None:
            self._add(self._defer, DEFER_EVERY)
            return
        self._add(self._poll, POLL_EVERY)
        self._add(self._tell, TELL_EVERY)
        self._add(self._deliver, DELIVER_EVERY)
        self._add(self._tidy, TIDY_EVERY)
        if self.program.embedder is not None:
            self._add(self._understand, UNDERSTAND_EVERY)

    def stop(self) -> None:
        """Begin no more work, and let `run` return."""
        self._stop.set()

    def reload(self) -> None:
        """Read configuration, outlets and topics again, when the round in hand has ended."""
        if self._busy.locked():
            self._say("reload asked for; after the round in hand")
        if self._reloading is None or self._reloading.done():
            self._reloading = asyncio.create_task(self._reload())

    async def _reload(self) -> None:
        async with self._busy, self._telling:
            try:
                self.program = await asyncio.to_thread(reloaded, self.program)
            except HarborwatchError as error:
                self.pulse.reloads["refused"] += 1
                _log.error("what ran before goes on, since not all can be used: %s", error)
                self._say(f"not reloaded, what ran before goes on: {error}")
            except Exception:  # noqa: BLE001 - whatever it is, the schedule goes on
                self.pulse.reloads["failed"] += 1
                _log.exception("what ran before goes on: reloading failed")
            else:
                self.pulse.reloads["done"] += 1
                outlets = len(self.program.config.crawl.outlets or self.program.tools.outlets)
                topics = len(list(self.program.tools.topics))
                broken = "".join(f"; as before: {one}" for one in self.program.tools.broken)
                restart = wanting_restart(self._started, self.program.config)
                self._say(f"reloaded: {outlets} outlets, {topics} topics{broken}{restart}")

    def _add(self, job: Callable[[], Awaitable[None]], seconds: int) -> None:
        now = datetime.now().astimezone()
        self._scheduler.add_job(job, "interval", seconds=seconds, next_run_time=now)

    async def _poll(self) -> None:
        await self._guarded("poll", self._poll_round)

    async def _defer(self) -> None:
        assert self._deferring is not None, "added only where there is one"
        await self._guarded("defer", self._deferring.round)

    async def _tell(self) -> None:
        # Amid a poll too: the archive keeps who was told what, and the poll's own end tells the rest.
        if not self._telling.locked():
            await self._guarded("tell", self._tell_round, self._telling)

    async def _understand(self) -> None:
        if not self._busy.locked():
            await self._guarded("understand", self._understand_round)

    async def _deliver(self) -> None:
        # One that goes on takes up what has become due meanwhile.
        if not self._delivering.locked():
            await self._guarded("deliver", self._deliver_round, self._delivering)

    def _hasten(self) -> None:
        """Deliver at once what was just issued."""
        task = asyncio.create_task(self._deliver())
        self._hastened.add(task)
        task.add_done_callback(self._hastened.discard)

    async def _tidy(self) -> None:
        await self._guarded("tidy", self._tidy_round)

    async def _guarded(
        self, name: str, job: Callable[[], Awaitable[None]], lock: asyncio.Lock | None = None
    ) -> None:
        """Do a job alone under its lock; an error is logged, and the next round tries again."""
        async with lock or self._busy:
            if self._stop.is_set():
                return
            try:
                with self.pulse.beat(name):
                    await job()
            except Exception:  # noqa: BLE001 - one bad round must not end the schedule
                _log.exception("a round failed; the next one tries again", extra={"job": name})

    async def _poll_round(self) -> None:
        report = await work.poll(self.program, stop=self._stop)
        async with self._telling:
            told = await work.issue(self.program)
        if told.digests:
            self._hasten()
        if report.polls or report.fetches or told.digests:
            now = self.program.tools.clock.now().astimezone()
            self._say(f"{now:%Y-%m-%d %H:%M:%S}  {work.said(report, told)}")
        if report.polls and not self._stop.is_set():
            self._say_who_answers()

    def _say_who_answers(self) -> None:
        """Say how many outlets answer, when that has changed."""
        said = work.answering(self.program)
        if said not in ("", self._answering):
            self._say(said)
        self._answering = said

    async def _tell_round(self) -> None:
        told = await work.issue(self.program)
        if told.digests:
            self._hasten()
            self._say_line(f"{len(told.digests)} digests")

    async def _deliver_round(self) -> None:
        done = await work.deliver(self.program, self._stop.is_set)
        if done.sent:
            self._say_line(f"{done.sent} sent")

    def _say_line(self, line: str) -> None:
        now = self.program.tools.clock.now().astimezone()
        self._say(f"{now:%Y-%m-%d %H:%M:%S}  {line}")

    async def _understand_round(self) -> None:
        # Telling makes vectors too, and one text is worked on at a time.
        async with self._telling:
            await work.understand(self.program, UNDERSTAND_FOR)

    async def _tidy_round(self) -> None:
        # What is being told must not be purged meanwhile.
        async with self._telling:
            await work.tidy(self.program)
