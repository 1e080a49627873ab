"""Each slot once, in everybody's own zone, over both clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.slots import due_slot, slot_moment
from news import Rhythm
from news.rhythms import daily as every_day

ZONES = [
    "Asia/Jakarta",
    "Asia/Shanghai",
    "Asia/Yangon",
    "Europe/Brussels",
    "America/New_York",
    "America/Havana",  # changes at midnight
    "Asia/Beirut",  # changes at midnight
    "Australia/Lord_Howe",  # changes by half an hour
    "Pacific/Apia",  # left out 30 December 2011
    "Africa/Casablanca",  # changes round Ramadan
]


def daily(hour: int, minute: int = 0) -> Rhythm:
    return every_day(time(hour, minute))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def naive_moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Walk through UTC minute by minute: the first that shows this time or has passed it."""
    wanted = datetime.combine(day, at)
    moment = datetime.combine(day, time(), tzinfo=UTC) - timedelta(hours=30)
    while moment.astimezone(zone).replace(tzinfo=None) < wanted:
        moment += timedelta(minutes=1)
    return moment


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.sampled_from([2011, 2018, 2024]),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.integers(50, 400),
)
def test_each_slot_of_a_year_once(zone: str, year: int, at: time, step: int) -> None:
    """Asked at any pace for a year, every day's slot is due exactly once, at its moment."""
    place, found, last = ZoneInfo(zone), [], None
    now = start = utc(year, 1, 1)
    end = utc(year + 1, 1, 1)
    while now < end:
        due = due_slot(every_day(at), zone, last, now)
        if due is not None:
            found.append(due)
            last = due[1]
        now += timedelta(minutes=step)
    moments = [moment for _, moment in found]
    first, asked_last = date(year, 1, 2), now - timedelta(minutes=step)
    days = [first + timedelta(days=number) for number in range(368)]
    slots = sorted(slot_moment(day, at, place) for day in days)
    slots = [slot for slot in slots if slot <= asked_last]
    # Two slots between two askings are missed ones: the latest is made up.
    asked = {-((start - slot) // timedelta(minutes=step)): slot for slot in slots}
    expected = set(asked.values())
    assert moments == sorted(set(moments))
    assert expected <= set(moments)
    assert len({name for name, _ in found}) == len(found)


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(
        [
            ("Europe/Brussels", date(2018, 3, 25)),
            ("Europe/Brussels", date(2018, 10, 28)),
            ("America/Havana", date(2018, 3, 11)),
            ("America/Havana", date(2018, 11, 4)),
            ("Australia/Lord_Howe", date(2018, 10, 7)),
            ("Australia/Lord_Howe", date(2018, 4, 1)),
            ("Pacific/Apia", date(2011, 12, 30)),
            ("Asia/Jakarta", date(2018, 9, 20)),
        ]
    ),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_moment_on_days_of_change(place: tuple[str, date], at: time) -> None:
    """A slot stands where a walk through the minutes first shows its time or has passed it."""
    zone = ZoneInfo(place[0])
    assert slot_moment(place[1], at, zone) == naive_moment(place[1], at, zone)


def test_left_out_time_is_the_next_that_exists() -> None:
    """02:30 on the night when 02:00 becomes 03:00 is 03:00."""
    due = due_slot(daily(2, 30), "Europe/Brussels", None, utc(2018, 3, 25, 1, 0))
    assert due == ("2018-03-25T03:00+02:00", utc(2018, 3, 25, 1, 0))
    assert due_slot(daily(2, 30), "Europe/Brussels", due[1], utc(2018, 3, 25, 20)) is None


def test_doubled_time_counts_once() -> None:
    """02:30 on the night when it comes twice is the first of the two."""
    due = due_slot(daily(2, 30), "Europe/Brussels", None, utc(2018, 10, 28, 0, 30))
    assert due == ("2018-10-28T02:30+02:00", utc(2018, 10, 28, 0, 30))
    assert due_slot(daily(2, 30), "Europe/Brussels", due[1], utc(2018, 10, 28, 1, 30)) is None


def test_missed_slots_are_made_up_once() -> None:
    """After days of downtime only the latest slot is due."""
    last = utc(2018, 9, 17, 0)
    due = due_slot(daily(7), "Asia/Jakarta", last, utc(2018, 9, 21, 5))
    assert due == ("2018-09-21T07:00+07:00", utc(2018, 9, 21, 0))
    assert due_slot(daily(7), "Asia/Jakarta", due[1], utc(2018, 9, 21, 6)) is None


def test_new_watch_is_served_at_once() -> None:
    """A rhythm without a last slot gets its latest one, even before today's time of day."""
    due = due_slot(daily(7), "Asia/Jakarta", None, utc(2018, 9, 20, 20))
    assert due == ("2018-09-20T07:00+07:00", utc(2018, 9, 20, 0))


def test_instant_is_always_due() -> None:
    """An instant watch is due at any later moment, in a slot that says "now"."""
    due = due_slot(Rhythm(kind="instant"), "Asia/Jakarta", None, utc(2018, 9, 20))
    assert due == ("now:2018-09-20T00:00:00+00:00", utc(2018, 9, 20))
    assert due_slot(Rhythm(kind="instant"), "Asia/Jakarta", due[1], utc(2018, 9, 20)) is None


@pytest.mark.parametrize(
    ("rhythm", "zone", "now", "says"),
    [
        (daily(7), "Asia/Atlantis", utc(2018, 1, 1), "Asia/Atlantis"),
        (daily(7), "../etc", utc(2018, 1, 1), "no zone named"),
        (daily(7), "Asia/Jakarta", datetime(2018, 1, 1), "aware"),
        (Rhythm(kind="slots"), "Asia/Jakarta", utc(2018, 1, 1), "time of day"),
    ],
)
def test_errors_say_what_to_do(rhythm: Rhythm, zone: str, now: datetime, says: str) -> None:
    """A slot that cannot be told names what is wrong."""
    with pytest.raises(ValueError, match=says):
        due_slot(rhythm, zone, None, now)
