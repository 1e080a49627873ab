"""Whether a watch's day brings more than its past lets expect. Pure.

stories by day ─ expected of this weekday ─ chance of so many or more ─► Surge or None

Days bring happenings by a law of Poisson, and each happening some stories:
both counts are divided by how much further than by chance the watch's days
lay from what they let expect (quasi-Poisson; McCullagh and Nelder, 1989, 6.2).
Without that 5 to 9 days of 100 were told falsely (bench/surges.py).
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
    counts = past_within(day, past)
    return _of_weekday(counts, day.weekday()) if len(counts) >= LEAST_DAYS else None


def past_within(day: date, past: Mapping[date, int]) -> dict[date, int]:
    """Return the days of a past that a day is measured against."""
    begin, end = past_of(day)
    return {one: n for one, n in past.items() if begin <= one <= end}


def dispersion(counts: Mapping[date, int]) -> float:
    """Return how many times further days lie from what they let expect than by chance; 1 at least.

    What happens makes several stories at once: of happenings of three stories
    each a third as many come by chance, and their law is that of Poisson.
    """
    usual = [_of_weekday(counts, weekday) for weekday in range(7)]
    off = [
        (n - usual[one.weekday()]) ** 2 / usual[one.weekday()] for one, n in counts.items() if n
    ]
    off += [usual[one.weekday()] for one, n in counts.items() if not n]
    return max(1.0, sum(off) / max(1, len(counts)))


def _of_weekday(counts: Mapping[date, int], weekday: int) -> float:
    mean = sum(counts.values()) / len(counts)
    alike = [n for one, n in counts.items() if one.weekday() == weekday]
    return (sum(alike) + MEAN_WEEKS * mean) / (len(alike) + MEAN_WEEKS)


def surge(day: date, stories: int, past: Mapping[date, int]) -> Surge | None:
    """Return the surge that so many stories of a day are, so far; None where they are none.

    None too where the day before was not watched: what it would have shown
    comes with this day.
    """
    usual = expected(day, past)
    if usual is None or stories < LEAST_STORIES or day - timedelta(days=1) not in past:
        return None
    spread = dispersion(past_within(day, past))
    if upper_tail(int(stories / spread), usual / spread) >= RARE:
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
