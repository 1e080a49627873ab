import asyncio
import os
import resource
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest
import uvloop

from news import Entry, FurtherPage, Outlet, Refused, SourceError
from pipelines.reading.worker import Worker, Workers, _had_its_share

pytestmark = pytest.mark.long

NOW = datetime(2018, 9, 21, 3, 0, tzinfo=UTC)
OUTLET = Outlet(
    id="suara", name="Suara Selat", home="https://suara.example", country="ID", languages=("id",), zone="Asia/Jakarta",
)  # fmt: skip
AT = "https://suara.example/feed"
FEED = "<rss version='2.0'><channel><item><title>信息港 {0}</title><link>https://suara.example/{0}</link></item></channel></rss>"
PAGE = (
    "<title>Kabel laut dibuka</title><h1>Kabel laut dibuka</h1><p>"
    + "Kabel laut itu menghubungkan dua pulau di utara. " * 8
)
# Markup that does not nest is feedparser's, which takes seconds for so many items.
HOSTILE = (
    "<rss version='2.0'><channel>"
    + "<item><title><b>x</title><link>https://suara.example/1</link></item>" * 60_000
    + "</channel></rss>"
).encode()


def test_the_parent_stays_light():
    """Importing the workers imports none of the parsers."""
    code = (
        "import sys, pipelines.reading.worker\n"
        "print([name for name in ('lxml', 'trafilatura', 'feedparser', 'pycld2') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


async def test_all_four_tasks_answer_as_the_functions_do():
    """Feed, sitemap, listing and page are read in the worker; what they raise is raised here."""
    async with Workers() as workers:
        (entry,) = (await workers.feed(FEED.format(1).encode(), "", AT, OUTLET, NOW)).entries
        assert entry.headline == "信息港 1"
        sitemap = b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://suara.example/a</loc></url></urlset>"
        assert len((await workers.sitemap(sitemap, "", AT, OUTLET, NOW)).entries) == 1
        listing = b"<a href='/2018/09/20/kabel'>Kabel laut baru dibuka hari ini</a>"
        assert len((await workers.listing(listing, "", AT, OUTLET, NOW)).entries) == 1
        address = "https://suara.example/2018/09/20/kabel"
        page = await workers.page(
            PAGE.encode(), "text/html", address, Entry(address=address), OUTLET, NOW
        )
        assert page.title == "Kabel laut dibuka"
        with pytest.raises(Refused) as refused:
            await workers.page(b"", "text/html", address, Entry(address=address), OUTLET, NOW)
        assert refused.value.reason == "no-body"
        with pytest.raises(SourceError, match="HTML where a feed was expected"):
            await workers.feed(b"<html><body>x", "", AT, OUTLET, NOW)


def spent_by_children() -> float:
    """Return the seconds of processor time of the processes that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def test_a_hostile_feed_is_killed_and_the_next_is_read():
    """A task over its time is killed with its process; the next one gets a new process."""
    async with Workers(seconds=1.5) as workers:
        await workers.feed(FEED.format(1).encode(), "", AT, OUTLET, NOW)
        (worker,) = workers._all
        busy, before = worker.pid, spent_by_children()
        with pytest.raises(SourceError, match="timeout"):
            await workers.feed(HOSTILE, "", AT, OUTLET, NOW)
        with pytest.raises(ProcessLookupError):
            os.kill(busy, 0)
        assert spent_by_children() - before < 5
        assert len((await workers.feed(FEED.format(2).encode(), "", AT, OUTLET, NOW)).entries) == 1


@pytest.mark.parametrize(
    ("used", "ended"),
    [
        ((0.0, 0.0, 16.5), True),  # it had its 20 seconds
        ((3.0, 8.0, 9.0), False),  # others have the processor
        ((3.0, 9.0, 9.0), True),  # it waits for nothing
        ((None, None, None), True),  # nobody knows
    ],
)
def test_a_busy_machine_is_no_fault_of_a_page(used, ended):
    """A task ends when it had its seconds of the processor, or makes no use of it."""
    assert _had_its_share(*used, seconds=20.0) is ended


async def test_a_death_is_told_and_mended():
    """A worker that dies amid a task refuses that one as worker-died, and starts again."""
    worker = Worker(seconds=20)
    try:
        await worker.ask("feed", (FEED.format(1).encode(), "", AT, OUTLET, NOW))
        task = asyncio.create_task(worker.ask("feed", (HOSTILE, "", AT, OUTLET, NOW)))
        await asyncio.sleep(0.2)
        os.kill(worker.pid, signal.SIGKILL)
        with pytest.raises(Refused) as refused:
            await task
        assert refused.value.reason == "worker-died"
        assert await worker.ask("feed", (FEED.format(2).encode(), "", AT, OUTLET, NOW))
    finally:
        await worker.close()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
async def test_a_reader_hurt_from_outside_takes_no_page_with_it(number):
    """A page whose reader was killed or frozen by somebody else is read by the next one."""
    async with Workers(seconds=3) as workers:
        await workers.feed(FEED.format(1).encode(), "", AT, OUTLET, NOW)
        (worker,) = workers._all
        os.kill(worker.pid, number)
        assert len((await workers.feed(FEED.format(2).encode(), "", AT, OUTLET, NOW)).entries) == 1


async def test_a_cancelled_task_leaves_no_answer_behind():
    """After a cancelled task the next caller gets its own answer."""
    async with Workers() as workers:
        await workers.feed(FEED.format(1).encode(), "", AT, OUTLET, NOW)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await workers.feed(HOSTILE, "", AT, OUTLET, NOW)
        (entry,) = (await workers.feed(FEED.format(3).encode(), "", AT, OUTLET, NOW)).entries
        assert entry.headline == "信息港 3"


async def test_callers_queue_in_order():
    """Many callers share few workers, each gets its own answer, first come first served."""
    done = []

    async def one(number):
        shown = await workers.feed(FEED.format(number).encode(), "", AT, OUTLET, NOW)
        (entry,) = shown.entries
        assert entry.address.endswith(f"/{number}")
        done.append(number)

    async with Workers() as workers:
        await asyncio.gather(*(one(number) for number in range(30)))
    assert done == list(range(30))


async def test_memory_is_bounded():
    """A page that would take more than the bound is refused, and reading goes on."""
    async with Workers(memory=300 * 1024**2) as workers:
        body = b"<title>x</title><p>" + b"x " * 80_000_000
        address = "https://suara.example/2018/09/20/kabel"
        with pytest.raises(Refused) as refused:
            await workers.page(body, "text/html", address, Entry(address=address), OUTLET, NOW)
        assert refused.value.reason in {"too-big", "unreadable", "worker-died"}
        assert await workers.feed(FEED.format(1).encode(), "", AT, OUTLET, NOW)


def test_uvloop_and_a_closed_parent():
    """The workers run on uvloop, and no child outlives them."""

    async def main():
        async with Workers(2) as workers:
            await asyncio.gather(
                *(workers.feed(FEED.format(n).encode(), "", AT, OUTLET, NOW) for n in range(4))
            )
            return [worker.pid for worker in workers._all]

    for pid in uvloop.run(main()):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


async def test_further_pages_join_and_take_nothing_away():
    """A further page's text joins the story; one that is no page leaves the others as they are."""
    address = "https://suara.example/2018/09/20/kabel"
    second = PAGE.replace("<p>", "<p>Halaman dua: ")
    further = [
        FurtherPage(address=f"{address}?page={number}", content_type="text/html", body=body)
        for number, body in enumerate((b"%PDF-1.4", second.encode(), b""), 2)
    ]
    linked = (PAGE + f'</p><a href="{address}?page=2">2</a>').encode()
    async with Workers() as workers:
        given = (PAGE.encode(), "text/html", address, Entry(address=address), OUTLET, NOW)
        alone, whole = await workers.page(*given), await workers.page(*given, further)
        assert await workers.next_page(linked, "text/html", address, OUTLET) == f"{address}?page=2"
        assert await workers.next_page(PAGE.encode(), "text/html", address, OUTLET) is None
        assert await workers.next_page(b"%PDF-1.4", "", address, OUTLET) is None
    assert whole.body.startswith(alone.body)
    assert "Halaman dua: " in whole.body
    assert "Halaman dua: " not in alone.body
    assert (whole.title, whole.published) == (alone.title, alone.published)
    assert whole.confidence <= alone.confidence
