"""A scheduler or a worker over a press of many: python process.py HOME run|worker MANY.

MANY is JSON: outlets, sources, per_day, begin, port.
"""

import asyncio
import json
import logging
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

import uvloop  # noqa: E402 - the root must be found first
from made.many import Many  # noqa: E402

from harborwatch.config import load  # noqa: E402
from harborwatch.schedule import Schedule  # noqa: E402
from harborwatch.tasks.engine import opened  # noqa: E402
from harborwatch.tasks.queues import QUEUES  # noqa: E402
from harborwatch.tasks.working import Working  # noqa: E402
from harborwatch.wiring import Program, put_together  # noqa: E402


async def work(home: Path, what: str, many: Many) -> None:
    made = put_together(home, catalogue=[], watching=False)
    tools = replace(made.tools, outlets=many.catalogue())
    await worked(replace(made, tools=tools, embedder=None), home, what)


async def worked(program: Program, home: Path, what: str) -> None:
    """Be a program's scheduler or its worker until a signal comes, and close it."""
    try:
        async with opened(load(home).archive) as tasks:
            if what == "run":
                await Schedule(program, print, tasks).run()
            else:
                await Working(program, tasks, tuple(QUEUES), print).run()
    finally:
        await program.close()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    folder, doing, said = sys.argv[1:]
    given = json.loads(said)
    press = Many(**given | {"begin": datetime.fromisoformat(given["begin"])})
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work(Path(folder), doing, press))
