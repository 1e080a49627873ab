"""Rhythms and quiet hours are read back as they were written, and mistakes are told."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import Quiet, Rhythm
from news.rhythms import daily, read_quiet, read_rhythm, written, written_quiet

minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
slots = st.builds(
    lambda days, times: Rhythm(kind="slots", days=tuple(sorted(days)), times=tuple(sorted(times))),
    st.sets(st.integers(0, 6), min_size=1),
    st.sets(minutes, min_size=1, max_size=4),
)


@given(st.one_of(st.just(Rhythm(kind="instant")), slots))
def test_a_rhythm_is_read_as_it_was_written(rhythm: Rhythm) -> None:
    """Every rhythm survives being written as text."""
    assert read_rhythm(written(rhythm)) == rhythm


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("instant", "instant"),
        ("daily 07:00", "daily 07:00"),
        ("Daily 7:00", "daily 07:00"),
        ("weekdays 16:30 07:00", "weekdays 07:00 16:30"),
        ("thu,mon 07:00", "mon,thu 07:00"),
        ("mon, thu 07:00", "mon,thu 07:00"),
        ("weekly mon 07:00", "mon 07:00"),
        ("mon,tue,wed,thu,fri 07:00", "weekdays 07:00"),
        ("weekends 09:00", "weekends 09:00"),
    ],
)
def test_a_rhythm_has_one_written_form(text: str, means: str) -> None:
    """What means the same is written the same, so that its last slot is found again."""
    assert written(read_rhythm(text)) == means


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is no rhythm"),
        ("daily", "is no rhythm"),
        ("instnat", 'did you mean "instant"'),
        ("dayly 07:00", 'did you mean "daily"'),
        ("mon,thur 07:00", '"thur" is no day .did you mean "thu"'),
        ("daily 25:00", '"25:00" in "daily 25:00" is no time of day'),
        ("instant 07:00", "is no day"),
        ("weekly 07:00", "weekly mon 07:00"),
        ("weekly mon,tue 07:00", "weekly mon 07:00"),
    ],
)
def test_what_is_no_rhythm_is_told(text: str, says: str) -> None:
    """A rhythm that is none raises ValueError, with what was meant."""
    with pytest.raises(ValueError, match=says):
        read_rhythm(text)


@given(minutes, minutes, minutes)
def test_quiet_hours_hold_until_they_end(begin: time, end: time, at: time) -> None:
    """Quiet hours are read as written; of two that swap ends exactly one holds at any time."""
    if begin == end:
        with pytest.raises(ValueError, match="ends when it begins"):
            read_quiet(f"{begin:%H:%M}-{end:%H:%M}")
        return
    hours = Quiet(begin=begin, end=end)
    assert read_quiet(written_quiet(hours)) == hours
    assert hours.holds(begin)
    assert not hours.holds(end)
    assert hours.holds(at) != Quiet(begin=end, end=begin).holds(at)


def test_daily_is_every_day() -> None:
    """`daily` is the rhythm that is written so."""
    assert daily(time(16, 30), time(7)) == read_rhythm("daily 07:00 16:30")
