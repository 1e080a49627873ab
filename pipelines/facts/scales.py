"""Scales behind a number in digits: 20 miliar, 2 หมื่นล้าน, and two of them apart: 4 သောင်း 7 ထောင်."""

import re
from dataclasses import dataclass
from math import prod

from pipelines.facts.halves import half_behind
from pipelines.facts.numbers import Number, printed_at
from pipelines.facts.words import LATIN, table

#: $2bn, €3.4m: short scales that only stand behind a currency's number
_SHORT = re.compile(r" ?(bn|mn|tn|m|b|k)(?![^\W_])")
_SHORT_SCALES = {"bn": 1e9, "mn": 1e6, "tn": 1e12, "m": 1e6, "b": 1e9, "k": 1e3}
#: what stands between 4 million and 700 thousand; a comma or "and" makes two numbers of them
_NEXT = {"fil": re.compile("[ \xa0](?:at )?"), "latin": re.compile("[ \xa0]")}
_NEXT_BESIDE = re.compile("[ \xa0]*零?")
#: 1 แสน 2 หมื่นล้าน is 120,000 millions, 5 nghìn 300 tỷ 5,300 billions; the others do not say so
_SHARING = frozenset({"zh", "th", "lo", "km", "my", "vi"})
#: 3万5000 is one number, 3万5个 is none: the least that goes on without a scale
_REST = 100
#: 12 and a half million; a larger number in digits is a year or ends before the half
_MOST_HALVED = 100.0


@dataclass(frozen=True, slots=True)
class Scaled:
    """A number with the scales behind it."""

    end: int
    value: float
    #: what the first number is multiplied by; 1 without a scale word
    scale: float
    #: "and a half" belongs to it
    halved: bool = False


def scaled(text: str, number: Number, language: str) -> Scaled | None:
    """Return a number with its scales, or None where the digits are no number."""
    half = half_behind(text, number.end, language)
    end, sizes = _sizes(text, half or number.end)
    value = number.value(language, scaled=prod(sizes) != 1.0)
    if value is None:
        return None
    if half and not number.worded and value >= _MOST_HALVED:
        # in 2018 setengah juta orang: the half is of what follows
        half, (end, sizes) = None, _sizes(text, number.end)
    if half is None and sizes and (half := half_behind(text, end, language)):
        return Scaled(half, (value + 0.5) * prod(sizes), prod(sizes), halved=True)
    if half is not None:
        value += number.last / 2
    found = Scaled(end, value * prod(sizes), prod(sizes), halved=half is not None)
    if not sizes or number.worded:
        return found
    least = found.scale
    while further := _further(text, found, least, language):
        found, least = further
    return found


def short(text: str, number: Number, language: str) -> Scaled | None:
    """Return a number with the short scale of a currency right behind it: $2bn."""
    found, value = _SHORT.match(text, number.end), number.value(language, scaled=True)
    if found is None or value is None:
        return None
    size = _SHORT_SCALES[found[1]]
    return Scaled(found.end(), value * size, size)


def _sizes(text: str, at: int) -> tuple[int, list[float]]:
    """Return where the scale words behind a place end, and their sizes."""
    words = table()
    found = words.scale.match(text, at) if words.may_scale(text, at) else None
    if found is None:
        return at, []
    return found.end(), [words.scales[word] for word in words.one_scale.findall(found.group())]


def _further(
    text: str, so_far: Scaled, least: float, language: str
) -> tuple[Scaled, float] | None:
    """Return a number together with a smaller one right behind it, and what a third is under."""
    gap = _NEXT_BESIDE
    if language in LATIN:
        gap = _NEXT["fil" if language == "fil" else "latin"]
    between = gap.match(text, so_far.end)
    number = printed_at(text, between.end()) if between else None
    if number is None:
        return None
    end, sizes = _sizes(text, number.end)
    value = number.value(language, scaled=bool(sizes))
    if value is None or not (sizes or _goes_on(text, so_far, number, value)):
        return None
    for own in range(len(sizes), -1, -1):
        size, shared = prod(sizes[:own]), prod(sizes[own:])
        fits = value * size < least and shared > least * (own < len(sizes))
        if fits and (own == len(sizes) or language in _SHARING):
            total = float(f"{(so_far.value + value * size) * shared:.12g}")
            return Scaled(end, total, so_far.scale * shared), size * shared
    return None


def _goes_on(text: str, so_far: Scaled, number: Number, value: float) -> bool:
    """Say whether bare digits go on with a Chinese number: 3万5000."""
    beside = number.start == so_far.end and text[number.start - 1] > "\u2fff"
    return (
        beside and value >= _REST and number.printed.isdecimal() and text[number.end :][:1] != "年"
    )
