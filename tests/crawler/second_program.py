"""A second program on one archive, as a process: python second_program.py ARCHIVE CATALOGUE PACE OUTLET."""

import asyncio
import sys
from pathlib import Path

from archive import open_archive
from crawler.cycle import crawl_settings, run_cycle
from crawler.wiring import open_tools
from news import SystemClock


async def poll(archive: str, catalogue: str, pace: str, outlet: str) -> None:
    tools = open_tools(open_archive(archive), [Path(catalogue)], [], SystemClock())
    given = {"HARBORWATCH_ALLOW_PRIVATE": True, "HARBORWATCH_PACE": pace, "LOG_ENABLED": False}
    print("ready", flush=True)
    try:
        await run_cycle(tools, crawl_settings(given), outlets=[outlet])
    finally:
        await tools.workers.close()
        tools.archive.close()


asyncio.run(poll(*sys.argv[1:]))
