"""How often a watch tells of surges that are none, and how often of those that are.

Made-up watches of so many stories a day (weekends bring half) over 58 days,
the last two judged as the program judges them. Stories come one by one (a law
of Poisson, as `alerts.surge` takes it) or in happenings of 1 to 5 stories, as
news do. Told falsely: of days like all others; found: of days that bring
three times as many. The peer is the rule of thumb "three times the mean".

    python bench/surges.py
"""

import sys
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from alerts.surge import LEAST_STORIES, surge

LAST = date(2018, 9, 20)
DAYS, WATCHES = 58, 4_000
MEANS = (0.5, 2.0, 5.0, 20.0, 70.0)


def main() -> int:
    chance = np.random.default_rng(2018)
    print(f"{WATCHES:,} watches, of each a day like all others and one of three times as many")
    print(f"{'a day':>6}{'come':>12}{'falsely':>10}{'found':>8}{'peer falsely':>14}{'found':>8}")
    for mean in MEANS:
        for clustered in (False, True):
            print_line(chance, mean, clustered=clustered)
    return 0


def print_line(chance: np.random.Generator, mean: float, *, clustered: bool) -> None:
    told = np.zeros(4)
    for _ in range(WATCHES):
        days = [LAST - timedelta(days=n) for n in range(1, DAYS + 1)]
        past = {day: stories(chance, usual(mean, day), clustered=clustered) for day in days}
        plain = stories(chance, usual(mean, LAST), clustered=clustered)
        grown = stories(chance, 3 * usual(mean, LAST), clustered=clustered)
        thumb = max(LEAST_STORIES, 3 * sum(past.values()) / DAYS)
        told += [
            surge(LAST, plain, past) is not None,
            surge(LAST, grown, past) is not None,
            plain >= thumb,
            grown >= thumb,
        ]
    share = told / WATCHES
    come = "in clusters" if clustered else "one by one"
    print(f"{mean:>6}{come:>12}{share[0]:>10.2%}{share[1]:>8.0%}{share[2]:>14.2%}{share[3]:>8.0%}")


def usual(mean: float, day: date) -> float:
    return mean / 2 if day.weekday() >= 5 else mean


def stories(chance: np.random.Generator, mean: float, *, clustered: bool) -> int:
    if not clustered:
        return int(chance.poisson(mean))
    # Happenings of 1 to 5 stories: 3 on average, so that the variance is 3.7 times the mean.
    return int(chance.integers(1, 6, chance.poisson(mean / 3)).sum())


if __name__ == "__main__":
    sys.exit(main())
