"""Sources and hosts: what is due is claimed once, and every host keeps its pace."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import pairwise
from threading import Barrier
from typing import Any

import pytest
from archive_tellings import FEED, LISTING, MINUTE, NOON
from sqlalchemy import select

from archive import Archive, open_archive
from archive.collecting import hosts, ledger, pulses, sources
from archive.collecting.pulses import Learnt
from archive.collecting.sources import DueSource, Seen
from archive.tables import polls
from news import Conditions, Habits, Outcome, Poll, Pulse, Source

LEASE = timedelta(minutes=10)
HOUR = timedelta(hours=1)
NOTHING_GIVEN, NOTHING_SEEN = Conditions(), Seen()


@pytest.fixture
def known(archive: Archive) -> Archive:
    with archive.write() as db:
        sources.synchronise(db, [LISTING, FEED], NOON)
    return archive


def claim(archive: Archive, now: datetime = NOON, **asked: Any) -> list[str]:
    with archive.write() as db:
        return [due.source.id for due in sources.claim_due(db, now, LEASE, **asked)]


def poll(
    archive: Archive,
    outcome: Outcome,
    now: datetime = NOON,
    *,
    source: Source = LISTING,
    conditions: Conditions = NOTHING_GIVEN,
    seen: Seen = NOTHING_SEEN,
) -> None:
    """Write down how a poll of a source ended; it is due again in an hour."""
    ended = Poll(
        source=source.id,
        started_at=now,
        outcome=outcome,
        status=200,
        detail=f"ended {outcome}",
        bytes=10,
        conditions=conditions,
    )
    with archive.write() as db:
        sources.record_poll(db, ended, seen, due_at=now + HOUR, history=False)


def due(archive: Archive, now: datetime) -> DueSource:
    with archive.write() as db:
        (one,) = sources.claim_due(db, now, timedelta(0), ways=[LISTING.way])
    return one


def test_what_is_due_is_claimed_once(known: Archive) -> None:
    """A claimed source is nobody else's until its lease runs out or it is given back."""
    assert claim(known) == [FEED.id, LISTING.id]
    assert claim(known) == []
    assert claim(known, NOON + LEASE - MINUTE) == []
    assert claim(known, NOON + LEASE) == [FEED.id, LISTING.id]
    with known.write() as db:
        sources.release(db, [FEED.id])
    assert claim(known, NOON + LEASE) == [FEED.id]


def test_two_crawlers_share_what_is_due(archive: Archive) -> None:
    """Two crawlers at the same moment claim each source once between them."""
    catalogue = [
        Source(
            id=f"antara/feed-{n}", outlet="antara", way="feed", address=f"https://a.example/{n}"
        )
        for n in range(30)
    ]
    with archive.write() as db:
        sources.synchronise(db, catalogue, NOON)
    other = open_archive(archive.address)
    ready = Barrier(2)

    def crawl(opened: Archive) -> list[str]:
        ready.wait()
        return claim(opened)

    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(crawl, (archive, other)))
    other.close()
    assert sorted(both[0] + both[1]) == sorted(source.id for source in catalogue)


def test_a_poll_settles_the_claim(known: Archive) -> None:
    """After its poll a source is due when the poll says, and not before."""
    assert claim(known, ways=["listing"]) == [LISTING.id]
    poll(known, Outcome.GOOD)
    assert claim(known, NOON + HOUR - MINUTE, ways=["listing"]) == []
    assert claim(known, NOON + HOUR, ways=["listing"]) == [LISTING.id]


def test_claims_can_be_for_some_ways_and_outlets(known: Archive) -> None:
    """Ways narrow what is due; an outlet asked for by name need not be due."""
    assert claim(known, NOON - HOUR) == []
    assert claim(known, NOON, ways=["sitemap"]) == []
    assert claim(known, NOON, ways=["feed"]) == [FEED.id]
    assert claim(known, NOON - HOUR, outlets=["antara"]) == []
    assert claim(known, NOON - HOUR, outlets=["indotelko"]) == [LISTING.id]


@pytest.mark.parametrize("good", [Outcome.GOOD, Outcome.UNCHANGED])
def test_a_good_poll_ends_a_row_of_failures(known: Archive, good: Outcome) -> None:
    """Failures are counted until a poll is good; then they are none again."""
    bad = [outcome for outcome in Outcome if outcome not in (Outcome.GOOD, Outcome.UNCHANGED)]
    for failures, outcome in enumerate(bad, 1):
        poll(known, outcome, NOON + failures * HOUR)
        assert due(known, NOON + 24 * HOUR).failures == failures
    poll(known, good, NOON + 12 * HOUR)
    assert due(known, NOON + 24 * HOUR).failures == 0
    with known.read() as db:
        listed = {state.id: state for state in ledger.source_states(db)}
    assert listed[LISTING.id].last_good_at == NOON + 12 * HOUR


def test_a_source_is_unproved_until_its_first_good_poll(known: Archive) -> None:
    """Only a poll that brought entries proves a source; validators are kept from it alone."""
    given = Conditions(etag='"a"', last_modified="Thu", body_hash="1")
    poll(known, Outcome.BLOCKED, conditions=Conditions(etag='"wrong"'))
    poll(known, Outcome.UNCHANGED)
    assert due(known, NOON + HOUR).unproved
    assert due(known, NOON + HOUR).conditions == Conditions()
    poll(known, Outcome.GOOD, conditions=given)
    poll(known, Outcome.TEMPORARY, conditions=Conditions(etag='"wrong"'))
    now = due(known, NOON + HOUR)
    assert (now.unproved, now.conditions) == (False, given)


