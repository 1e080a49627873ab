"""Pages read ahead in any order are settled in their own: as one process would have done it."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from archive_holding import holds
from crawling import Crawl
from sqlalchemy import select

from archive import open_archive
from archive.keeping import pages, readings
from archive.tables import mentions, stories
from archive.tables import pages as table
from crawler import batches
from crawler.replay import replay
from crawler.settings import KEEPING
from crawler.settling import Line
from query import Topics

Started = Callable[..., Crawl]
#: as it is where workers share the work
KEPT_ONLY = {"ITEM_PIPELINES": {KEEPING: 100}}


async def polled(program: Crawl) -> None:
    """Poll what is due as tasks do: claimed here, taken over, kept."""
    tools = program.tools
    for batch in batches.claim_polls(tools.archive, tools.clock, 1_000):
        await batches.poll(tools, program.settings, batch, asyncio.Event())


@pytest.mark.long
async def test_read_in_any_order_it_is_what_replay_gives(crawl: Started, tmp_path: Path) -> None:
    """Some pages read ahead last first, some by nobody: stories, copies and events are replay's."""
    program = crawl("kabarniaga", "songhong", "haixia", "strandledger", **KEPT_ONLY)
    tools, line = program.tools, Line(program.tools)
    for _ in range(2):
        await polled(program)
        with tools.archive.read() as db:
            waiting = pages.unread(db)
        some = random.Random(9).sample(waiting, len(waiting) * 2 // 3)
        assert await line.read_ahead(some) == len(some)
        settled = await line.settle()
        assert settled.stored + settled.dropped.total() == len(waiting)
        program.pass_time(13 * 3600)
    with tools.archive.read() as db:
        assert set(db.scalars(select(table.c.state))) <= {"stored", "refused"}
        assert all(readings.of(db, page) is None for page in waiting)
    again = open_archive(f"sqlite:///{tmp_path / 'again.db'}")
    await replay(tools, again)
    assert holds(again) == holds(tools.archive)
    again.close()


async def test_one_page_keeps_nobody_waiting(crawl: Started) -> None:
    """A page that no stage can take is counted and tried again later; the next ones go on."""
    program = crawl("kabarniaga", **KEPT_ONLY)
    await polled(program)
    with program.tools.archive.write() as db:
        first, *others = pages.unread(db)
        # A page of an outlet whose file was taken away meanwhile.
        db.execute(table.update().where(table.c.id == first).values(outlet="nobody"))
    settled = await Line(program.tools).settle()
    assert settled.dropped["error"] == 1
    assert settled.stored == len(others)
    with program.tools.archive.read() as db:
        assert pages.unread(db) == [first]
    with program.tools.archive.write() as db:
        db.execute(table.update().where(table.c.id == first).values(outlet="kabarniaga"))
    assert (await Line(program.tools).settle()).stored == 1


async def test_what_was_read_by_other_files_is_read_again(crawl: Started) -> None:
    """Read ahead before topics or an outlet's file changed, a page is read again by those of now."""
    program = crawl("kabarniaga", "songhong", **KEPT_ONLY)
    await polled(program)
    tools = program.tools
    with tools.archive.read() as db:
        waiting = pages.unread(db)
    await Line(tools).read_ahead(waiting)
    songhong = replace(tools.outlets["songhong"], country="TL")
    changed = replace(tools, topics=Topics({}), outlets={**tools.outlets, "songhong": songhong})
    assert (await Line(changed).settle()).stored
    with tools.archive.read() as db:
        assert db.execute(select(mentions)).all() == []
        theirs = db.execute(select(stories.c.outlet, stories.c.country)).all()
    assert {row.country for row in theirs if row.outlet == "songhong"} == {"TL"}


async def test_a_reader_that_is_gone_keeps_the_line_for_its_lease(crawl: Started) -> None:
    """A page that a killed worker had in hand is read in its turn once the lease is over."""
    program = crawl("kabarniaga", **KEPT_ONLY)
    await polled(program)
    tools = program.tools
    with tools.archive.write() as db:
        taken = readings.claim(db, tools.clock.now(), timedelta(minutes=1), 2)
    line = Line(tools)
    settling = asyncio.create_task(line.settle())
    await asyncio.sleep(0.3)
    assert not settling.done()
    program.pass_time(61)
    settled = await asyncio.wait_for(settling, 20)
    assert settled.stored >= len(taken)


async def test_what_is_not_asked_is_given_back(crawl: Started) -> None:
    """A worker told to stop leaves its sources due."""
    program = crawl("kabarniaga", "songhong", **KEPT_ONLY)
    tools = program.tools
    (batch,) = batches.claim_polls(tools.archive, tools.clock, 1_000)
    assert batches.claim_polls(tools.archive, tools.clock, 1_000) == []
    stop = asyncio.Event()
    stop.set()
    await batches.poll(tools, program.settings, batch, stop)
    left = [
        one for more in batches.claim_polls(tools.archive, tools.clock, 1_000) for one in more.ids
    ]
    done = {source for source, outcome in program.outcomes().items() if outcome == "good"}
    assert set(left) | done >= set(batch.ids)


@pytest.mark.parametrize("mates", [1, 30, 120])
async def test_hosts_stay_whole(crawl: Started, mates: int) -> None:
    """The sources of one host are in one batch, however many they are."""
    made = [(f"host{number // mates}", number) for number in range(240)]
    random.Random(1).shuffle(made)
    found = batches._batched(made)
    assert sorted(number for batch in found for number in batch) == list(range(240))
    for batch in found:
        assert len(batch) <= max(batches.TOGETHER, mates)
    homes = [{number // mates for number in batch} for batch in found]
    assert sum(map(len, homes)) == len(set.union(*homes))
