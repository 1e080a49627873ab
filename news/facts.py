"""Facts: what a story says in numbers, days and names, and when two of them say the same.

The value in plain units and the thing that is counted are one in all languages;
the printed words stand beside them, never in their place. Pure.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from news.saying import Sentence, joined, say, word

#: kinds of facts: numbers, days, and names of the gazetteer
NUMBERS = ("money", "count", "percent")
DAYS = ("range", "date")
NAMES = ("place", "organisation", "person")
#: the order in which facts are shown
KINDS = (*NUMBERS, *DAYS, *NAMES)

#: a number up to this is often no more than a word: seven of them, lima platform
SMALL = 10
#: what is so large says something without a thing beside it
LARGE = 10_000

#: what a fact says but for what it counts: kind, value, other end, unit
Value = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """An amount, count, share, day, place, body or person read from a story."""

    #: "money", "count", "percent"; "date", "range"; "place", "organisation", "person"
    kind: str
    #: in plain units, 20e9 for RMB20 miliar; an ISO day; or the name of the gazetteer
    value: float | str
    #: the other end of a range, of amounts or of days
    high: float | str | None = None
    #: ISO 4217 for money, "%" for shares, "km", "tonne" … for measures, "" else
    unit: str = ""
    #: what is counted, in English where it is known, else as printed; a name's id
    what: str = ""
    #: as printed
    text: str
    #: characters from the start of the body as stored
    start: int = 0
    end: int = 0
    #: of a count: `what` is the word for it in all languages
    known: bool = False


def value_of(fact: Fact) -> Value:
    """Return what a fact says but for what it counts: numbers to nine digits."""
    return fact.kind, _end(fact.value), "" if fact.high is None else _end(fact.high), fact.unit


def thing_of(fact: Fact) -> str:
    """Return what is counted where all languages share the word for it, else ""."""
    return fact.what if fact.known else ""


def said(fact: Fact) -> tuple[Value, str]:
    """Return what a fact says; facts of one story that are equal in it are one."""
    return value_of(fact), fact.what.casefold()


def distinct(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts without those that say the same again, the first of each kept."""
    kept: dict[tuple[Value, str], Fact] = {}
    for fact in facts:
        kept.setdefault(said(fact), fact)
    return tuple(kept.values())


class Sayings:
    """What some facts say, to ask whether another says the same.

    Counts of one number agree unless each names a thing that all languages
    share, and these differ: 35 gerai and 35 stalls may be the same. A day
    agrees with a range of days that holds it.
    """

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._things: defaultdict[Value, set[str]] = defaultdict(set)
        self._ranges: set[tuple[str, str]] = set()
        for fact in facts:
            value = value_of(fact)
            self._things[value].add(thing_of(fact))
            if fact.kind == "range":
                self._ranges.add(value[1:3])

    def __contains__(self, fact: Fact) -> bool:
        value, thing = value_of(fact), thing_of(fact)
        things = self._things.get(value, set())
        if things and (not thing or "" in things or thing in things):
            return True
        days = self._ranges if fact.kind == "date" else set()
        return any(first <= value[1] <= last for first, last in days)


def plainly(fact: Fact) -> Sentence:
    """Return what a fact says in plain units: "20,000,000,000 CNY", "5 to 7 %", "35 projects".

    A sentence, to be said in a reader's language: 35 个项目.
    """
    told: str = _plain_end(fact.value)
    if fact.high is not None:
        told = say("{first} to {last}", first=told, last=_plain_end(fact.high))
    # A name's `what` is its id.
    what = fact.what if fact.kind == "count" else ""
    what = word(what) if fact.known else what
    return joined(" ", [part for part in (told, word(fact.unit), what) if part])


def is_telling(fact: Fact) -> bool:
    """Say whether a fact is worth a line in a digest.

    Amounts of money, shares and days are; a count is by what it counts: a thing
    that is known, in digits or over ten; any other thing over ten; a number
    alone from ten thousand on. Names are not: the headline has them.
    """
    if fact.kind != "count":
        return fact.kind in ("money", "percent", *DAYS)
    number = largest(fact)
    if not (fact.what or fact.unit):
        return number >= LARGE
    digits = any(character.isdecimal() for character in fact.text)
    return number > SMALL or (digits and (fact.known or bool(fact.unit)))


def is_near(fact: Fact, day: date) -> bool:
    """Say whether a fact is the day on which it was told, or one beside it: a dateline's."""
    if fact.kind != "date" or not isinstance(fact.value, str):
        return False
    return abs(date.fromisoformat(fact.value) - day) <= timedelta(days=1)


def largest(fact: Fact) -> float:
    """Return the number of a fact, of a range the larger end; 0 for what is none."""
    ends = [end for end in (fact.value, fact.high) if isinstance(end, float | int)]
    return max(ends, default=0.0)


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts by kind, amounts of money first; within a kind their order stays."""
    return sorted(facts, key=lambda fact: KINDS.index(fact.kind))


def _plain_end(end: float | str) -> str:
    if isinstance(end, str):
        return end
    return f"{end:,.0f}" if end == int(end) else f"{end:,.12g}"


def _end(end: float | str) -> str:
    return end if isinstance(end, str) else format(end, ".9g")
