"""When a source is asked again, and what an answer means: pure decisions."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.history import is_resaved
from crawler.outcomes import (
    LONGEST,
    LONGEST_TEMPORARY,
    SPREAD,
    TRIES,
    Fetched,
    fetched,
    next_due,
    outcome_of,
    try_again_at,
)
from news import Dated, Entry, Outcome, Poll, Precision

NOW = datetime(2018, 9, 20, 2, 22, 43, tzinfo=UTC)

OUTCOMES = st.sampled_from(list(Outcome))
EVERY = st.integers(min_value=1, max_value=1440)
FAILURES = st.integers(min_value=0, max_value=100_000)
#: what is backed off from; who is gone for good, or names a time, waits otherwise
BACKED = [Outcome.TEMPORARY, Outcome.BLOCKED, Outcome.MISSING, Outcome.UNREADABLE]


def poll(outcome: Outcome, retry_after: float | None = None) -> Poll:
    return Poll(source="suara/feed", started_at=NOW, outcome=outcome, retry_after=retry_after)


@given(outcome=OUTCOMES, every=EVERY, failures=FAILURES)
def test_never_given_up(outcome: Outcome, every: int, failures: int) -> None:
    """Whatever happened, a source is asked again after its interval and within a day and its spread."""
    interval = timedelta(minutes=every)
    wait = next_due(poll(outcome), interval, failures, NOW) - NOW
    assert min(interval, LONGEST_TEMPORARY) <= wait <= LONGEST * (1 + SPREAD)


@given(outcome=st.sampled_from([Outcome.GOOD, Outcome.UNCHANGED]), every=EVERY, failures=FAILURES)
def test_a_good_poll_resets(outcome: Outcome, every: int, failures: int) -> None:
    """After a good poll the interval is the source's own, however long it failed before."""
    interval = timedelta(minutes=every)
    assert next_due(poll(outcome), interval, failures, NOW) - NOW == interval


@given(outcome=st.sampled_from(BACKED), every=EVERY, failures=st.integers(0, 30))
def test_each_failure_waits_longer(outcome: Outcome, every: int, failures: int) -> None:
    """The wait doubles with each failure until its cap, a quarter day or a day, and never shrinks."""
    interval = timedelta(minutes=every)
    waits = [next_due(poll(outcome), interval, failures + n, NOW) - NOW for n in (0, 1)]
    assert waits[0] <= waits[1]
    longest = LONGEST_TEMPORARY if outcome is Outcome.TEMPORARY else LONGEST
    if waits[1] < longest:
        assert waits[1] == pytest.approx(2 * waits[0], rel=1e-6)
    assert waits[1] <= longest * (1 + SPREAD)


@given(every=EVERY, failures=FAILURES)
def test_what_is_gone_is_asked_once_a_day(every: int, failures: int) -> None:
    """A source that is gone for good (410) is polled once a day from the first time on."""
    wait = next_due(poll(Outcome.GONE), timedelta(minutes=every), failures, NOW) - NOW
    assert LONGEST <= wait <= LONGEST * (1 + SPREAD)


@given(seconds=st.floats(min_value=1, max_value=86_400), every=EVERY, failures=FAILURES)
def test_retry_after_is_waited_for(seconds: float, every: int, failures: int) -> None:
    """A source that names a time is not asked before it, and asked at it, or at its interval."""
    interval = timedelta(minutes=every)
    due = next_due(poll(Outcome.TOLD_TO_WAIT, seconds), interval, failures, NOW)
    assert due - NOW == max(timedelta(seconds=seconds), interval)


def test_sources_do_not_march_in_step() -> None:
    """Sources that failed together come back at different times."""
    polls = [
        Poll(source=f"suara/feed-{n}", started_at=NOW, outcome=Outcome.TEMPORARY)
        for n in range(50)
    ]
    assert len({next_due(one, timedelta(minutes=15), 0, NOW) for one in polls}) == 50


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.GOOD), (203, Outcome.GOOD), (304, Outcome.UNCHANGED),
        (401, Outcome.BLOCKED), (403, Outcome.BLOCKED), (451, Outcome.BLOCKED),
        (404, Outcome.MISSING), (410, Outcome.GONE),
        (429, Outcome.TOLD_TO_WAIT), (503, Outcome.TOLD_TO_WAIT),
        (500, Outcome.TEMPORARY), (502, Outcome.TEMPORARY), (418, Outcome.TEMPORARY),
    ],
)  # fmt: skip
def test_status_says_the_outcome(status: int, outcome: Outcome) -> None:
    """Each status of HTTP is one outcome of ours."""
    assert outcome_of(status) is outcome


@given(status=st.integers(100, 599), attempts=st.integers(0, 50), visits=st.integers(0, 50))
def test_a_page_is_tried_often_and_not_for_ever(status: int, attempts: int, visits: int) -> None:
    """A failing page is tried again until its tries are used up; a page read before may be gone."""
    what = fetched(status, attempts, visits)
    if what in (Fetched.LATER, Fetched.REFUSE):
        assert (what is Fetched.REFUSE) == (attempts + 1 >= TRIES)
    if what is Fetched.GONE:
        assert status == 410 or (status == 404 and visits)


@given(st.integers(min_value=0, max_value=10_000))
def test_a_page_is_tried_again_within_a_day(attempts: int) -> None:
    """The wait for a page grows from five minutes to a day."""
    wait = try_again_at(attempts, NOW) - NOW
    assert timedelta(minutes=5) <= wait <= LONGEST
    assert wait <= try_again_at(attempts + 1, NOW) - NOW


def entry(age: timedelta | None) -> Entry:
    published = None
    if age is not None:
        published = Dated(
            at=NOW - age, text="", zone="UTC", origin="feed", precision=Precision.SECOND, confidence=1.0
        )  # fmt: skip
    return Entry(address="https://suara.example/1", published=published)


OLD, YOUNG, UNDATED = entry(timedelta(days=8)), entry(timedelta(hours=1)), entry(None)


@pytest.mark.parametrize(
    ("entries", "new", "resaved"),
    [
        ([OLD] * 10, range(10), True),
        ([OLD] * 6 + [YOUNG] * 4, range(10), True),
        ([YOUNG] * 10, range(10), False),
        ([OLD] * 5 + [YOUNG] * 5, range(10), False),
        ([UNDATED] * 10, range(10), False),
        ([OLD] * 10, range(5), False),
        ([OLD] * 10, range(6), True),
        ([OLD] * 7, range(7), False),
        ([], range(0), False),
    ],
)
def test_a_resaved_archive_is_told(entries: list[Entry], new: range, resaved: bool) -> None:
    """A poll is a re-saved archive if most of it is new and most of that is over 7 days old."""
    assert is_resaved(entries, new, NOW) is resaved
