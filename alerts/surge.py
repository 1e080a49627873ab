"""Whether a watch's day brings more than its past lets expect. Pure.

stories by day ─ expected of this weekday ─ chance of so many or more ─► Surge or None

Days bring stories by a law of Poisson, with what a weekday usually brings as
its mean. Clustered news make its tail thin, so that a surge is rare but not
as rare as `RARE` says: what happens makes many stories at once.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

#: weeks of a watch's own past that are looked at, as for a source's usual volume
WEEKS = 8
#: watched days without which nothing is said
LEAST_DAYS = 14
#: the chance under which so many stories are a surge
RARE = 0.001
#: fewer stories are never one, however few are expected
LEAST_STORIES = 5
#: Weeks that the mean of all days counts beside those of the weekday: after two
#: weeks it has two thirds of the say, after eight one third.
MEAN_WEEKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge:
    """A day that brought far more stories than expected."""

    stories: int
    #: stories of such a day
    expected: float


def past_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the past that a day is measured against."""
    return day - timedelta(weeks=WEEKS), day - timedelta(days=1)


def expected(day: date, past: Mapping[date, int]) -> float | None:
    """Return how many stories a day lets expect; None where the past is too short.

    `past` has every day that was watched, those without stories too; other
    days of it than the last `WEEKS` weeks are left out.
    """
    begin, end = past_of(day)
    counts = {one: n for one, n in past.items() if begin <= one <= end}
    if len(counts) < LEAST_DAYS:
        return None
    mean = sum(counts.values()) / len(counts)
    alike = [n for one, n in counts.items() if one.weekday() == day.weekday()]
    return (sum(alike) + MEAN_WEEKS * mean) / (len(alike) + MEAN_WEEKS)


def surge(day: date, stories: int, past: Mapping[date, int]) -> Surge | None:
    """Return the surge that so many stories of a day are, so far; None where they are none.

    None too where the day before was not watched: what it would have shown
    comes with this day.
    """
    usual = expected(day, past)
    if usual is None or stories < LEAST_STORIES or day - timedelta(days=1) not in past:
        return None
    if upper_tail(stories, usual) >= RARE:
        return None
    return Surge(stories=stories, expected=usual)


def upper_tail(least: int, mean: float) -> float:
    """Return the chance of so many or more where a law of Poisson has that mean."""
    if least <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    # From the bottom what is subtracted from 1 drowns a small rest; from the top it is exact.
    term = math.exp(least * math.log(mean) - mean - math.lgamma(least + 1))
    chance, number = term, least
    while number < mean or term > chance * 1e-12:
        number += 1
        term *= mean / number
        chance += term
    return min(1.0, chance)
