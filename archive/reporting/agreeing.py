"""Whether two values that outlets give for one thing can both be true. Pure."""

from news import Fact
from news.facts import SMALL, largest

#: amounts and large counts so close are one number, rounded: 19.97 and 20 billion
ROUNDING = 0.02
#: counts from here on are rounded by the press
ROUNDED = 1_000
#: "more than 50", "nearly 60": a count of tens from here on agrees with what is so close to it
TENS, TENS_ROUNDING = 20, 0.1
#: so much smaller, a small count is of a part: 7 projects with ASEAN, of 35
PART = 1 / 3


def agree(one: Fact, other: Fact) -> bool:
    """Say whether two values can both be true: equal, rounded, or a range and what is in it."""
    if isinstance(one.value, str) or isinstance(other.value, str):
        return max(str(one.value), str(other.value)) <= min(_last(one), _last(other))
    low, high = max(one.value, other.value), min(largest(one), largest(other))
    if low <= high:
        return True
    if one.kind == "count" and _in_tens(low, high):
        return True
    rounded = one.kind == "money" or low >= ROUNDED
    return rounded and low - high <= ROUNDING * low


def is_part(one: Fact, other: Fact) -> bool:
    """Say whether a small count is likely of a part of what the other counts."""
    smaller, greater = sorted((largest(one), largest(other)))
    return one.kind == "count" and smaller <= SMALL < greater and smaller <= PART * greater


def _in_tens(greater: float, smaller: float) -> bool:
    rounds = [end for end in (greater, smaller) if end >= TENS and end % 10 == 0]
    return any(greater - smaller <= TENS_ROUNDING * end for end in rounds)


def _last(fact: Fact) -> str:
    return str(fact.value if fact.high is None else fact.high)
