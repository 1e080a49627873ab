"""Days named in running text, in ten languages: "11-18 September", 9月13日, 13 ก.ย."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.reading.printed_words import MONTHS, any_of


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day of a month, and where it stands in the text."""

    month: int
    day: int
    start: int
    end: int


_MONTH = any_of(MONTHS)
#: between the two ends of a range
_TO = (
    r"\s*(?:-|–|—|~|至|到|和|ถึง|และ|đến|và|hingga|sampai|dan|to|and|at|hanggang|និង|ដល់|ຫາ|ເຖິງ|ແລະ"
    r"|ရက်(?:နေ့)?\s*(?:မှ|နှင့်))\s*"
)
_NTH, _THE = "(?:(?:st|nd|rd|th)(?![a-z]))?", r"(?:ika-|ទី|(?:ວັນ)?ທີ\s*)?"
_DAY = rf"(?P<first>\d{{1,2}}){_NTH}(?:{_TO}{_THE}(?P<last>\d{{1,2}}){_NTH})?"
#: "11-18 September", "ngày 13 tháng 9", "ika-20 ng Marso", ទី១៣ ខែកញ្ញា
_DAY_MONTH = re.compile(
    rf"(?<![\d.,]){_DAY}\s*(?:日|ng|de|of|ខែ|ເດືອນ|เดือน)?\s*(?P<month>{_MONTH})"
)
#: "September 13", "Sept. 11 to 18", "စက်တင်ဘာ ၁၅"
_MONTH_DAY = re.compile(rf"(?P<month>{_MONTH})\.?\s*(?:လ\s*)?{_DAY}(?![\d:]|[.,]\d)")
#: ວັນທີ 13 ເດືອນ 9; without the word for a date it would be "13 months"
_NUMBERED_MONTH = re.compile(rf"(?:ទី|ທີ)\s*{_DAY}\s*(?:ខែ|ເດືອນ)\s*(?P<month>\d{{1,2}})(?!\d)")
#: 9月13日至18日
_HAN = re.compile(
    rf"(?<!\d)(?P<month>\d{{1,2}})月(?P<first>\d{{1,2}})日?(?:{_TO}(?P<last>\d{{1,2}})日)?"
)
#: 13/9, 14/9/2018
_SLASH = re.compile(
    r"(?<![\d/.-])(?P<first>\d{1,2})(?P<last>)[/-](?P<month>\d{1,2})(?:[/-]\d{2,4})?(?![\d/-])"
)
#: 2018-09-13
_YEAR_FIRST = re.compile(
    r"(?<![\d/.-])\d{4}(?P<by>[/-])(?P<month>\d{1,2})(?P=by)(?P<first>\d{1,2})(?P<last>)(?![\d/-])"
)
_PATTERNS = (_DAY_MONTH, _MONTH_DAY, _NUMBERED_MONTH, _HAN, _SLASH, _YEAR_FIRST)


def named_days(text: str) -> Iterator[NamedDay]:
    """Return the days named in a text; of a range, both its ends."""
    flat = _flat(text)
    for pattern in _PATTERNS:
        for found in pattern.finditer(flat):
            if _is_another_word(text, *found.span("month")):
                continue
            month = MONTHS.get(found["month"]) or int(found["month"])
            for name in ("first", "last"):
                number = found[name]
                if number and 1 <= month <= 12 and 1 <= int(number) <= 31:
                    yield NamedDay(month, int(number), found.start(), found.end())


def _is_another_word(text: str, start: int, end: int) -> bool:
    """Say whether a month's name in Latin letters is written small, as no press writes it.

    Filipino says "may 5 proyekto" (there are five), English "set 20 records".
    """
    return text[start:end].isascii() and text[start:end].isalpha() and text[start].islower()


def _flat(text: str) -> str:
    """Return the text in lower case with ASCII digits, each character in its place."""
    return "".join(_flat_letter(letter) for letter in text)


def _flat_letter(letter: str) -> str:
    if letter.isdecimal():
        return str(int(letter))
    lower = letter.lower()
    return lower if len(lower) == 1 else letter
