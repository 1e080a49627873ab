"""The rule of polls: what is learnt, and how the budget is spent."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.pulse import (
    LEVEL_POWER,
    SHAPE_POWER,
    Beat,
    Bounds,
    habits_of,
    learn,
    pieces,
    wait,
)
from news import Habits, Pulse

BOUNDS = Bounds()
MONDAY = 24.0 * 4
AT = st.floats(min_value=MONDAY, max_value=MONDAY + 168)
PRICE = st.floats(min_value=0.01, max_value=10)
#: hours until the next poll, stories that it brings
POLLS = st.lists(st.tuples(st.floats(0.0, 30.0), st.integers(0, 200)), max_size=25)
LEVEL = st.floats(min_value=0.01, max_value=50)


def taught(polls: list[tuple[float, int]]) -> Pulse:
    pulse, at = Pulse(), MONDAY
    for hours, new in polls:
        pulse = learn(pulse, Habits(), at, at + hours, new)
        at += hours
    return pulse


def steady(level: float) -> Pulse:
    return Pulse(stories=level * 1000, hours=1000, observed=1000)


@given(polls=POLLS, price=PRICE, at=AT, worth=st.floats(0.9, 1.1))
@settings(max_examples=60)
def test_between_floor_and_ceiling(
    polls: list[tuple[float, int]], price: float, at: float, worth: float
) -> None:
    """Whatever was learnt, a source waits no less than the floor and no more than the ceiling."""
    beat = Beat(taught(polls), Habits())
    assert math.isfinite(beat.level)
    assert BOUNDS.floor <= wait(beat, price, BOUNDS, at, worth) <= BOUNDS.ceiling


@given(low=LEVEL, more=st.floats(1.0, 10.0), price=PRICE, at=AT)
@settings(max_examples=60)
def test_who_publishes_more_waits_less(low: float, more: float, price: float, at: float) -> None:
    """Of two sources alike in their hours, the one with the higher rate never waits longer."""
    slow, quick = (Beat(steady(level), Habits()) for level in (low, low * more))
    assert wait(quick, price, BOUNDS, at) <= wait(slow, price, BOUNDS, at) + 1e-9


@given(polls=POLLS, at=AT, price=PRICE, burst=st.floats(1, 500))
@settings(max_examples=60)
def test_a_burst_is_followed(
    polls: list[tuple[float, int]], at: float, price: float, burst: float
) -> None:
    """A source in the midst of a burst never waits longer than it would without."""
    calm, hurried = Beat(taught(polls), Habits()), Beat(taught(polls), Habits())
    calm.burst, hurried.burst = 0.0, burst
    assert wait(hurried, price, BOUNDS, at) <= wait(calm, price, BOUNDS, at) + 1e-9


@pytest.mark.parametrize("budget", [8.0, 24.0, 48.0, 96.0])
@pytest.mark.parametrize("sigma", [0.5, 1.5])
def test_the_budget_is_kept(budget: float, sigma: float) -> None:
    """Sources that are asked as the rule says use up their common budget to five in a hundred."""
    random = np.random.default_rng(1)
    bounds = Bounds(polls_per_day=budget)
    day = tuple(2.0 if 7 <= hour < 19 else 0.25 for hour in range(24))
    mean = sum(day) / 24
    hours = tuple(50 * factor / mean for factor in day)
    pulses = [
        Pulse(stories=n * 200, hours=200, by_hour=hours, alike_by_hour=(50.0,) * 24, observed=200)
        for n in 0.8 * np.exp(sigma * random.standard_normal(60))
    ]
    habits = habits_of(pulses, bounds, Habits())
    polls = 0
    for pulse in pulses:
        beat, at = Beat(pulse, habits), MONDAY + random.random()
        while at < MONDAY + 168:
            at += wait(beat, habits.price, bounds, at)
            polls += 1
    assert polls / len(pulses) / 7 == pytest.approx(budget, rel=0.05)


def test_frequencies_are_as_the_powers_of_the_rates() -> None:
    """Four times as many stories make 4^LEVEL_POWER times as many polls: a root, of an order over 2."""
    assert 1 / 3 < SHAPE_POWER < LEVEL_POWER < 1 / 2
    waits = [wait(Beat(steady(level), Habits()), 0.5, BOUNDS, MONDAY) for level in (1.0, 4.0)]
    assert waits[0] == pytest.approx(4**LEVEL_POWER * waits[1], rel=0.01)


def test_hours_and_weekdays_are_learnt() -> None:
    """After three weeks of polls the busy hours and the quiet weekend are known."""
    random = np.random.default_rng(3)
    pulse, at = Pulse(), MONDAY
    while at < MONDAY + 24 * 21:
        hour, weekday = int(at) % 24, (int(at) // 24 + 3) % 7
        rate = (4.0 if 8 <= hour < 20 else 0.5) * (0.4 if weekday >= 5 else 1.0)
        pulse = learn(pulse, Habits(), at, at + 0.5, int(random.poisson(rate / 2)))
        at += 0.5
    beat = Beat(pulse, Habits())
    assert np.mean(beat.hours[9:19]) > 2.5 * np.mean(beat.hours[:7])
    assert np.mean(beat.weekdays[:5]) > 1.4 * np.mean(beat.weekdays[5:])
    assert beat.usual(MONDAY, MONDAY + 24) == pytest.approx(54, rel=0.25)


@pytest.mark.parametrize("factor", [0.25, 4.0])
def test_a_changed_rate_is_learnt_within_two_days(factor: float) -> None:
    """Two days after a source began to publish four times as much, or a quarter, that is known."""
    random = np.random.default_rng(4)
    pulse, at = Pulse(), MONDAY
    while at < MONDAY + 24 * 12:
        rate = 2.0 * (factor if at >= MONDAY + 24 * 10 else 1.0)
        pulse = learn(pulse, Habits(), at, at + 0.5, int(random.poisson(rate / 2)))
        at += 0.5
    before, learnt = math.sqrt(2.0), math.sqrt(Beat(pulse, Habits()).usual(at, at + 24) / 24)
    aim = math.sqrt(2.0 * factor)
    assert abs(learnt - aim) < 0.5 * abs(before - aim)


def test_a_burst_ends_and_leaves_the_level_as_it_was() -> None:
    """Sixty entries at once raise the rate for hours, not the level for days."""
    pulse = taught([(0.5, 1)] * 300)
    level = Beat(pulse, Habits()).level
    after = learn(pulse, Habits(), MONDAY + 150, MONDAY + 150.5, 60)
    assert after.burst > 20
    assert Beat(after, Habits()).level < level * 1.1
    for n in range(8):
        after = learn(after, Habits(), MONDAY + 150.5 + n / 2, MONDAY + 151 + n / 2, 1)
    assert after.burst < 2


@given(begin=AT, length=st.floats(0, 100))
@settings(max_examples=50)
def test_stretches_are_cut_at_the_full_hours(begin: float, length: float) -> None:
    """The pieces of a stretch sum up to it, none longer than an hour, Monday being 0."""
    cut = list(pieces(begin, begin + length))
    assert sum(piece[2] for piece in cut) == pytest.approx(length, abs=1e-6)
    assert all(0 < piece[2] <= 1 for piece in cut)
    assert next(pieces(MONDAY, MONDAY + 1))[:2] == (0, 0)
