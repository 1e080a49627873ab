"""Played time moves only when told to."""

from datetime import UTC, datetime, timedelta

import pytest

from news import PlayedClock, SystemClock

START = datetime(2018, 9, 19, tzinfo=UTC)


async def test_played_time_never_sleeps() -> None:
    """A day of sleep on a played clock passes at once, and the time has moved."""
    clock = PlayedClock(START)
    await clock.sleep(86400)
    assert clock.now() == START + timedelta(days=1)


def test_played_time_never_goes_back() -> None:
    """Advancing to an earlier moment changes nothing."""
    clock = PlayedClock(START)
    clock.advance(START - timedelta(days=1))
    assert clock.now() == START


def test_time_is_aware() -> None:
    """A naive start is refused; both clocks tell UTC."""
    with pytest.raises(ValueError, match="zone"):
        PlayedClock(datetime(2018, 9, 19))
    assert SystemClock().now().utcoffset() == timedelta(0)
