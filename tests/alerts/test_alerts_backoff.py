"""Tries thin out, end, and can be told beforehand."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.backoff import GIVE_UP_AFTER, next_try

NOW = datetime(2018, 9, 20, tzinfo=UTC)


def tries(seed: str) -> list[timedelta]:
    found, attempts, now = [], 1, NOW
    while (following := next_try(attempts, now, seed)) is not None:
        found.append(following - now)
        now, attempts = following, attempts + 1
    return found


@given(st.text())
def test_tries_go_on_for_three_days(seed: str) -> None:
    """Waits grow from about a minute to at most five hours, over about three days."""
    waits = tries(seed)
    assert timedelta(seconds=48) <= waits[0] <= timedelta(seconds=72)
    assert max(waits) <= timedelta(hours=4) * 1.2
    assert GIVE_UP_AFTER * 0.75 <= sum(waits, timedelta()) <= GIVE_UP_AFTER * 1.2
    assert waits == tries(seed)


def test_jitter_parts_those_that_failed_together() -> None:
    """Different deliveries come back at different times."""
    assert len({next_try(5, NOW, f"<{number}@a.example>") for number in range(50)}) > 40


def test_attempts_count_from_one() -> None:
    """Asking before any attempt is an error; asking after very many is an end."""
    with pytest.raises(ValueError, match="from 1"):
        next_try(0, NOW)
    assert next_try(10_000, NOW) is None
