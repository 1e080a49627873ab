"""Numbers in running text: printed digits, and number words in ten languages."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from news.toml_files import read_toml
from pipelines.days import matches_at
from pipelines.facts.words import LATIN, table
from query.money import LETTER, any_of, edged

#: languages that write 20.000 for twenty thousand and 1,2 for one and a fifth
_COMMA_LANGUAGES = frozenset({"id", "vi"})
_PRINTED = re.compile(r"\d+(?:[.,]\d+)*(?:\s*ဒသမ\s*\d+)?")
_POINT = re.compile(r"\s*ဒသမ\s*")
#: what looks like numbers and is a code: +86 771 555 0199, 0771-5551234, 13/2023,
#: 9:30, 2.5.1, 2555 0199
_CODE = re.compile(
    r"\+\d[\d ()-]{4,}\d|(?<![\d.,])0\d*(?:[ -]\d+)+|\d+(?:[ -]\d+){2,}|\d{3,} \d{3,}(?!\d)"
    r"|\d+(?:[/:]\d+)+|\d{4}[-–]\d{2}(?!\d)|\d+\+\d+|\d+\.\d{1,2}\.\d+(?:\.\d+)*"
)
_CODE_START = re.compile(r"[\d+]")
#: 20.000 and 1,250,000, whoever writes it
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*\Z")


#: what hangs on a word without a space: tatlo't kalahating
_HUNG = "'’"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in the text."""

    start: int
    end: int
    #: in digits, as printed; "" where it is in words
    printed: str
    #: of number words
    worth: float = 0.0
    #: how many number words it is; 0 in digits
    words: int = 0
    #: of number words the scale that they end on: 1e6 for "two million"
    last: float = 1.0

    @property
    def worded(self) -> bool:
        """Whether it is written in words."""
        return not self.printed

    def value(self, language: str, *, scaled: bool) -> float | None:
        """Return the value by the language's habit; scaled: "million" stands behind it."""
        return value_of(self.printed, language, scaled=scaled) if self.printed else self.worth


def printed_numbers(text: str) -> Iterator[Number]:
    """Yield the numbers in digits of a flat text, codes left out."""
    codes = [found.span() for found in matches_at(_CODE, text, _code_starts(text))]
    for found in _PRINTED.finditer(text):
        begin, end = found.span()
        if not any(start <= begin and end <= stop for start, stop in codes):
            yield Number(begin, end, found.group())


def printed_at(text: str, at: int) -> Number | None:
    """Return the number in digits that begins at a place of a flat text."""
    found = _PRINTED.match(text, at)
    return Number(at, found.end(), found.group()) if found else None


def _code_starts(text: str) -> list[int]:
    """Return where a code may begin; tried at every letter it takes six times as long."""
    return [found.start() for found in _CODE_START.finditer(text)]


def value_of(printed: str, language: str, *, scaled: bool) -> float | None:
    """Return the number that was printed, or None where it is none.

    Groups of three are groups whichever mark parts them, unless a scale word
    follows: RM74.965 bilion has decimals. Else the language's habit decides.
    """
    if printed.isdecimal():
        return float(printed)
    printed = _POINT.sub(".", printed)
    if not scaled and _GROUPED.match(printed):
        return float(printed.replace(".", "").replace(",", ""))
    point, group = (",", ".") if language in _COMMA_LANGUAGES else (".", ",")
    groups = printed.split(point, maxsplit=1)[0].split(group)
    if len(groups) > 1 and any(len(part) != 3 for part in groups[1:]):
        # 1,5 where a point is the habit, or 1.5 where a comma is: a decimal all the same
        point, group = group, point
    if printed.count(point) > 1:
        return None
    return float(printed.replace(group, "").replace(point, "."))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numerals:
    """A language's number words, as numerals.toml describes them."""

    add: Mapping[str, int]
    teen: tuple[str, ...]
    ten: tuple[str, ...]
    hundred: tuple[str, ...]
    scale: Mapping[str, float]
    joins: tuple[str, ...]
    point: tuple[str, ...]
    half: tuple[str, ...]
    not_half: tuple[str, ...]
    elides: float
    spell: tuple[str, ...]
    article: tuple[str, ...]
    part: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    id: _Numerals
    fil: _Numerals
    vi: _Numerals
    en: _Numerals
    zh: _Numerals
    th: _Numerals
    lo: _Numerals
    km: _Numerals
    my: _Numerals


@dataclass(frozen=True, slots=True)
class _Reader:
    """A language's numerals and the patterns made of them."""

    numerals: _Numerals
    run: re.Pattern[str]
    word: re.Pattern[str]
    #: parts of a number without a number: half a, nửa; None where there are none
    part: re.Pattern[str] | None
    #: in Latin letters: what the first words begin with, up to a dash
    heads: frozenset[str]


