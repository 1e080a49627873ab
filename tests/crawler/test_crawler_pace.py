"""Law 8: one host, one pace, over feeds and pages, programs and restarts; Retry-After obeyed."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from crawling import Crawl
from hypothesis import given
from hypothesis import strategies as st

from crawler.pace import DEFAULT_WAIT, LONGEST_WAIT, retry_after
from harborwatch.press import Hit, Press
from news import SystemClock

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
PACE = 0.4
#: seconds that a request may be late on its way from its moment to the press's
#: log; a busy machine with two cores was seen to take 0.15
LATE = 0.35
NOW = datetime(2018, 9, 20, 2, 22, 43, tzinfo=UTC)

Started = Callable[..., Crawl]


def too_fast(hits: Sequence[Hit], pace: float) -> list[tuple[str, str, float]]:
    """Return the pairs of requests that stand nearer to one another than the pace allows."""
    at = sorted((hit.at_real, hit.path) for hit in hits)
    return [
        (at[first][1], at[last][1], at[last][0] - at[first][0])
        for first, last in combinations(range(len(at)), 2)
        if at[last][0] - at[first][0] < (last - first) * pace - LATE
    ]


async def test_pace_over_ways_and_programs(
    crawl: Started, press: Press, catalogue: Path, tmp_path: Path
) -> None:
    """Robots, feed, sitemap and pages of a host keep one pace together, over two processes."""
    mine = catalogue / "id" / "kabarniaga.toml"
    twin = mine.read_text("utf-8").replace("/sitemap.xml", "/news-sitemap.xml")
    (catalogue / "id" / "kabarniaga2.toml").write_text(twin, "utf-8")
    program = crawl("kabarniaga", "kabarniaga2", clock=SystemClock(), HARBORWATCH_PACE=PACE)
    arguments = (program.tools.archive.address, str(catalogue), str(PACE), "kabarniaga2")
    second = await asyncio.create_subprocess_exec(
        sys.executable, str(Path(__file__).with_name("second_program.py")), *arguments,
        env={"PYTHONPATH": str(ROOT)}, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert second.stdout is not None
    await second.stdout.readline()
    await program.poll("kabarniaga")
    await second.communicate()
    assert second.returncode == 0
    hits = program.hits("kabarniaga")
    asked = [hit.path for hit in hits]
    assert {"/robots.txt", "/feed/", "/sitemap.xml", "/news-sitemap.xml"} <= set(asked)
    assert asked.count("/feed/") == 2
    assert len(program.stored("kabarniaga") + program.stored("kabarniaga2")) >= 3
    assert too_fast(hits, PACE) == []


async def test_no_burst_after_a_slow_answer(crawl: Started, press: Press) -> None:
    """Requests that a slow answer held up keep their pace when the host is quick again."""
    program = crawl("strandledger", clock=SystemClock(), HARBORWATCH_PACE=PACE)
    press.fault("strandledger", "slow", path="/2018/", seconds=1.5)
    polled = asyncio.create_task(program.poll())
    while len(program.hits("strandledger", "/2018/")) < 2:  # noqa: ASYNC110 - a thread's log
        await asyncio.sleep(0.05)
    press.mend("strandledger")
    await polled
    hits = program.hits("strandledger")
    assert len(hits) > 8
    assert too_fast(hits, PACE) == []


async def test_hosts_do_not_wait_for_one_another(crawl: Started) -> None:
    """The pace is a host's own: four hosts take no longer than the longest of them."""
    program = crawl("kabarniaga", "songhong", "haixia", "tonlethmei", clock=SystemClock(), HARBORWATCH_PACE=PACE)  # fmt: skip
    await program.poll()
    hits = {
        host: program.hits(host) for host in ("kabarniaga", "songhong", "haixia", "tonlethmei")
    }
    took = max(hit.at_real for hit in program.press.log) - min(
        hit.at_real for hit in program.press.log
    )
    assert took < sum(len(asked) for asked in hits.values()) * PACE / 2


