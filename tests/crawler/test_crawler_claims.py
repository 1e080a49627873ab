"""Whoever asks for an address holds it; what a process cannot do in time is left to others."""

import asyncio
import gzip
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from made_outlet import BEGIN, Site, told
from paged_server import paged_server
from sqlalchemy import func, select

from archive.collecting import sightings
from archive.tables import addresses, sources
from crawler.cycle import run_cycle
from crawler.spiders.article import LEASE

pytestmark = pytest.mark.long

DAY = timedelta(days=1)
#: seconds; in half a claim's time a host can be asked so slowly for five addresses
PACE, ROOM = 30.0, 5

Two = tuple[Site, Site]


@pytest.fixture
async def programs(tmp_path: Path) -> AsyncIterator[Two]:
    """Two programs on one archive and one clock, with forty stories to fetch."""
    with paged_server() as served:
        async with AsyncExitStack() as closing:

            def made() -> Site:
                site = Site(served, tmp_path, [("feed", "/feed/")])
                closing.callback(site.tools.archive.close)
                closing.push_async_callback(site.tools.workers.close)
                site.settings.set("HARBORWATCH_PACE", PACE, priority="cmdline")
                return site

            one, other = made(), made()
            other.clock = one.clock
            other.tools = replace(other.tools, clock=one.clock)
            one.feed(told(1, 40, BEGIN - DAY))
            yield one, other


def leased(site: Site) -> int:
    """Return how many addresses and sources are under claim."""
    now = site.clock.now()
    with site.tools.archive.read() as db:
        return sum(
            db.execute(select(func.count()).where(table.c.lease_until > now)).scalar_one()
            for table in (addresses, sources)
        )


def twice(site: Site) -> list[str]:
    """Return the story addresses that were asked for more than once."""
    asked = Counter(place for place in site.served.asked if "/story-" in place)
    return [place for place, times in asked.items() if times > 1]


async def rounds(site: Site, until: Callable[[], bool]) -> None:
    """Let a program do its rounds."""
    for _ in range(400):
        if until():
            return
        await run_cycle(site.tools, site.settings)
        await site.clock.sleep(15)
        await asyncio.sleep(0.02)
    raise AssertionError(f"after 400 rounds {len(site.stored())} stories are stored")


async def test_two_processes_ask_for_nothing_twice(programs: Two) -> None:
    """At a pace at which a claim's time is too short, two processes ask for each address once."""
    one, other = programs
    done = lambda: len(one.stored()) == 40  # noqa: E731 - said twice below
    most: list[int] = []
    one.served.before = lambda _place: most.append(leased(one))
    await asyncio.gather(rounds(one, done), rounds(other, done))
    assert twice(one) == []
    # One source beside what two processes hold of the host together.
    assert max(most) <= ROOM + 1
    assert one.clock.now() - BEGIN > 40 * timedelta(seconds=PACE), "the host's pace was kept"


async def test_a_claim_that_ran_out_is_prolonged_or_left(programs: Two) -> None:
    """What another claimed after a claim ran out is left to it; what nobody did is asked for."""
    one, other = programs
    taken: list[int] = []
    slow = threading.Event()

    def too_slow(place: str) -> None:
        if "/story-" not in place or slow.is_set():
            return
        slow.set()
        # The host takes longer for this answer than all claims last; another process comes by.
        one.clock.advance(one.clock.now() + 2 * LEASE)
        with other.tools.archive.write() as db:
            claimed = sightings.claim_fetches(db, other.clock.now(), LEASE, limit=3)
        taken.extend(fetch.address_id for fetch in claimed)

    one.served.before = too_slow
    report = await one.poll()
    assert 1 <= report.fetches["left to another"] <= 3
    assert report.fetches["keep"] + report.fetches["left to another"] == ROOM
    assert twice(one) == []
    with other.tools.archive.write() as db:
        sightings.release(db, ids=taken)
    await rounds(other, lambda: len(other.stored()) == 40)
    assert report.errors == 0


async def test_a_clean_stop_gives_all_back(programs: Two) -> None:
    """Who is told to stop finishes what it has begun; all else is anybody's at once."""
    one, other = programs
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def told_to_stop(place: str) -> None:
        if "/story-" in place:
            loop.call_soon_threadsafe(stop.set)
            # So long the answer is under way, and the stop is heard.
            time.sleep(0.5)

    one.served.before = told_to_stop
    await run_cycle(one.tools, one.settings, stop=stop)
    assert stop.is_set()
    assert 1 <= len(one.stored()) < ROOM
    assert leased(one) == 0
    await rounds(other, lambda: len(other.stored()) == 40)
    assert twice(one) == []


async def test_what_a_dead_process_held_is_soon_anybodys(programs: Two) -> None:
    """After the claims of a killed process have run out, five minutes, others do its work."""
    one, other = programs
    await one.poll()
    with one.tools.archive.write() as db:
        dead = sightings.claim_fetches(db, one.clock.now(), LEASE, limit=40)
    assert len(dead) == 40 - len(one.stored())
    await run_cycle(other.tools, other.settings)
    assert len(other.stored()) == ROOM
    other.clock.advance(other.clock.now() + timedelta(minutes=5))
    await rounds(other, lambda: len(other.stored()) == 40)
    assert twice(one) == []


async def test_a_packed_robots_forbids_after_a_restart_too(programs: Two) -> None:
    """What is kept of a robots.txt is what it says, however it was sent."""
    one, other = programs
    rules = gzip.compress(b"User-agent: *\nDisallow: /feed/\n")
    one.served.say("made/robots.txt", rules, kind="text/plain")
    await one.poll()
    await other.poll(1)
    assert one.served.asked == ["made/robots.txt"]


async def test_a_restart_asks_for_news_not_for_robots(programs: Two) -> None:
    """Within six hours robots.txt is asked for once, whoever is begun again; then once more."""
    one, other = programs
    one.feed(told(1, 2, BEGIN - DAY))
    await one.poll()
    await other.poll(1)
    assert one.served.asked.count("made/robots.txt") == 1
    assert one.served.asked.count("made/feed/") == 2
    for _ in range(6):
        await other.poll(1)
    assert one.served.asked.count("made/robots.txt") == 2
