"""Whose turn it is: one digest for all slots that have come, quiet hours, days off."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_alerts_slots import ZONES, naive_moment

from alerts.days_off import days_off
from alerts.slots import due_slot, next_slot
from alerts.turns import called, instant_turn, slots_turn
from archive.telling.subscribers import Call
from news import Rhythm, Subscriber, Target, Watch
from news.rhythms import read_quiet, read_rhythm, written

TARGET = Target(channel="mail", address="desk@reader.example")


def reader(*rhythms: str, zone: str = "Asia/Jakarta", quiet: str = "", country: str = ""):
    return Subscriber(
        id="desk",
        name="",
        zone=zone,
        language="en",
        targets=(TARGET,),
        watches=tuple(Watch(name=one, query="x", rhythm=read_rhythm(one)) for one in rhythms),
        quiet=read_quiet(quiet) if quiet else None,
        holidays=country,
    )


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def witness(day: date, at, zone: ZoneInfo) -> datetime:
    """Return a slot's moment by arithmetic, or by a walk where the clock changes nearby."""
    wanted = datetime.combine(day, at)
    near = [wanted.replace(tzinfo=zone) + timedelta(days=n) for n in (-2, -1, 0, 1, 2)]
    offsets = {one.utcoffset() for one in near} | {one.replace(fold=1).utcoffset() for one in near}
    if len(offsets) == 1:
        return (wanted - offsets.pop()).replace(tzinfo=UTC)
    return naive_moment(day, at, zone)


rhythms = st.builds(
    lambda days, times: Rhythm(kind="slots", days=tuple(sorted(days)), times=tuple(sorted(times))),
    st.sets(st.integers(0, 6), min_size=1),
    st.sets(
        st.times().map(lambda at: at.replace(second=0, microsecond=0)), min_size=1, max_size=2
    ),
)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(ZONES), st.sampled_from([2011, 2018, 2024]), rhythms)
def test_each_slot_of_a_year_exactly_once(zone: str, year: int, rhythm: Rhythm) -> None:
    """Over a year with its clock changes every slot is due at its moment, not before, and once."""
    place = ZoneInfo(zone)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    wanted = sorted(
        {witness(d, at, place) for d in days if d.weekday() in rhythm.days for at in rhythm.times}
    )
    last, made = wanted[0], []
    for before, moment in pairwise(wanted):
        middle = before + (moment - before) / 2
        assert next_slot(rhythm, zone, middle) == moment
        for now in (middle, moment - timedelta(seconds=1), moment, moment + timedelta(seconds=1)):
            due = due_slot(rhythm, zone, last, now)
            if due is not None:
                made.append((now, due[1]))
                last = due[1]
    assert made == [(moment, moment) for moment in wanted[1:]]


def test_slots_that_meet_make_one_digest() -> None:
    """Two rhythms at one moment are one turn with both watches, closed at their own moments."""
    who = reader("daily 07:00", "mon 07:00", "daily 16:30")
    last = {written(w.rhythm): utc(2018, 9, 23, 12) for w in who.watches}
    turn = slots_turn(who, last, utc(2018, 9, 24, 0, 5))
    assert turn is not None
    assert turn.slot == "2018-09-24T07:00+07:00"
    assert [watch.name for watch in turn.watches] == ["daily 07:00", "mon 07:00"]
    assert set(turn.closes) == {"daily 07:00", "mon 07:00"}
    assert slots_turn(who, last | dict(turn.closes), utc(2018, 9, 24, 1)) is None


def test_missed_slots_are_made_up_in_one_digest() -> None:
    """After a week of downtime all rhythms together get one digest, named by the latest slot."""
    who = reader("daily 07:00 16:30", "mon 06:00", "instant")
    last = {written(w.rhythm): utc(2018, 9, 17) for w in who.watches}
    turn = slots_turn(who, last, utc(2018, 9, 25, 12))
    assert turn is not None
    assert turn.slot == "2018-09-25T16:30+07:00"
    assert len(turn.watches) == 3, "what an instant watch has left goes along"
    assert slots_turn(who, last | dict(turn.closes), utc(2018, 9, 25, 13)) is None


