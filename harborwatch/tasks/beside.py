"""Beside workers: what a command has kept is settled by them, or here where none is there."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace

from archive.collecting import workers
from archive.keeping import pages, settled
from crawler.cycle import Report
from crawler.settling import Line
from harborwatch import work
from harborwatch.tasks import queues
from harborwatch.tasks.engine import opened
from harborwatch.tasks.watching import sorted_out
from harborwatch.wiring import Program

#: seconds between two looks whether the workers are through, and without a page settled
#: until they are left alone with what waits: a reader that was killed holds its page for 60
GLANCE, PATIENCE = 0.5, 120.0


async def poll(program: Program, *, outlets: Sequence[str] | None = None) -> Report:
    """Poll as `work.poll_all` does; reading and settling are left to the workers, and waited for."""
    archive = program.tools.archive
    with archive.read() as db:
        before = settled.last_kept(db)
    report = await work.poll_all(program, outlets=outlets)
    await settle(program)
    with archive.read() as db:
        became = settled.since(db, before, outlets)
    return replace(report, stored=became.pop("", 0), dropped=became)


async def settle(program: Program) -> None:
    """Return when the pages that wait now are settled: by workers, or else by this process.

    What no worker gets through with in `PATIENCE` is left to them.
    """
    waiting = _waiting(program)
    if not waiting:
        return
    async with opened(program.config.archive) as tasks:
        left, since = len(waiting), time.monotonic()
        while left and _is_served(program):
            # Where no scheduler runs, nobody else says that there is something to do.
            await tasks.defer(queues.SETTLE)
            await asyncio.sleep(GLANCE)
            now = sum(page <= waiting[-1] for page in _waiting(program))
            left, since = now, since if now == left else time.monotonic()
            if time.monotonic() - since > PATIENCE:
                return
    if left:
        await Line(program.tools).settle()


def _waiting(program: Program) -> list[int]:
    with program.tools.archive.read() as db:
        return pages.unread(db)


def _is_served(program: Program) -> bool:
    """Say whether a worker lives that settles."""
    with program.tools.archive.read() as db:
        alive, _ = sorted_out(workers.listed(db), workers.moment(db))
    return any(queues.SETTLE.queue in one.queues for one in alive)
