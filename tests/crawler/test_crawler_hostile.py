"""Hostile answers over real HTTP, read in real processes: the poll goes on, and says what happened."""

import dataclasses
import sys
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from crawling import Crawl
from hostile_server import ANSWERS, GOOD, HEAD, ITEMS, TAIL, Memory, hostile_server
from sqlalchemy import select

from archive.tables import polls
from news import Outlet, SourceError
from pipelines.reading.worker import Workers

pytestmark = pytest.mark.long

Started = Callable[..., Crawl]
linux = pytest.mark.skipif(sys.platform != "linux", reason="resident memory is read from /proc")

#: seconds that one task may take in these tests; 20 in the product
LIMIT = 6.0
#: MB that a hostile poll may add to the parent: an answer of 10 MB, held by the
#: handler, by the response and by the message to the worker, and 2,000 entries
PARENT = 120
#: MB of resident memory of a reading process; its address space ends at 2 GB
WORKER = 400

#: outlet: how its poll ends, and what the detail says
ENDS = {
    "good": ("good", ""),
    "attributes": ("good", ""),
    "crooked": ("good", ""),
    "flood": ("good", "198000 behind the first ones were not read"),
    "mire": ("unreadable", "timeout"),
    "description": ("unreadable", "larger than"),
    "bomb": ("unreadable", "DOWNLOAD_MAXSIZE"),
    "drip": ("temporary", "longer than"),
    "torrent": ("unreadable", "larger than"),
    "deep": ("good", ""),
    "entities": ("good", ""),
    "outside": ("good", ""),
    "cut": ("good", "cut: the answer ends in the middle"),
    "broken-off": ("good", "cut: "),
    "nowhere": ("good", "1 without a usable address"),
}
OUTLET = """\
name = "Hostile"
home = "http://127.0.0.1:{port}"
country = "SG"
languages = ["en"]
zone = "Asia/Singapore"

[[sources]]
way = "{way}"
address = "http://127.0.0.1:{port}/{name}"
"""


@pytest.fixture
async def hostile(crawl: Started, catalogue: Path) -> AsyncIterator[Callable[..., Crawl]]:
    """Start a program that polls these hostile outlets, with a short limit for each task."""
    workers = Workers(seconds=LIMIT)
    with hostile_server() as port:

        def started(*names: str, way: str = "feed", **changed: object) -> Crawl:
            for name in names:
                path = catalogue / "sg" / f"{name}.toml"
                path.write_text(OUTLET.format(port=port, name=name, way=way), "utf-8")
            # Nothing is fetched from the entries' own addresses: they lie in a private network.
            given = {
                "HARBORWATCH_ALLOW_PRIVATE": False,
                "DOWNLOAD_TIMEOUT": 5,
                "ROBOTSTXT_OBEY": False,
            }
            program = crawl(*names, **given | changed)
            return dataclasses.replace(
                program, tools=dataclasses.replace(program.tools, workers=workers)
            )

        yield started
        await workers.close()


def rows(program: Crawl) -> dict[str, tuple[int, int, int]]:
    """What each source's poll showed: all, new, refused."""
    with program.tools.archive.read() as db:
        return {row.source: (row.seen, row.new, row.refused) for row in db.execute(select(polls))}


@linux
@pytest.mark.parametrize("name", ENDS)
async def test_a_hostile_poll_ends_and_says_how(
    hostile: Started, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each hostile answer has its outcome and its words; memory stays bounded; a good feed is read beside it."""
    monkeypatch.setattr("crawler.guard.is_private", lambda host: host != "127.0.0.1")
    program = hostile("good", name, CONCURRENT_REQUESTS_PER_DOMAIN=8)
    (worker,) = program.tools.workers._all
    with Memory(lambda: worker.pid) as memory:
        report = await program.poll()
    outcome, says = ENDS[name]
    assert program.outcomes()["good/feed"] == "good"
    assert program.outcomes()[f"{name}/feed"] == outcome, program.details()
    assert says in program.details()[f"{name}/feed"], program.details()
    assert outcome == "good" or program.details()[f"{name}/feed"]
    assert report.errors == 0
    assert memory.grown < PARENT
    assert memory.worker < WORKER


async def test_every_item_of_a_flood_is_counted() -> None:
    """Of 200,000 items the first 2,000 are entries, and the others are counted (law 2)."""
    async with Workers() as workers:
        body = b"".join(ANSWERS["flood"]())
        shown = await workers.feed(body, "", "http://127.0.0.1/", _outlet(), NOW)
    assert len(shown.entries) == 2_000
    assert shown.refused == {"too-many": ITEMS - 2_000}


async def test_what_has_no_address_stands_in_the_polls_row(
    hostile: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Items without an address, or with one that no host can have, are counted as refused in the ledger."""
    monkeypatch.setattr("crawler.guard.is_private", lambda host: host != "127.0.0.1")
    program = hostile("nowhere")
    await program.poll()
    assert rows(program) == {"nowhere/feed": (3, 1, 2)}


async def test_wordpress_is_a_way_of_its_own(
    hostile: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Posts of WordPress's interface are polled as any source, and those without a link are counted."""
    monkeypatch.setattr("crawler.guard.is_private", lambda host: host != "127.0.0.1")
    program = hostile("posts", way="wordpress")
    await program.poll()
    assert program.outcomes() == {"posts/wordpress": "good"}
    assert rows(program) == {"posts/wordpress": (2, 1, 1)}


async def test_indexes_that_name_each_other_have_an_end(hostile: Started) -> None:
    """Sitemap indexes that lead in a circle are given up, and the poll's row says so."""
    program = hostile("index", way="sitemap", HARBORWATCH_ALLOW_PRIVATE=True)
    await program.poll()
    assert program.outcomes() == {"index/sitemap": "unreadable"}
    assert "an index within indexes" in program.details()["index/sitemap"]


async def test_a_cut_feed_is_asked_again_in_full(
    hostile: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a cut the next poll carries no validators, so that the rest is not kept from us."""
    monkeypatch.setattr("crawler.guard.is_private", lambda host: host != "127.0.0.1")
    program = hostile("cut")
    await program.poll()
    program.pass_time(86_400)
    await program.poll("cut")
    assert program.outcomes()["cut/feed"] == "good", "the same bytes again are not 'unchanged'"


async def test_a_hostile_source_delays_others_by_its_own_limit_at_most() -> None:
    """Ten good feeds that queue behind a hostile one are read within its limit and a moment."""
    bad, good = b"".join(ANSWERS["mire"]()), b"".join([HEAD, GOOD, TAIL])
    async with Workers(seconds=2.0) as workers:
        await workers.feed(good, "", "http://127.0.0.1/", _outlet(), NOW)
        began = time.monotonic()
        with pytest.raises(SourceError, match="timeout"):
            await workers.feed(bad, "", "http://127.0.0.1/", _outlet(), NOW)
        for _ in range(10):
            assert (await workers.feed(good, "", "http://127.0.0.1/", _outlet(), NOW)).entries
        # A new process imports its parsers: seconds on a machine that is busy.
        assert time.monotonic() - began < 2.0 + 10.0


NOW = datetime(2018, 9, 21, tzinfo=UTC)


def _outlet() -> Outlet:
    return Outlet(
        id="hostile", name="Hostile", home="http://127.0.0.1", country="SG", languages=("en",),
        zone="Asia/Singapore",
    )  # fmt: skip
