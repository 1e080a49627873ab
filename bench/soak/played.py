"""Harborwatch as the long test runs it: python played.py HOME END STEP [DIES_AFTER].

Polls on the shared clock, a round every STEP minutes, until END; killed after
so many seconds of the machine's time where they are given. Nothing of it is
written down but in the archive: what is left is what a kill leaves.
"""

import asyncio
import os
import signal
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

import uvloop  # noqa: E402
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler  # noqa: E402
from serving import SharedTime  # noqa: E402

from archive import open_archive  # noqa: E402
from crawler.cycle import crawl_settings, run_cycle  # noqa: E402
from crawler.wiring import open_tools  # noqa: E402

PACE, POLLS_PER_DAY = 2.0, 11.0


class UnderWay:
    """Requests that are under way; the clock stands still meanwhile."""

    def __init__(self) -> None:
        self.count = 0
        self.none = asyncio.Event()
        self.none.set()

    def begin(self) -> None:
        self.count += 1
        self.none.clear()

    def end(self) -> None:
        self.count -= 1
        if not self.count:
            self.none.set()


under_way = UnderWay()


class SoakClock:
    """The shared time; a sleep moves it on when no request is under way.

    So the press writes down the very moment that the pace gave a request.
    """

    def __init__(self, shared: SharedTime) -> None:
        self._shared = shared

    def now(self) -> datetime:
        return self._shared.get()

    def advance(self, to: datetime) -> None:
        self._shared.set(max(self.now(), to))

    async def sleep(self, seconds: float) -> None:
        wake = self.now() + timedelta(seconds=max(0.0, seconds))
        await asyncio.sleep(0)
        await under_way.none.wait()
        self.advance(wake)


def _count_requests() -> None:
    real = AiohttpDownloadHandler.download_request

    async def download_request(self: Any, request: Any) -> Any:
        under_way.begin()
        try:
            return await real(self, request)
        finally:
            under_way.end()

    AiohttpDownloadHandler.download_request = download_request


async def play(home: Path, end: datetime, step: timedelta) -> None:
    clock = SoakClock(SharedTime(home / "time"))
    tools = open_tools(
        open_archive(f"sqlite:///{home / 'archive.db'}"), [home / "outlets"], [], clock
    )
    settings = crawl_settings(
        {
            "HARBORWATCH_ALLOW_PRIVATE": True,
            "HARBORWATCH_PACE": PACE,
            "HARBORWATCH_POLLS_PER_DAY": POLLS_PER_DAY,
            "LOG_ENABLED": False,
        }
    )
    try:
        while clock.now() < end:
            report = await run_cycle(tools, settings)
            with (home / "errors").open("a") as log:
                log.write(f"{report.errors}\n" if report.errors else "")
            clock.advance(clock.now() + step)
    finally:
        await tools.workers.close()
        tools.archive.close()


if __name__ == "__main__":
    folder, last, minutes, *dies = sys.argv[1:]
    _count_requests()
    if dies:
        threading.Timer(float(dies[0]), lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(
            play(Path(folder), datetime.fromisoformat(last), timedelta(minutes=float(minutes)))
        )