@cache
def _readers() -> dict[str, _Reader]:
    file = read_toml(Path(__file__).with_name("numerals.toml")).read(_File)
    return {name: _reader(getattr(file, name), name in LATIN) for name in _File.__slots__}


def _reader(numerals: _Numerals, latin: bool) -> _Reader:
    # 三十万千瓦 is thirty times ten thousand kilowatts.
    guard = "" if latin else table().measures

    def either(*words: str) -> str:
        ordered = sorted(words, key=len, reverse=True)
        return f"(?:{guard}(?:" + "|".join(map(edged, ordered)) + "))"

    every = either(
        *numerals.add, *numerals.teen, *numerals.ten, *numerals.hundred, *numerals.scale
    )
    # Bare "hundreds" and "millions" name no number; ten alone does.
    first = either(*numerals.add) if latin else either(*numerals.add, *numerals.ten)
    between, gap = "", " ?"
    if latin:
        hung = [f"{re.escape(join)} " for join in numerals.joins if not join.isalpha()]
        words = "".join(f"(?:{join} )?" for join in numerals.joins if join.isalpha())
        between, gap = f"(?:{'|'.join([*hung, f'[ -]+{words}'])})", " "
    point = "|".join(map(re.escape, numerals.point))
    decimals = f"(?:{gap}(?:{point}){gap}{first}(?:{between}{first})*)?"
    run = f"{first}(?:{between}{every})*{decimals}"
    begun = (*numerals.add, *numerals.part, *(numerals.scale if numerals.article else ()))
    heads = frozenset(re.split("[ -]", word)[0] for word in begun) if latin else frozenset()
    part = _part(numerals, latin) if numerals.part else None
    return _Reader(numerals, re.compile(run), re.compile(every), part, heads)


def _part(numerals: _Numerals, latin: bool) -> re.Pattern[str]:
    """Return a pattern of parts; the small ones only before what makes them large."""
    whole = [word for word, worth in numerals.part.items() if worth > 1]
    small = [word for word, worth in numerals.part.items() if worth <= 1]
    large = [word for word, size in numerals.scale.items() if size >= 1000]
    tail = f"{'[ -]' if latin else ' ?'}{any_of([*numerals.scale, *table().percents])}"
    parts = [any_of(whole)] if whole else []
    parts += [f"{any_of(small)}(?={tail})"] if small else []
    parts += [f"(?<=(?<!{LETTER}){word} ){any_of(large)}" for word in numerals.article]
    return re.compile("|".join(parts))


@cache
def _halves() -> Mapping[str, tuple[frozenset[str], re.Pattern[str]]]:
    """Return how a half begins and a pattern, by Latin language; "" for all others."""
    file = read_toml(Path(__file__).with_name("numerals.toml")).read(_File)
    every: dict[str, _Numerals] = {name: getattr(file, name) for name in _File.__slots__}
    beside = [one for name, one in every.items() if name not in LATIN]
    halves = [*(word for one in beside for word in one.half), "½"]
    others = "|".join(re.escape(word) for one in beside for word in one.not_half)
    plain = f" ?(?!{others}){any_of(halves)}"
    heads = {gap + word[0] for word in halves for gap in ("", " ")}
    told = {"": (frozenset(heads), re.compile(plain))}
    for name in filter(LATIN.__contains__, every):
        words = every[name].half
        begun = {
            word[0] if word[0] in _HUNG else f"{gap}{word[0]}" for word in words for gap in " -"
        }
        pattern = f"(?:{'|'.join(map(_hung, words))})(?!{LETTER})|{plain}"
        told[name] = (frozenset(heads | begun), re.compile(pattern))
    return told


def _hung(half: str) -> str:
    """Return a pattern for a half in Latin letters; "two-and-a-half" has dashes."""
    words = "[ -]".join(map(re.escape, half.split()))
    return words if half[0] in _HUNG else f"[ -]{words}"


def half_behind(text: str, at: int, language: str) -> int | None:
    """Return where "and a half" that begins at a place of a flat text ends, or None."""
    heads, halves = _halves()[LATIN.get(language, "")]
    if text[at : at + 2] not in heads and text[at : at + 1] not in heads:
        return None
    found = halves.match(text, at)
    return found.end() if found else None


_WORD = re.compile(r"[^\W\d_]+")
#: the scripts of number words, to look for those only that the text can hold
_SCRIPTS = {
    "th": re.compile("[ก-ฮ]"),
    "lo": re.compile("[ກ-ຮ]"),
    "km": re.compile("[ក-ហ]"),
    "my": re.compile("[က-အ]"),
    "zh": re.compile("[一-鿿]"),
}