def test_a_dropped_source_is_not_due(known: Archive) -> None:
    """A source that left the catalogue is never due, and is what it was when it comes back."""
    poll(known, Outcome.GOOD)
    with known.write() as db:
        sources.synchronise(db, [FEED], NOON)
        assert [state.id for state in ledger.source_states(db)] == [FEED.id]
    assert claim(known, NOON + 9 * HOUR) == [FEED.id]
    assert claim(known, NOON + 9 * HOUR, outlets=["indotelko"]) == []
    with known.write() as db:
        sources.synchronise(db, [LISTING], NOON + 9 * HOUR)
        assert sources.next_due(db) == NOON + HOUR
    back = due(known, NOON + 9 * HOUR)
    assert (back.source.id, back.unproved) == (LISTING.id, False)


def test_a_poll_leaves_its_sums(known: Archive) -> None:
    """Each visit has a row in which seen is new and changed and known and refused together."""
    poll(known, Outcome.GOOD, seen=Seen(new=3, changed=2, known=5, refused=1))
    with known.read() as db:
        row = db.execute(select(polls)).one()
    assert row.seen == row.new + row.changed + row.known + row.refused == 11


def test_the_line_of_the_digest_names_who_does_not_answer(known: Archive) -> None:
    """The ledger's line counts polled sources and names those that failed."""
    with known.read() as db:
        assert ledger.line(db) == "checked 0 of 0 sources, 0 silent, 0 gaps"
    poll(known, Outcome.GOOD)
    poll(known, Outcome.BLOCKED, source=FEED)
    with known.read() as db:
        line = ledger.line(db)
    assert (
        line
        == "checked 1 of 2 sources, 1 silent, 0 gaps; not answering: indotelko/feed (ended blocked)"
    )


def test_hosts_keep_their_distance_whoever_books(archive: Archive) -> None:
    """Of 200 bookings by two workers no two are closer than the delay, over a restart too."""
    delay = timedelta(seconds=2)
    other = open_archive(archive.address)
    ready = Barrier(2)

    def book(opened: Archive) -> list[datetime]:
        ready.wait()
        turns = []
        for step in range(100):
            with opened.write() as db:
                turns.append(hosts.book(db, "indotelko.example", NOON + step * delay / 3, delay))
        return turns

    with ThreadPoolExecutor(2) as pool:
        turns = sorted(turn for mine in pool.map(book, (archive, other)) for turn in mine)
    other.close()
    assert len(turns) == 200
    assert all(later - earlier >= delay for earlier, later in pairwise(turns))
    # Nobody waits longer than those before need.
    assert turns[-1] == NOON + 199 * delay


def test_a_host_is_left_alone_as_long_as_it_asks(archive: Archive) -> None:
    """Nothing is booked before a Retry-After is over; a shorter one takes nothing back."""
    second = timedelta(seconds=1)
    with archive.write() as db:
        assert hosts.free_at(db, "a.example") is None
        hosts.leave_alone(db, "a.example", NOON + HOUR)
        hosts.leave_alone(db, "a.example", NOON + MINUTE)
        assert hosts.book(db, "a.example", NOON, second) == NOON + HOUR
        assert hosts.book(db, "b.example", NOON, second) == NOON
        assert hosts.free_at(db, "b.example") == NOON + second


def test_a_move_is_believed_after_it_held(known: Archive) -> None:
    """Three good polls over two days that were led on for good change what is asked."""
    there = "https://new.example/feed"
    for hours in (0, 1, 47, 49):
        at = NOON + hours * HOUR
        ended = Poll(
            source=LISTING.id, started_at=at, outcome=Outcome.GOOD, status=200, moved_to=there
        )
        assert due(known, at + HOUR).source.address == LISTING.address
        with known.write() as db:
            sources.record_poll(db, ended, Seen(), due_at=at, history=False)
    assert due(known, NOON + 50 * HOUR).source.address == there
    with known.write() as db:
        sources.synchronise(db, [LISTING, FEED], NOON)
    assert due(known, NOON + 50 * HOUR).source.address == there


def test_waiting_for_a_host_is_no_failure_of_a_source(known: Archive) -> None:
    """A source that nobody asked, since its host is left alone, has not failed."""
    ended = Poll(source=LISTING.id, started_at=NOON, outcome=Outcome.TOLD_TO_WAIT)
    with known.write() as db:
        sources.record_poll(db, ended, Seen(), due_at=NOON, history=False)
        assert sources.forgive_outage(db, NOON, HOUR) == 0
    assert due(known, NOON + HOUR).failures == 0


def test_what_was_learnt_comes_back(known: Archive) -> None:
    """A pulse and the habits of all sources are read as they were kept."""
    learnt = Learnt(until=NOON, pulse=Pulse(stories=1.5, by_hour=(0.25,) * 24), conditional=3)
    with known.write() as db:
        assert pulses.load(db, LISTING.id) is None
        assert pulses.habits(db) is None
        for _ in range(2):
            pulses.save(db, LISTING.id, learnt)
            pulses.save_habits(db, Habits(price=0.7), NOON)
        assert pulses.load(db, LISTING.id) == learnt
        assert pulses.of_sources(db, [LISTING.id, FEED.id]) == {LISTING.id: learnt}
        assert pulses.of_catalogue(db) == [Pulse(), learnt.pulse]
        assert pulses.habits(db) == (Habits(price=0.7), NOON)
