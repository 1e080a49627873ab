"""Harborwatch as the long test runs it: python played.py HOME END STEP [DIES_AFTER].

Polls and tells on the shared clock, a round every STEP minutes, until END; killed after
so many seconds of the machine's time where they are given. Nothing of it is
written down but in the archive: what is left is what a kill leaves.
"""

import asyncio
import heapq
import os
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

#: seconds of the machine's time in which whoever was woken begins its request
TAKES = 0.1

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

import uvloop  # noqa: E402
from in_hand import watch_mails  # noqa: E402
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler  # noqa: E402
from serving import SharedTime  # noqa: E402

from harborwatch import work  # noqa: E402
from harborwatch.wiring import put_together  # noqa: E402


class SoakClock:
    """The shared time; it moves to the earliest sleeper's moment when no request is under way.

    So the press writes down the very moment that the pace gave a request.
    """

    def __init__(self, shared: SharedTime, wrong: timedelta = timedelta()) -> None:
        self._shared = shared
        #: how far our clock is ahead of the press's
        self._wrong = wrong
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._number = 0
        self._moving: asyncio.Task[None] | None = None
        self.under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._begun = asyncio.Event()

    def now(self) -> datetime:
        return self._shared.get() + self._wrong

    def advance(self, to: datetime) -> None:
        self._shared.set(max(self.now(), to) - self._wrong)

    async def sleep(self, seconds: float) -> None:
        wake = asyncio.get_running_loop().create_future()
        self._number += 1
        at = self.now() + timedelta(seconds=max(0.0, seconds))
        heapq.heappush(self._sleepers, (at, self._number, wake))
        if self._moving is None or self._moving.done():
            self._moving = asyncio.create_task(self._move())
        await wake

    async def _move(self) -> None:
        while self._sleepers:
            await asyncio.sleep(0)
            # A request may begin between the word that all have ended and this moment.
            while self.under_way:
                await self._idle.wait()
            at, _, wake = heapq.heappop(self._sleepers)
            self.advance(at)
            if not wake.done():
                self._begun.clear()
                wake.set_result(None)
                # Whoever was woken asks at its moment, before the next one is.
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._begun.wait(), TAKES)

    def begin(self) -> None:
        self.under_way += 1
        self._begun.set()
        self._idle.clear()

    def end(self) -> None:
        self.under_way -= 1
        if not self.under_way:
            self._idle.set()


def hold_for_requests(clock: SoakClock) -> None:
    real = AiohttpDownloadHandler.download_request

    async def download_request(self: Any, request: Any) -> Any:
        clock.begin()
        try:
            return await real(self, request)
        finally:
            clock.end()

    AiohttpDownloadHandler.download_request = download_request


async def play(home: Path, end: datetime, step: timedelta) -> None:
    clock = SoakClock(SharedTime(home / "time"))
    hold_for_requests(clock)
    watch_mails(home)
    # Vectors would take more of the cores than all the rest; events do without.
    program = replace(put_together(home, clock, [home / "outlets"]), embedder=None)
    try:
        while clock.now() < end:
            report = await work.poll(program)
            with (home / "errors").open("a") as log:
                log.write(f"{report.errors}\n" if report.errors else "")
            await work.tell(program)
            clock.advance(clock.now() + step)
        # The last night's quiet hours end, and the last morning's digest goes out.
        for hours in (8, 26, 32):
            clock.advance(end + timedelta(hours=hours))
            await work.tell(program)
    finally:
        await program.close()


if __name__ == "__main__":
    folder, last, minutes, *dies = sys.argv[1:]
    if dies:
        threading.Timer(float(dies[0]), lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(
            play(Path(folder), datetime.fromisoformat(last), timedelta(minutes=float(minutes)))
        )
