"""Numbers printed in digits in running text; those in words stand in `worded`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.days import matches_at

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
        if not codes or not any(start <= begin and end <= stop for start, stop in codes):
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


_TIED = re.compile(r"[a-zà-ỹ]\Z|[a-zà-ỹ][-\u2010-\u2013]\Z")


def is_tied(text: str, start: int, *, worded: bool) -> bool:
    """Say whether Latin letters or a dash tie a number to a word: A320, ke-15, pang-apat."""
    found = _TIED.search(text[max(0, start - 2) : start])
    return found is not None and (not worded or len(found.group()) > 1)
