"""When a source publishes, and when it is best asked: learnt from what its polls brought.

The number of stories in an hour is taken as Poisson with a rate of three parts: a level,
a factor for the hour of the outlet's day, and one for the weekday. Each is the mean of a
Gamma posterior (Gamma-Poisson), whose counts fade: the level's within days, so that a
changed pulse is learnt, the factors' within weeks. What a source has not shown yet is
filled in from all sources together. A poll that brings more than chance allows is a
burst: it raises the rate for a while, and the level learns from it no more than chance
could explain.

Of all ways to spend a budget of polls, the mean delay of a story is least where each
source is asked as often as the square root of its rate says: J. Cho and H. Garcia-Molina,
"Effective page refresh policies for Web crawlers", ACM TODS 28 (4), 2003, and for delay
under politeness bounds A. Kolobov et al., "Staying up to date with online content changes
using reinforcement learning for scheduling", NeurIPS 2019. With rates that change over the
day the same holds for each moment, so that a source is due when the integral of the root
of its rate, from the last poll on, reaches the price of a poll; the price is the one at
which all sources together use up the budget. Long delays are worse than their mean says:
where the mean of their power p is to be least the root is that of order p + 1. The powers
here lie between those of p = 1 and p = 2, lower for hours than for sources: of the pairs
tried in bench/freshness.py from .50/.50 to .36/.36 this one costs no mean (what is learnt
is uncertain, and lower powers trust it less) and makes the 95th percentile the least.

Times are hours since 1970 on the outlet's own clock. Pure: nothing here asks the time.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from news import Habits, Pulse

#: hours after which what was seen counts half: for the level, the factors, a burst
LEVEL_HALF, HOUR_HALF, WEEKDAY_HALF, BURST_HALF = 30.0, 24.0 * 4, 24.0 * 28, 0.5
#: powers of a source's level, of its hour's and weekday's factor, and of what a burst adds:
#: their product is how often it is asked
LEVEL_POWER, SHAPE_POWER, BURST_POWER = 0.42, 0.35, 0.5
#: stories' worth that the common habits weigh against a source's own: level, hour, weekday
LEVEL_WEIGHT, HOUR_WEIGHT, WEEKDAY_WEIGHT = 0.5, 4.0, 20.0
#: days' worth of stories that they weigh at least for a weekday: one full Friday is no habit
WEEKDAY_DAYS = 1.0
#: standard deviations above the expected that chance is allowed
CHANCE = 3.5
#: hours after which the habits of all sources are known well enough to hold for a day
SETTLED = 72.0
#: the shortest stretch that a poll can look back on
MOMENT = 1 / 60
#: a stretch longer than this without a poll says little about hours and weekdays
LONGEST_STRETCH = 24.0 * 7
#: an hour's share that no hour and no weekday falls short of
FEWEST = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What the rule keeps to whatever it has learnt."""

    #: hours between two polls of a source, at least and at most
    floor: float = 5 / 60
    ceiling: float = 6.0
    #: polls a day for each source, on average over all of them
    polls_per_day: float = 48.0


class Beat:
    """A source's rate of stories at every hour, as far as it is known."""

    __slots__ = ("burst", "hours", "level", "weekdays")

    def __init__(self, pulse: Pulse, habits: Habits) -> None:
        known = pulse.stories + LEVEL_WEIGHT
        self.level: float = known / (pulse.hours + LEVEL_WEIGHT / habits.level)
        self.hours = _factors(pulse.by_hour, pulse.alike_by_hour, habits.hours, HOUR_WEIGHT)
        weight = max(WEEKDAY_WEIGHT, WEEKDAY_DAYS * 24 * self.level)
        self.weekdays = _factors(pulse.by_weekday, pulse.alike_by_weekday, habits.weekdays, weight)
        self.burst = pulse.burst

    def usual(self, begin: float, end: float) -> float:
        """Return how many stories are expected in a stretch without a burst."""
        return self.level * sum(
            length * self.hours[hour] * self.weekdays[weekday]
            for hour, weekday, length in pieces(begin, end)
        )

    def expected(self, begin: float, end: float) -> float:
        """Return how many stories are expected in a stretch, of a burst under way too."""
        fading = BURST_HALF / math.log(2)
        more = self.burst * fading * -math.expm1((begin - end) / fading)
        return self.usual(begin, end) + more


