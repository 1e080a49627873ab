"""Law 2 at random play: the ledger's sums balance after every poll, fetch and refusal."""

from collections.abc import Callable
from datetime import timedelta

from archive_tellings import FEED, LISTING, NOON
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import Archive
from archive.collecting import daily, ledger, sightings, source_days, sources
from archive.collecting.sources import Seen
from news import Entry, Outcome, Poll, Sighting, Source

#: an address's number, and what it is called there
SHOWN = st.lists(st.tuples(st.integers(0, 12), st.sampled_from("ab")), max_size=6)
VISIT = st.tuples(st.just("poll"), st.sampled_from([FEED, LISTING]), SHOWN, st.booleans())
END = st.tuples(st.sampled_from(["refuse", "gone", "unchanged"]), st.integers(0, 12))
PLAY = st.lists(st.tuples(st.integers(0, 9), st.one_of(VISIT, END)), max_size=14)


def poll(archive: Archive, source: Source, shown: list[tuple[int, str]], minutes: int, *, history: bool) -> None:  # fmt: skip
    at = NOON + timedelta(minutes=minutes)
    seen = [
        Sighting(
            source=source.id, outlet=source.outlet, way=source.way, address=f"http://a/{n}",
            key=f"a:{n}", seen_at=at, entry=Entry(address=f"http://a/{n}", headline=words),
        )
        for n, words in dict(shown).items()
    ]  # fmt: skip
    with archive.write() as db:
        counted = sightings.record(db, seen, history=history) if seen else Seen()
        done = Poll(source=source.id, started_at=at, outcome=Outcome.GOOD, status=200)
        sources.record_poll(db, done, counted, due_at=at, history=history, expected=0.5)
        assert source_days.imbalance(db, source.id, at) == ""
        assert counted.all == len(seen)


@given(PLAY)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_sums_balance(
    new_archive: Callable[[], Archive], play: list[tuple[int, tuple]]
) -> None:  # type: ignore[type-arg]
    """Whatever sources show and fetches bring: seen is accounted for, and so is all that is new."""
    archive, minutes = new_archive(), 0
    with archive.write() as db:
        sources.synchronise(db, [FEED, LISTING], NOON)
    for hours, (what, *given_) in play:
        minutes += hours * 60 + 1
        if what == "poll":
            poll(archive, given_[0], given_[1], minutes, history=given_[2])
            continue
        with archive.write() as db:
            end = {"refuse": lambda k: sightings.refuse(db, k, "no story", ""),
                   "gone": lambda k: sightings.gone(db, k, ""),
                   "unchanged": lambda k: sightings.unchanged(db, k, None)}[what]  # fmt: skip
            end(f"a:{given_[0]}")
    with archive.read() as db:
        days = [
            one
            for day in range(9)
            for one in daily.ledger_of(db, (NOON + timedelta(days=day)).date())
        ]
        sums = ledger.sums(db)
    assert [one.imbalance for one in days] == [""] * len(days)
    assert sum(one.new for one in days) == sums.seen
    assert sum(one.polled for one in days) == sums.polls
    assert sum(sum(one.refused.values()) for one in days) == sum(sums.refused.values())


def test_what_does_not_add_up_is_said(archive: Archive) -> None:
    """An address that no poll counted is found by the next check, and named with its day."""
    with archive.write() as db:
        sources.synchronise(db, [FEED], NOON)
    poll(archive, FEED, [(1, "a")], 0, history=False)
    stray = Sighting(source=FEED.id, outlet=FEED.outlet, way=FEED.way, address="http://a/9", key="a:9",
                     seen_at=NOON, entry=Entry(address="http://a/9"))  # fmt: skip
    with archive.write() as db:
        sightings.record(db, [stray], history=False)
        said = source_days.imbalance(db, FEED.id, NOON)
    assert said == f"{NOON:%Y-%m-%d}: 1 new, 2 addresses written down"
