"""Numbers in words, of ten languages: lima puluh sembilan, 五十九, half a million."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from pipelines.facts.numbers import Number
from pipelines.facts.numerals import Numerals, numerals
from pipelines.facts.words import LATIN, table
from query.money import LETTER, any_of, edged


@dataclass(frozen=True, slots=True)
class _Reader:
    """A language's numerals and the patterns made of them."""

    numerals: Numerals
    run: re.Pattern[str]
    word: re.Pattern[str]
    #: parts of a number without a number: half a, nửa; None where there are none
    part: re.Pattern[str] | None
    #: in Latin letters: what the first words begin with, up to a dash
    heads: frozenset[str]


@cache
def _readers() -> dict[str, _Reader]:
    return {name: _reader(words, name in LATIN) for name, words in numerals().items()}


def _reader(numerals: Numerals, latin: bool) -> _Reader:
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


def _part(numerals: Numerals, latin: bool) -> re.Pattern[str]:
    """Return a pattern of parts; the small ones only before what makes them large."""
    whole = [word for word, worth in numerals.part.items() if worth > 1]
    small = [word for word, worth in numerals.part.items() if worth <= 1]
    large = [word for word, size in numerals.scale.items() if size >= 1000]
    tail = f"{'[ -]' if latin else ' ?'}{any_of([*numerals.scale, *table().percents])}"
    parts = [any_of(whole)] if whole else []
    parts += [f"{any_of(small)}(?={tail})"] if small else []
    parts += [f"(?<=(?<!{LETTER}){word} ){any_of(large)}" for word in numerals.article]
    return re.compile("|".join(parts))


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


def _is_joined(words: str, last: str, numerals: Numerals) -> bool:
    """Say whether a word stands before the last that only numbers have: linh năm."""
    return words.removesuffix(last).rstrip(" -").endswith(numerals.joins)


def _last(said: Sequence[str], numerals: Numerals) -> float:
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
