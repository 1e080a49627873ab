"""A clock that was wrong and is set right."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from made_outlet import BEGIN, Site, told
from paged_server import paged_server

from crawler.cycle import run_cycle
from news import PlayedClock

DAY = timedelta(days=1)


@pytest.fixture
async def made(tmp_path: Path) -> AsyncIterator[Site]:
    with paged_server() as served:
        site = Site(served, tmp_path, [("feed", "/feed/")])
        yield site
        await site.tools.workers.close()
        site.tools.archive.close()


async def test_a_clock_set_back(made: Site) -> None:
    """After a clock ran two days ahead, what it wrote down waits for no time that is to come."""
    made.clock.advance(BEGIN + 2 * DAY)
    made.feed(told(1, 8, BEGIN - DAY))
    await made.poll()
    tools = replace(made.tools, clock=PlayedClock(BEGIN))
    made.feed([*told(20, 2, BEGIN), *told(1, 8, BEGIN - DAY)])
    for _ in range(2):
        await run_cycle(tools, made.settings)
    assert len(made.stored()) == 10
    assert made.source("feed").due_at <= BEGIN + timedelta(hours=7)
