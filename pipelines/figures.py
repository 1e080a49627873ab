"""Figures: amounts and counts read from running text in ten languages.

One value in plain units stands beside the printed form, never in its place:
RMB20 miliar, 200亿元 and 2 หมื่นล้านหยวน are all 20e9 CNY.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import icu

from news import Figure, Story
from news.toml_files import read_toml
from pipelines.days import named_days
from pipelines.stages import Stage

#: languages that write 20.000 for twenty thousand and 1,2 for one and a fifth
_COMMA_LANGUAGES = frozenset({"id", "vi"})

_NUMBER = r"\d+(?:[.,]\d+)*"
#: characters behind a number in which the word for what is counted must stand
_LABEL = 24
#: one of something is no count: the word is an article in most languages
_FEWEST = 2
#: what is printed like a number and counts nothing: times, dates, scores, codes
_NEIGHBOURS = re.compile(r"[\d:/.-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    scales: dict[str, float]
    currencies: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Table:
    pattern: re.Pattern[str]
    scale: re.Pattern[str]
    scales: dict[str, float]
    currencies: dict[str, str]


@cache
def _table() -> _Table:
    """Return the words of figures.toml as one pattern, the longest word first."""
    words = read_toml(Path(__file__).with_name("figures.toml")).read(_Words)
    scales = {word.casefold(): value for word, value in words.scales.items()}
    currencies = {
        word.casefold(): code for code, forms in words.currencies.items() for word in forms
    }
    scale, currency = _either(scales), _either(currencies)
    pattern = (
        rf"(?P<before>{currency})?\s*(?P<number>{_NUMBER})\s*"
        rf"(?P<scale>(?:(?:{scale})\s*)+)?(?P<after>{currency}|%)?"
    )
    return _Table(
        re.compile(pattern, re.IGNORECASE), re.compile(scale, re.IGNORECASE), scales, currencies
    )


def _either(words: Iterable[str]) -> str:
    """Return a pattern for any of the words; words with spaces between stand alone."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(
        rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])" if _is_latin(word) else re.escape(word)
        for word in longest
    )


def _is_latin(word: str) -> bool:
    return word.isalpha() and all("LATIN" in unicodedata.name(letter, "") for letter in word)


def figures(text: str, language: str) -> tuple[Figure, ...]:
    """Return the amounts, shares and counts in a text, in order.

    Years, days, times and bare ordinals are left out: they count nothing. A
    bare number is a count only with what it counts behind it, and is printed
    with it: "35 proyek", 59个项目.
    """
    digits = _ascii_digits(text)
    days = [(day.start, day.end) for day in named_days(text)]
    return tuple(
        figure
        for found in _table().pattern.finditer(digits)
        if not _within(found.span("number"), days)
        and (figure := _figure(text, found, language)) is not None
    )


def _within(span: tuple[int, int], days: list[tuple[int, int]]) -> bool:
    return any(begin <= span[0] and span[1] <= end for begin, end in days)


def _figure(text: str, found: re.Match[str], language: str) -> Figure | None:
    number = _value(found["number"], language)
    scale = _scale(found["scale"] or "")
    unit = _unit(found["before"] or found["after"] or "")
    if number is None:
        return None
    begin, end = _trimmed(found)
    if not unit:
        counted = _counted(text, end, language)
        if not counted or (scale == 1.0 and _counts_nothing(text, found, number)):
            return None
        end += counted
    return Figure(
        value=float(f"{number * scale:.12g}"),
        unit=unit,
        text=text[begin:end],
        start=begin,
        end=end,
    )


def _counted(text: str, at: int, language: str) -> int:
    """Return how many characters behind a number say what it counts, 0 for none.

    One word by ICU's rules; where that is a single letter without spaces
    round it (a classifier: 个, 家, 列), the next one too, and in Vietnamese,
    which parts syllables, two.
    """
    behind = text[at : at + _LABEL]
    begin = len(behind) - len(behind.lstrip(" "))
    words = icu.BreakIterator.createWordInstance(icu.Locale(language or "en"))
    words.setText(behind[begin:])
    end = last = 0
    missing = 2 if language == "vi" else 1
    for edge in words:
        word, last = behind[begin + last : begin + edge], edge
        if word[:1].isalpha():
            end = edge
            missing -= len(word) > 1 or word.isascii()
        if not missing or not (word[:1].isalpha() or (word == " " and end)):
            break
    return begin + end if end else 0


def _trimmed(found: re.Match[str]) -> tuple[int, int]:
    begin, end = found.span()
    shown = found.group()
    return begin + len(shown) - len(shown.lstrip()), end - (len(shown) - len(shown.rstrip()))


def _counts_nothing(text: str, found: re.Match[str], number: float) -> bool:
    """Return whether a bare number is a year, a part of a time, an ordinal or a code."""
    begin, end = found.span("number")
    before, after = text[begin - 1 : begin], text[end : end + 1]
    glued = before.isalpha() and before.isascii()
    timed = bool(_NEIGHBOURS.match(before)) or bool(re.match(r"[:/-]\d", text[end : end + 2]))
    ordinal = after in ("月", "日", "年", "届", "時", "时", "第") or before == "第"
    year = 1900 <= number <= 2100 or 2443 <= number <= 2643
    return glued or timed or ordinal or year or number < _FEWEST


def _value(printed: str, language: str) -> float | None:
    """Return the number that was printed, by the language's habit of writing it."""
    point, group = (",", ".") if language in _COMMA_LANGUAGES else (".", ",")
    groups = printed.split(point, maxsplit=1)[0].split(group)
    if len(groups) > 1 and any(len(part) != 3 for part in groups[1:]):
        # 1,5 where a point is the habit, or 1.5 where a comma is: a decimal all the same
        point, group = group, point
    if printed.count(point) > 1:
        return None
    return float(printed.replace(group, "").replace(point, "."))


def _scale(words: str) -> float:
    product = 1.0
    for word in _table().scale.findall(words):
        product *= _table().scales[word.casefold()]
    return product


def _unit(word: str) -> str:
    return word if word == "%" else _table().currencies.get(word.casefold(), "")


def _ascii_digits(text: str) -> str:
    """Return the text with native digits as ASCII, each character in its place."""
    return "".join(
        str(unicodedata.digit(c)) if c.isdecimal() and not c.isascii() else c for c in text
    )


class Figures(Stage):
    """Story to story with its figures."""

    def process_item(self, item: Story) -> Story:
        """Read the figures of the body; a headline repeats them."""
        return replace(item, figures=figures(item.body, item.language))
