"""A scheduler or a worker on the shared time: python sharing.py HOME run|worker.

The time flows while they work (see shared.py); how fast, the environment says.
"""

import asyncio
import logging
import os
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

import uvloop  # noqa: E402
from loads.process import worked  # noqa: E402
from serving import SharedTime  # noqa: E402

from harborwatch.wiring import put_together  # noqa: E402


class FlowingClock:
    """The shared time; a wait is as much shorter as that time flows faster."""

    def __init__(self, home: Path) -> None:
        self._shared = SharedTime(home / "time")
        self._flow = float(os.environ["SOAK_FLOW"])

    def now(self) -> datetime:
        return self._shared.get()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds) / self._flow)


async def work(home: Path, what: str) -> None:
    made = put_together(home, FlowingClock(home), [home / "outlets"], watching=what == "run")
    await worked(replace(made, embedder=None), home, what)


if __name__ == "__main__":
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s"
    )
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work(Path(sys.argv[1]), sys.argv[2]))
