"""A scheduler or a worker on a clock of the test's: python worker_process.py HOME run|worker.

HOME/clock holds the seconds that this clock is ahead of the real one; the test
writes it anew to let hours pass for every process at once.
"""

import asyncio
import logging
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from harborwatch.config import load
from harborwatch.schedule import Schedule
from harborwatch.tasks.engine import opened
from harborwatch.tasks.queues import QUEUES
from harborwatch.tasks.working import Working
from harborwatch.wiring import put_together
from news import SystemClock


class ShiftedClock(SystemClock):
    """The real clock, ahead of itself by what the file says."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=float(self._path.read_text() or 0))


async def work(home: Path, what: str) -> None:
    clock = ShiftedClock(home / "clock")
    made = put_together(home, clock, [home / "outlets"], watching=what == "run")
    program = replace(made, embedder=None)
    try:
        async with opened(load(home).archive) as tasks:
            if what == "run":
                await Schedule(program, print, tasks).run()
            else:
                await Working(program, tasks, tuple(QUEUES), print).run()
    finally:
        await program.close()


if __name__ == "__main__":
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s"
    )
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    asyncio.run(work(Path(sys.argv[1]), sys.argv[2]))