def worded_numbers(text: str, language: str) -> Iterator[Number]:
    """Yield the numbers in words of a flat text: the language's, and those of its scripts."""
    wanted = [LATIN[language]] if language in LATIN else []
    wanted += [name for name, letters in _SCRIPTS.items() if letters.search(text)]
    for name in wanted:
        reader = _readers()[name]
        for found in _runs(text, reader):
            if found.re is reader.part:
                part = found.group()
                worth = reader.numerals.part.get(part) or reader.numerals.scale[part]
                yield Number(*found.span(), "", worth, 1, worth)
                continue
            told = _worth(found.group(), reader)
            if told is not None:
                words = len(reader.word.findall(found.group()))
                yield Number(*found.span(), "", told[0], words, told[1])


def begins_number(text: str, language: str) -> bool:
    """Say whether a text in a script without spaces begins with a number in words."""
    reader = _readers().get(language) if language != "zh" else None
    return reader is not None and reader.run.match(text) is not None


def _runs(text: str, reader: _Reader) -> Iterator[re.Match[str]]:
    """Yield the runs of number words; in Latin letters only where a word could begin one."""
    if not reader.heads:
        yield from reader.run.finditer(text)
        if reader.part is not None and any(word in text for word in reader.numerals.part):
            yield from reader.part.finditer(text)
        return
    reached = 0
    for word in _WORD.finditer(text):
        if word.start() >= reached and word.group() in reader.heads:
            found = reader.part.match(text, word.start()) if reader.part else None
            found = found or reader.run.match(text, word.start())
            if found is not None:
                reached = found.end()
                yield found


@dataclass(slots=True)
class _Sum:
    """A number in words while it is read: parts done, hundreds, and what is under a hundred."""

    parts: list[tuple[float, float]] = field(default_factory=list)
    hundreds: float = 0.0
    rest: float = 0.0

    def scale(self, size: float) -> None:
        """Multiply all that is smaller: fifty-two thousand million."""
        whole = self.hundreds + self.rest
        while self.parts and self.parts[-1][1] < size:
            whole += self.parts.pop()[0]
        self.parts.append(((whole or 1.0) * size, size))
        self.hundreds = self.rest = 0.0

    def add(self, value: int) -> bool:
        """Add a value; False where no number goes on so: "two three", 二〇一八."""
        if value >= 100:
            fits = not self.hundreds and not self.rest
            self.hundreds += value
        else:
            fits = not self.rest or (self.rest >= 10 and self.rest % 10 == 0 and value < 10)
            self.rest += value
        return fits

    @property
    def value(self) -> float:
        return sum(value for value, _ in self.parts) + self.hundreds + self.rest


def _worth(words: str, reader: _Reader) -> tuple[float, float] | None:
    """Return what number words are worth and the scale they end on; None: no number."""
    numerals, total = reader.numerals, _Sum()
    whole, decimals = words, ""
    for point in numerals.point:
        whole, found, after = words.partition(point)
        if found:
            decimals = after
            break
    said: list[str] = reader.word.findall(whole)
    if len(said) > 1 and said[-1] in numerals.spell and not _is_joined(whole, said[-1], numerals):
        return None
    for word in said:
        if word in numerals.add:
            if not total.add(numerals.add[word]):
                return None
        elif word in numerals.scale:
            total.scale(numerals.scale[word])
        elif word in numerals.hundred:
            total.hundreds += (total.rest or 1.0) * 100
            total.rest = 0.0
        else:
            total.rest = (total.rest or 1.0) * 10 if word in numerals.ten else total.rest + 10
    if not decimals:
        size = _last(said[:-1], numerals)
        if size >= (numerals.elides or math.inf) and 0 < total.rest < 10 and not total.hundreds:
            return total.value + total.rest * (size / 10 - 1), size / 10
        return total.value, _last(said, numerals)
    digits = [numerals.add.get(word, 10) for word in reader.word.findall(decimals)]
    if not digits or max(digits) > 9:
        return None
    return float(f"{total.value:.0f}." + "".join(map(str, digits))), 1.0


def _is_joined(words: str, last: str, numerals: _Numerals) -> bool:
    """Say whether a word stands before the last that only numbers have: linh năm."""
    return words.removesuffix(last).rstrip(" -").endswith(numerals.joins)


def _last(said: Sequence[str], numerals: _Numerals) -> float:
    """Return the scale that number words end on; 三千万 ends on ten millions."""
    size = 1.0
    for word in reversed(said):
        if word in numerals.hundred and size == 1.0:
            return 100.0
        if size == 1.0 and numerals.add.get(word, 0) >= 100:
            return float(numerals.add[word])
        if word not in numerals.scale:
            break
        size *= numerals.scale[word]
    return size


_TIED = re.compile(r"[a-zà-ỹ]\Z|[a-zà-ỹ][-\u2010-\u2013]\Z")


def is_tied(text: str, start: int, *, worded: bool) -> bool:
    """Say whether Latin letters or a dash tie a number to a word: A320, ke-15, pang-apat."""
    found = _TIED.search(text[max(0, start - 2) : start])
    return found is not None and (not worded or len(found.group()) > 1)