async def test_retry_after_holds_for_sources_pages_and_restarts(
    crawl: Started, press: Press
) -> None:
    """After a 429 nothing of the host is asked before its time, by nobody, restarted or not."""
    program = crawl("strandledger", "songhong", HARBORWATCH_PACE=2.0)
    busy = press.now + timedelta(hours=1)
    press.fault("strandledger", "busy", path="/2018/", retry_after=5400, until=busy)
    await program.poll()
    told = [hit for hit in program.hits("strandledger", "/2018/") if hit.status == 429]
    # Two may have been on their way when the first answer came.
    assert 1 <= len(told) <= 2
    before = len(program.hits("strandledger"))
    free_at = program.free_at("strandledger")
    assert free_at is not None
    assert free_at >= program.tools.clock.now() + timedelta(seconds=5300)
    program.pass_time(3700)
    await program.poll("strandledger", "songhong")
    restarted = crawl("strandledger", "songhong", clock=program.tools.clock, HARBORWATCH_PACE=2.0)
    await restarted.poll("strandledger")
    assert len(program.hits("strandledger")) == before, "asked before its time"
    assert restarted.outcomes()["strandledger/feed"] == "told to wait"
    assert len(program.stored("songhong")) > 3, "another host must not wait with it"
    restarted.pass_time(1900)
    # The sources come back when they are due, the pages at the host's own time.
    await restarted.poll()
    assert len(restarted.stored("strandledger")) > 5


async def test_retry_after_of_a_source(crawl: Started, press: Press) -> None:
    """A source that answers 429 is "told to wait", due at its time, and good again then."""
    program = crawl("kabarniaga")
    press.fault("kabarniaga", "busy", retry_after=7200, until=press.now + timedelta(hours=2))
    await program.poll()
    assert program.outcomes()["kabarniaga/feed"] == "told to wait"
    before = len(program.hits("kabarniaga"))
    program.pass_time(7000)
    await program.poll()
    assert len(program.hits("kabarniaga")) == before
    program.pass_time(300)
    await program.poll()
    assert program.outcomes()["kabarniaga/feed"] == "good"
    assert len(program.stored("kabarniaga")) >= 3


async def test_waiting_for_a_host_is_no_failure(crawl: Started, press: Press) -> None:
    """A page whose host asks for patience all day long is kept in mind, not refused."""
    program = crawl("tonlethmei")
    press.fault("tonlethmei", "busy", path="/2018/", retry_after=86400, until=press.now + timedelta(days=1))  # fmt: skip
    for _ in range(12):
        await program.poll()
        program.pass_time(7200)
    program.pass_time(7200)
    await program.poll()
    assert len(program.stored("tonlethmei")) >= 2


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("0", 1),
        ("-5", 1),
        ("1.5", 1.5),
        ("Thu, 20 Sep 2018 02:32:43 GMT", 600),
        ("Thu, 20 Sep 2018 09:32:43 +0700", 600),
        ("Thu, 20 Sep 2018 01:00:00 GMT", 1),
        ("999999999999999999", LONGEST_WAIT.total_seconds()),
        ("inf", LONGEST_WAIT.total_seconds()),
        ("nan", DEFAULT_WAIT.total_seconds()),
        ("", DEFAULT_WAIT.total_seconds()),
        ("soon", DEFAULT_WAIT.total_seconds()),
    ],
)
def test_retry_after_is_read(header: str, seconds: float) -> None:
    """Retry-After is seconds or a date; what is neither counts as no time given."""
    assert retry_after(header, NOW) == timedelta(seconds=seconds)


@given(st.one_of(st.text(), st.floats().map(str), st.integers().map(str), st.datetimes().map(str)))
def test_retry_after_takes_anything(header: str) -> None:
    """Whatever a server writes there, the wait lies between a second and a day."""
    assert timedelta(seconds=1) <= retry_after(header, NOW) <= LONGEST_WAIT
