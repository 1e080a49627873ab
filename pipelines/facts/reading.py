"""The facts of a text, put together: amounts, counts and shares, days, and names."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from news import Fact
from pipelines.days import Days, dated, days_of
from pipelines.facts.amounts import Amount, amounts
from pipelines.facts.counts import counted
from pipelines.facts.named import named
from pipelines.facts.plain import Plain, plain
from pipelines.facts.ranges import joined
from pipelines.facts.sayings import in_saying
from pipelines.facts.words import known_things
from query import NameHit, Names
from query.money import flat_whole


def facts(
    text: str,
    language: str,
    names: Names,
    hits: Sequence[NameHit],
    published: date | None = None,
) -> tuple[Fact, ...]:
    """Return the facts of a text in order.

    `hits` are where the text speaks of `names`. A day without a year is a fact
    only where `published` says which year is near. What stands inside an amount
    or a longer name (dolar Singapura, China Unicom) is no fact of its own.
    """
    seen = plain(text)
    days = days_of(seen.text)
    found = [*numeric(seen.text, language, days), *on_days(seen.text, days, published)]
    if seen.text != text:
        found = [_printed(fact, seen, text) for fact in found]
    taken = [(fact.start, fact.end) for fact in found if fact.kind == "money"]
    found += named(text, names, hits, taken)
    return tuple(sorted(found, key=lambda fact: (fact.start, fact.end)))


def numbers(text: str, language: str) -> tuple[Fact, ...]:
    """Return the amounts, shares and counts of a text alone."""
    seen = plain(text)
    found = numeric(seen.text, language, days_of(seen.text))
    return tuple(_printed(fact, seen, text) for fact in found)


def _printed(fact: Fact, seen: Plain, text: str) -> Fact:
    begin, end = seen.printed(fact.start, fact.end)
    return replace(fact, text=text[begin:end], start=begin, end=end)


def numeric(text: str, language: str, days: Sequence[Days]) -> Iterator[Fact]:
    """Yield the amounts, shares and counts of a text; what stands in a date is none."""
    lower = flat_whole(text)
    found = amounts(lower, language, [(one.start, one.end) for one in days])
    for amount in joined(lower, found, language):
        fact = _number(text, lower, amount, language)
        if fact is not None:
            yield fact


def _number(text: str, lower: str, amount: Amount, language: str) -> Fact | None:
    begin, end, what = amount.start, amount.end, ""
    if amount.kind == "count" or amount.worded:
        thing = counted(lower, text, amount, language)
        if thing is None or (amount.worded and in_saying(lower, *amount.number)):
            return None
        if amount.kind == "count":
            begin, end, what = min(begin, thing.start), max(end, thing.end), thing.what
    shown = text[begin:end]
    begin += len(shown) - len(shown.lstrip())
    return Fact(
        kind=amount.kind,
        value=amount.value,
        high=amount.high,
        unit=amount.unit,
        what=what,
        known=what in known_things(),
        text=shown.strip(),
        start=begin,
        end=begin + len(shown.strip()),
    )


def on_days(text: str, days: Sequence[Days], published: date | None) -> Iterator[Fact]:
    """Yield the dates and ranges of dates whose year is printed, or near the publication."""
    for one in days:
        if one.listed and one.last is not None:
            ends = ((one.first, one.start, one.parts[0]), (one.last, one.parts[1], one.end))
            for month_day, begin, end in ends:
                yield from _day(text, dated(month_day, one.year, published), begin, end)
        elif one.last is None:
            yield from _day(text, dated(one.first, one.year, published), one.start, one.end)
        else:
            first = dated(one.first, one.first_year or one.year, published)
            last = dated(one.last, one.year or one.first_year, published)
            if first and last and first <= last:
                yield Fact(
                    kind="range",
                    value=first.isoformat(),
                    high=last.isoformat(),
                    text=text[one.start : one.end].strip(),
                    start=one.start,
                    end=one.end,
                )


def _day(text: str, day: date | None, begin: int, end: int) -> Iterator[Fact]:
    if day is not None:
        shown = text[begin:end].strip()
        yield Fact(kind="date", value=day.isoformat(), text=shown, start=begin, end=end)
