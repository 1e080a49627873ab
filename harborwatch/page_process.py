"""The page's process, started beside others: by `run`, by `web` and by the demo.

It is a process of its own so that a search never waits for a poll, nor a poll
for a search; and it ends with the one that started it, whatever ends that.
"""

import asyncio
import logging
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from harborwatch import logs

_log = logging.getLogger(__name__)

#: its exit status where it cannot begin: trying again would not help
CANNOT_BEGIN = 2
#: seconds before it is started again after it died, doubled each time
AGAIN, LONGEST = 1.0, 60.0
#: seconds that it gets to finish what it answers
GRACE = 10.0


def command(home: Path, *options: str) -> tuple[str, ...]:
    """Return the command line of the page's process, which logs in the form of this one."""
    form = ("--log-json",) if logs.is_json() else ()
    return (sys.executable, "-m", "harborwatch.web", "--home", str(home), *form, *options)


@asynccontextmanager
async def beside(home: Path) -> AsyncIterator[None]:
    """Keep the page up while something else works."""
    watching = asyncio.create_task(_kept_up(home))
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def _kept_up(home: Path) -> None:
    """Start the process, and again where it dies; not where it cannot begin or ends by itself."""
    wait = AGAIN
    while True:
        process = await asyncio.create_subprocess_exec(
            *command(home, "--with-parent"), stdin=subprocess.PIPE
        )
        try:
            status = await process.wait()
        except asyncio.CancelledError:
            await _ended(process)
            raise
        if status in (0, CANNOT_BEGIN):
            return
        _log.error("the page's process died with status %s; it is started again", status)
        await asyncio.sleep(wait)
        wait = min(2 * wait, LONGEST)


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), GRACE)
    except TimeoutError:
        process.kill()
        await process.wait()