@pytest.mark.parametrize(
    ("country", "day", "off"),
    [
        ("ID", date(2018, 8, 17), True),
        ("CN", date(2018, 10, 1), True),
        ("BE", date(2018, 7, 21), True),
        ("VN", date(2018, 9, 2), True),
        ("TH", date(2018, 12, 5), True),
        ("MY", date(2018, 8, 31), True),
        ("ID", date(2018, 9, 19), False),
    ],
)
def test_holidays_are_days_off(country: str, day: date, off: bool) -> None:
    """Public holidays are known by country."""
    is_off = days_off(country)
    assert is_off is not None
    assert is_off(day) is off


def test_a_slot_on_a_holiday_is_left_out() -> None:
    """No slot on 17 August in Indonesia; the next one takes its news, and is the next to come."""
    who = reader("daily 07:00", country="ID")
    last = {"daily 07:00": utc(2018, 8, 16)}
    assert slots_turn(who, last, utc(2018, 8, 17, 12)) is None
    turn = slots_turn(who, last, utc(2018, 8, 18))
    assert turn is not None
    assert turn.slot == "2018-08-18T07:00+07:00"
    rhythm, is_off = who.watches[0].rhythm, days_off("ID")
    assert next_slot(rhythm, who.zone, utc(2018, 8, 16, 1), is_off) == utc(2018, 8, 18)


def test_a_weekly_slot_finds_its_way_over_holidays() -> None:
    """A weekly slot within China's golden week waits for the Monday after it."""
    who = reader("weekly mon 07:00", zone="Asia/Shanghai", country="CN")
    last = {"mon 07:00": utc(2018, 9, 23, 23)}
    assert slots_turn(who, last, utc(2018, 10, 4)) is None
    turn = slots_turn(who, last, utc(2018, 10, 8))
    assert turn is not None
    assert turn.slot == "2018-10-08T07:00+08:00"


@pytest.mark.parametrize(
    ("country", "says"),
    [("XX", "no holidays are known"), ("MY-99", "MY-99"), ("Mars", "ID or CN")],
)
def test_unknown_countries_are_told(country: str, says: str) -> None:
    """A country or part without a calendar raises ValueError."""
    with pytest.raises(ValueError, match=says):
        days_off(country)


def test_nobody_without_a_country_has_days_off() -> None:
    """Without a country no slot is left out."""
    assert days_off("") is None


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Europe/Brussels", "Australia/Lord_Howe"])
def test_alerts_wait_for_the_end_of_quiet_hours(zone: str) -> None:
    """Over a clock change an instant turn is due exactly where the local time is not quiet."""
    who, hours = reader("instant", zone=zone, quiet="22:00-06:30"), read_quiet("22:00-06:30")
    now = utc(2018, 3, 24)
    while now < utc(2018, 3, 27):
        local = now.astimezone(ZoneInfo(zone)).time()
        assert (instant_turn(who, now) is None) == hours.holds(local)
        now += timedelta(minutes=10)


def test_who_watches_nothing_at_once_has_no_instant_turn() -> None:
    """Without an instant watch nobody's turn is now; without slots none comes."""
    assert instant_turn(reader("daily 07:00"), utc(2018, 9, 20)) is None
    assert slots_turn(reader("instant"), {}, utc(2018, 9, 20)) is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["daily 07:00", "mon,thu 07:00 16:30", "weekdays 00:30"]), max_size=3
    ),
    st.sampled_from(ZONES),
    st.sampled_from(["", "ID"]),
    st.datetimes(datetime(2018, 1, 1), datetime(2019, 1, 1), timezones=st.just(UTC)),
    st.lists(st.none() | st.integers(0, 200), min_size=3, max_size=3),
)
def test_who_is_called_has_a_turn(written_as, zone, country, now, hours) -> None:
    """Those whose slot has come, and only they, are read from the archive."""
    who = reader(*dict.fromkeys(written_as), zone=zone, country=country)
    last = {
        written(watch.rhythm): now - timedelta(hours=ago)
        for watch, ago in zip(who.watches, hours, strict=False)
        if ago is not None
    }
    calls = [
        Call(
            subscriber=who.id,
            rhythm=written(watch.rhythm),
            zone=zone,
            holidays=country,
            last=last.get(written(watch.rhythm)),
        )
        for watch in who.watches
    ]
    assert called(calls, now) == ({"desk"} if slots_turn(who, last, now) else set())
