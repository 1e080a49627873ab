"""Polls on a played clock: due by what was learnt; moves, lies and outages of our own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from crawling import Crawl
from sqlalchemy import Row, select

from archive.collecting import ledger, pulses
from archive.tables import sources
from crawler.outcomes import OUTAGE_RETRY
from crawler.polling import ENOUGH, TRUSTED
from harborwatch.press import Press

pytestmark = pytest.mark.long

Started = Callable[..., Crawl]

HOUR = 3600


def row(program: Crawl, source: str) -> Row[tuple[object, ...]]:
    with program.tools.archive.read() as db:
        return db.execute(select(sources).where(sources.c.id == source)).one()


async def polled(program: Crawl, *outlets: str, times: int = 1, hours: float = 1.0) -> None:
    for _ in range(times):
        program.pass_time(hours * HOUR)
        await program.poll(*outlets)


async def test_due_by_what_was_learnt(crawl: Started) -> None:
    """Due within the outlet file's interval at first, within the ceiling always; learnt stays over a restart."""
    program = crawl("kabarniaga")
    await program.poll()
    first = row(program, "kabarniaga/feed")
    assert first.due_at - first.last_poll_at <= timedelta(minutes=first.every * 1.05)
    await polled(program, "kabarniaga", times=5, hours=5)
    later = row(program, "kabarniaga/feed")
    assert timedelta(minutes=5) <= later.due_at - later.last_poll_at <= timedelta(hours=6)
    with program.tools.archive.read() as db:
        before = pulses.load(db, "kabarniaga/feed")
    assert before is not None
    assert before.pulse.observed > ENOUGH
    assert before.until == later.last_poll_at
    restarted = crawl("kabarniaga", clock=program.tools.clock)
    with restarted.tools.archive.read() as db:
        assert pulses.load(db, "kabarniaga/feed") == before
        assert pulses.habits(db) is not None


@pytest.mark.long
async def test_a_feed_that_lies_is_found_out(crawl: Started, press: Press) -> None:
    """A server that says "unchanged" of everything keeps nothing from us, and is believed no more."""
    program = crawl("strandledger")
    press.fault("strandledger", "lying", path="/feed/")
    await program.poll()
    had = len(program.stored("strandledger"))
    await polled(program, "strandledger", times=TRUSTED + 1, hours=2)
    assert row(program, "strandledger/feed").lies == 1
    assert len(program.stored("strandledger")) > had
    asked = len(program.hits("strandledger", "/feed/"))
    await polled(program, "strandledger", times=2)
    assert not any(hit.conditional for hit in program.hits("strandledger", "/feed/")[asked:])


async def test_a_changed_clock_is_no_changed_feed(crawl: Started, press: Press) -> None:
    """A feed whose answers differ by the time they were made is unchanged until a story comes."""
    program = crawl("songhong")
    press.fault("songhong", "restless", path="/")
    await program.poll()
    await program.poll("songhong")
    program.pass_time(1)
    report = await program.poll("songhong")
    assert set(program.outcomes().values()) == {"unchanged"}
    assert report.new == 0
    had = len(program.stored("songhong"))
    await polled(program, "songhong", times=2, hours=24)
    assert len(program.stored("songhong")) > had


async def test_a_move_for_good_is_followed_after_it_held(crawl: Started, press: Press) -> None:
    """A 301 is believed after three polls over two days, told, and forgotten where the new address fails."""
    program = crawl("ringkas")
    press.mend("ringkas")
    press.fault("ringkas", "moved", path="/feed/")
    await program.poll()
    await polled(program, "ringkas", times=3, hours=12)
    assert not row(program, "ringkas/feed").moved
    await polled(program, "ringkas", hours=13)
    moved = row(program, "ringkas/feed")
    assert moved.moved
    with program.tools.archive.read() as db:
        (told,) = (s for s in ledger.source_states(db) if s.id == "ringkas/feed")
    assert told.moved_to == f"{press.base('ringkas')}/feed/?moved"
    asked = len(program.hits("ringkas", "/feed/"))
    restarted = crawl("ringkas", clock=program.tools.clock)
    await polled(restarted, "ringkas")
    assert [hit.path for hit in restarted.hits("ringkas", "/feed/")[asked:]] == ["/feed/?moved"]
    press.fault("ringkas", "missing", path="/feed/")
    await polled(restarted, "ringkas", times=3)
    assert not row(restarted, "ringkas/feed").moved


async def test_our_own_outage_counts_against_nobody(crawl: Started, press: Press) -> None:
    """When no host answers, none has failed: each is asked again soon, and pages lose no try."""
    outlets = ("kabarniaga", "songhong", "viengthong", "swarna")
    program = crawl(*outlets)
    await program.poll()
    for host in outlets:
        press.fault(host, "dropped", until=press.now + timedelta(hours=12))
    program.pass_time(HOUR)
    for _ in range(3):
        report = await program.poll(*outlets)
        assert report.cut_off >= len(outlets)
        program.pass_time(400)
    with program.tools.archive.read() as db:
        rows = db.execute(select(sources).where(sources.c.outlet.in_(outlets))).all()
    for one in rows:
        assert one.failures == 0
        assert "our own outage" in one.last_detail
        assert one.due_at - one.last_poll_at <= OUTAGE_RETRY + timedelta(seconds=60)
    program.pass_time(12 * HOUR)
    report = await program.poll()
    assert report.cut_off == 0
    assert set(program.outcomes().values()) <= {"good", "unchanged"}


async def test_one_silent_host_is_its_own_fault(crawl: Started, press: Press) -> None:
    """Where others answer, a host that does not has failed, and is asked ever less often."""
    program = crawl("kabarniaga", "songhong", "viengthong")
    await program.poll()
    press.fault("songhong", "dropped")
    waits = []
    for _ in range(3):
        program.pass_time(HOUR)
        report = await program.poll("kabarniaga", "songhong", "viengthong")
        assert report.cut_off == 0
        one = row(program, "songhong/feed")
        waits.append(one.due_at - one.last_poll_at)
    assert one.failures == 3
    assert waits[0] < waits[1] < waits[2]
