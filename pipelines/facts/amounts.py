"""Amounts: numbers with their scale, currency, share or measure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.facts.halves import half_behind
from pipelines.facts.numbers import Number, is_tied, printed_numbers
from pipelines.facts.scales import scaled, short
from pipelines.facts.worded import worded_numbers
from pipelines.facts.words import Table, ending, grammar, table

#: 三成 is three tenths, 一成二 twelve hundredths; 三成立 is another word
_TENTHS = re.compile(
    r"(?P<tens>[一二两三四五六七八九\d])成(?P<ones>[一二三四五六七八九半](?!成))?"
    r"(?![立功员員果为為本都绩績交分就长長熟型品群语語婚家效色])"
)
_HAN = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "半": 5}
#: Filipino P15-bilyon
_PESO = re.compile(r"(?<![^\W_])p\Z")
#: rộng 24 m; no square metre and no m/s
_METRES = re.compile(r" ?(?P<unit>m)(?![\w²³/])")
#: letters that tie digits to a code: 5G, 22L; "" is the end of the text
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")
#: so many pounds are money, no weight
_MUCH = 1e6
#: stations are told in megawatts, but in Chinese in ten thousands of kilowatts
_MANY_KILOWATTS = 1e4
#: how far before a number its currency may begin
_REACH = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number and all that belongs to it, before it is known to count anything."""

    start: int
    end: int
    #: where the digits or number words stand
    number: tuple[int, int]
    value: float
    #: the other end of a range
    high: float | None = None
    #: 1e9 for "20 miliar"; of number words the largest scale they hold
    scale: float = 1.0
    #: a currency's code, "%", a measure, or ""
    unit: str = ""
    #: "money", "percent" or "count"
    kind: str = "count"
    #: how many number words it is; 0 in digits
    words: int = 0
    #: as printed in digits
    printed: str = ""

    @property
    def worded(self) -> bool:
        """Whether it is written in words."""
        return self.words > 0


def amounts(text: str, language: str, taken: Sequence[tuple[int, int]] = ()) -> list[Amount]:
    """Return the amounts of a flat text in order; nothing in the spans that are taken."""
    found: list[Amount] = list(_tenths(text))
    spans = [*taken, *((one.start, one.end) for one in found)]
    numbers = [*printed_numbers(text), *worded_numbers(text, language)]
    numbers.sort(key=lambda number: (number.start, -number.end))
    reached = 0
    for number in numbers:
        inside = any(begin < number.end and number.start < end for begin, end in spans)
        if inside or number.start < reached:
            continue
        amount = _amount(text, number, language, reached)
        if amount is not None:
            found.append(amount)
            reached = amount.end
    found.sort(key=lambda one: one.start)
    return found


def _tenths(text: str) -> Iterator[Amount]:
    for found in _TENTHS.finditer(text):
        tens, ones = found["tens"], found["ones"]
        value = 10.0 * _HAN.get(tens, 0 if not tens.isdecimal() else int(tens))
        value += _HAN[ones] if ones else 0
        begin, end = found.span()
        yield Amount(
            start=begin, end=end, number=(begin, end), value=value, unit="%", kind="percent"
        )


def _amount(text: str, number: Number, language: str, reached: int) -> Amount | None:
    words = table()
    sized = scaled(text, number, language)
    before = _before(text, number.start, reached, language, words)
    tied = before is None and is_tied(text, number.start, worded=number.worded)
    if sized is None or tied:
        return None
    begin, unit, size = before or (number.start, "", 1.0)
    if sized.scale == 1.0 and kind_of(unit, words) == "money":
        sized = short(text, number, language) or sized
    end = sized.end
    after = words.after.match(text, end) if words.may_follow(text, end) else None
    if after is not None and (not unit or after["unit"] in words.currencies):
        longer = words.thing_at(text, after.start("unit"))
        if longer is None or longer.end() <= after.end():
            end, unit = after.end(), unit or _unit(after["unit"], words)
    if (
        after is None
        and not unit
        and "m" in text[end : end + 2]
        and (metres := _METRES.match(text, end))
    ):
        # $24m has been read; 5m people are five millions
        near = metres.start("unit") == end and language in ("en", "")
        end, unit = (end, unit) if near else (metres.end(), "m")
    value, unit = _in_its_unit(float(f"{sized.value * size:.12g}"), unit, sized.scale)
    if sized.scale == 1.0 and unit in words.units.values() and not sized.halved:
        half = half_behind(text, end, language)
        # hai tấn rưỡi, 三公里半
        end, value = (half, value + 0.5) if half else (end, value)
    if not number.worded and end == number.end and text[end : end + 1] in _LATIN:
        return None
    return Amount(
        start=begin,
        end=end,
        number=(number.start, number.end),
        value=value,
        scale=sized.scale * size,
        unit=unit,
        kind=kind_of(unit, words),
        words=number.words,
        printed=number.printed,
    )


def _in_its_unit(value: float, unit: str, scale: float) -> tuple[float, str]:
    """Return a value in the unit of its size: 30万千瓦 are 300 MW, a million pounds money."""
    if unit == "lb" and scale >= _MUCH:
        return value, "GBP"
    if unit == "kW" and value >= _MANY_KILOWATTS:
        return value / 1000, "MW"
    return value, unit


def kind_of(unit: str, words: Table) -> str:
    """Return what an amount with this unit is."""
    if unit == "%":
        return "percent"
    return "money" if unit in words.codes else "count"


def _before(
    text: str, at: int, reached: int, language: str, words: Table
) -> tuple[int, str, float] | None:
    """Return where a currency, measure or word of shares before a number begins, unit, scale."""
    head = text[max(reached, at - _REACH) : at]
    shown = head.rstrip()
    if not shown:
        return None
    for word in words.percent_before:
        if shown.endswith(word):
            return at - len(head) + len(shown) - len(word), "%", 1.0
    if language == "fil" and _PESO.search(head):
        return at - 1, "PHP", 1.0
    size, rest = 1.0, shown
    while scale := ending(rest, words.scale_before):
        size *= words.scales[scale]
        rest = rest[: -len(scale)].rstrip()
    word = ending(rest, words.before)
    start = at - len(head) + len(rest)
    if word:
        return start - len(word), words.currencies.get(word) or words.units[word], size
    # သန်း ၂၀: in Burmese a scale stands before its number
    return (start, "", size) if rest != shown and shown[-1] >= "က" and shown[-1] < "႟" else None


def _unit(word: str, words: Table) -> str:
    if word in words.percents:
        return "%"
    return words.currencies.get(word) or words.units[word]


def is_vague(text: str, start: int) -> bool:
    """Say whether a word before a number makes it a crowd: several, 数, หลาย."""
    head = text[max(0, start - 12) : start].rstrip()
    vague = grammar().vague
    return head.endswith(vague["all"]) or head.rpartition(" ")[2] in vague["latin"]