def pieces(begin: float, end: float) -> Iterator[tuple[int, int, float]]:
    """Cut a stretch at the full hours: hour of the day, weekday, length in hours."""
    while begin < end:
        full = math.floor(begin)
        until = min(full + 1, end)
        # 1 January 1970 was a Thursday.
        yield full % 24, (full // 24 + 3) % 7, until - begin
        begin = until


def learn(pulse: Pulse, habits: Habits, begin: float, end: float, new: int) -> Pulse:
    """Return the pulse with what a poll brought that looked back from `end` to `begin`."""
    # Sitemaps of one index come in one visit: what each brings counts to the last moment.
    begin = max(min(begin, end - MOMENT), end - LONGEST_STRETCH)
    beat = Beat(pulse, habits)
    cut = [
        (hour, weekday, length, length * beat.hours[hour] * beat.weekdays[weekday])
        for hour, weekday, length in pieces(begin, end)
    ]
    took = end - begin
    if not cut:
        return pulse
    share = sum(piece[3] for piece in cut)
    usual = beat.level * share
    taken = min(float(new), usual + CHANCE * math.sqrt(usual) + 2.0)
    fade = math.exp2(-took / LEVEL_HALF)
    hours, alike = _faded(HOUR_HALF, took, pulse.by_hour, pulse.alike_by_hour)
    days, alike_days = _faded(WEEKDAY_HALF, took, pulse.by_weekday, pulse.alike_by_weekday)
    for hour, weekday, length, weight in cut:
        stories = taken * weight / share
        hours[hour] += stories
        days[weekday] += stories
        alike[hour] += beat.level * length * beat.weekdays[weekday]
        alike_days[weekday] += beat.level * length * beat.hours[hour]
    return Pulse(
        stories=pulse.stories * fade + taken,
        hours=pulse.hours * fade + share,
        by_hour=tuple(hours),
        alike_by_hour=tuple(alike),
        by_weekday=tuple(days),
        alike_by_weekday=tuple(alike_days),
        burst=_burst(pulse.burst, took, new - usual, new > taken),
        observed=pulse.observed + took,
    )


def _faded(half: float, took: float, *sums: Sequence[float]) -> list[list[float]]:
    kept = math.exp2(-took / half)
    return [[n * kept for n in one] for one in sums]


def _burst(before: float, took: float, more: float, beyond_chance: bool) -> float:
    """Return stories an hour above the usual, after a poll with so many more than expected."""
    if before < 0.01 and not beyond_chance:
        return 0.0
    fade = math.exp2(-took / BURST_HALF)
    # What came late in a long stretch came faster than its mean says.
    seen = max(more, 0.0) / max(min(took, BURST_HALF), 0.05)
    if beyond_chance:
        return max(seen, before * fade)
    # Between what would be left of it and what this poll still saw.
    return (before * fade + min(seen, before)) / 2


def wait(beat: Beat, price: float, bounds: Bounds, at: float, worth: float = 1.0) -> float:
    """Return hours until the poll after the one at `at`: when its worth is the price.

    `worth` stretches the wait a little, so that sources do not march in step.
    """
    least, most = 1 / bounds.ceiling, 1 / bounds.floor
    left, now, end = worth, at, at + bounds.ceiling
    burst = beat.burst
    while now < end:
        full = math.floor(now)
        until = min(full + 1.0, end)
        if burst > 0.01:
            until = min(until, now + 0.25)
        shape = beat.hours[full % 24] * beat.weekdays[(full // 24 + 3) % 7]
        worth_of = beat.level**LEVEL_POWER * shape**SHAPE_POWER
        if burst > 0:
            worth_of *= (1 + burst / (beat.level * shape)) ** BURST_POWER
        often = min(max(worth_of / price, least), most)
        if often * (until - now) >= left:
            now += left / often
            break
        left -= often * (until - now)
        burst *= math.exp2((now - until) / BURST_HALF)
        now = until
    return min(max(now - at, bounds.floor), bounds.ceiling)


def habits_of(pulses: Sequence[Pulse], bounds: Bounds, before: Habits) -> Habits:
    """Return what these sources have in common, and the price at which they use up the budget."""
    if not pulses:
        return before
    hours = _common([r.by_hour for r in pulses], [r.alike_by_hour for r in pulses], 24)
    weekdays = _common([r.by_weekday for r in pulses], [r.alike_by_weekday for r in pulses], 7)
    levels = [r.stories / r.hours for r in pulses if r.hours >= 12]
    level = max(float(np.median(levels)), 0.01) if levels else before.level
    made = Habits(hours=hours, weekdays=weekdays, level=level, price=before.price)
    return Habits(hours=hours, weekdays=weekdays, level=level, price=_price(pulses, made, bounds))


def _price(pulses: Sequence[Pulse], habits: Habits, bounds: Bounds) -> float:
    """Return the price of a poll at which the sources together keep to the budget."""
    beats = [Beat(pulse, habits) for pulse in pulses]
    level = np.array([beat.level for beat in beats])[:, None, None]
    hours = np.array([beat.hours for beat in beats])[:, None, :]
    weekdays = np.array([beat.weekdays for beat in beats])[:, :, None]
    roots = level**LEVEL_POWER * (hours * weekdays) ** SHAPE_POWER
    low, high = 1e-4, 1e4  # far beyond what any rates and budgets make of it
    for _ in range(40):
        price = math.sqrt(low * high)
        often = np.clip(roots / price, 1 / bounds.ceiling, 1 / bounds.floor).mean() * 24
        low, high = (price, high) if float(often) > bounds.polls_per_day else (low, price)
    return math.sqrt(low * high)


def _common(
    counts: Sequence[Sequence[float]], alike: Sequence[Sequence[float]], size: int
) -> tuple[float, ...]:
    """Return the factors of all sources together; one source counts no more than another."""
    seen, due = np.full(size, 1.0), np.full(size, 1.0)
    for mine, mine_alike in zip(counts, alike, strict=True):
        total = sum(mine_alike)
        if total > 0:
            scale = min(1.0, 50.0 / total)
            seen += np.array(mine) * scale
            due += np.array(mine_alike) * scale
    return tuple(_mean_of_one((seen / due).tolist()))


def _factors(
    counts: Sequence[float], alike: Sequence[float], habits: Sequence[float], weight: float
) -> list[float]:
    return _mean_of_one(
        [
            (n + weight * usual) / (m + weight)
            for n, m, usual in zip(counts, alike, habits, strict=True)
        ]
    )


def _mean_of_one(factors: Sequence[float]) -> list[float]:
    mean = sum(factors) / len(factors)
    return [max(factor / mean, FEWEST) for factor in factors]
