"""Ranges: two amounts that are the ends of one; scores of matches are none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipelines.facts.amounts import Amount
from pipelines.facts.sayings import is_score, may_score
from pipelines.facts.words import grammar
from query.money import flat

#: no more stands between the two numbers of a score
_APART = 12


@cache
def _between() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return patterns of what joins the ends of a range, of "and", and of "between"."""
    ranges = grammar().ranges
    to, both, between = (
        "(?:"
        + "|".join(re.escape(flat(w)) for w in sorted(ranges[key], key=len, reverse=True))
        + ")"
        for key in ("to", "and", "between")
    )
    return (
        re.compile(rf"\s*{to}\s*\Z"),
        re.compile(rf"\s*{both}\s*\Z"),
        re.compile(rf"{between}\s*\Z"),
    )


def joined(text: str, found: Sequence[Amount], language: str) -> Iterator[Amount]:
    """Yield the amounts with the two ends of a range made one; scores are left out."""
    at = 0
    while at < len(found):
        one = found[at]
        other = found[at + 1] if at + 1 < len(found) else None
        if other is not None and _is_score(text, one, other, language):
            at += 2
            continue
        if other is None or not _are_ends(text, one, other):
            yield one
            at += 1
            continue
        at += 2
        joined = _range(text, one, other)
        if joined is not None:
            yield joined


def _is_score(text: str, one: Amount, other: Amount, language: str) -> bool:
    if other.start - one.end > _APART or one.unit or other.unit:
        return False
    bare = may_score(one.value, one.scale) and may_score(other.value, other.scale)
    return bare and is_score(text, one.number, other.number, language)


def _are_ends(text: str, one: Amount, other: Amount) -> bool:
    # US$ 2 hingga 3 miliar names its currency at the first end, 2-3 miliar yuan at the last.
    fore = one.start < one.number[0]
    apart = one.unit != other.unit and one.unit and (other.unit or not fore)
    if apart or other.start - one.end > 20:
        return False
    to, both, between = _between()
    link = text[one.end : other.start]
    if to.match(link):
        return True
    head = text[max(0, one.start - 16) : one.start]
    return both.match(link) is not None and between.search(head) is not None


def _range(text: str, low: Amount, high: Amount) -> Amount | None:
    """Return two ends as one; the first takes the scale of the second where it has none."""
    first = low.value
    shared = not low.unit or not high.unit
    if low.scale == 1.0 and not low.worded and shared:
        first = float(f"{first * high.scale:.12g}")
    if low.words == 1 and high.words > 1:
        # two to three million
        while first * 1000 < high.value:
            first *= 1000
    if first >= high.value:
        return None
    head = text[max(0, low.start - 16) : low.start]
    between = _between()[2].search(head)
    return replace(
        high,
        unit=high.unit or low.unit,
        kind=high.kind if high.unit else low.kind,
        start=low.start - (len(between.group()) if between else 0),
        number=(low.number[0], high.number[1]),
        value=first,
        high=high.value,
    )
