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
_TO = r"\s*(?:-|–|—|~|至|到|ถึง|đến|hingga|sampai|to|dan|and|at|và|และ|和)\s*"
_DAY = rf"(?P<first>\d{{1,2}})(?:{_TO}(?P<last>\d{{1,2}}))?"
#: "11-18 September", "ngày 13 tháng 9", "ika-20 ng Marso"
_DAY_MONTH = re.compile(rf"(?<![\d.,]){_DAY}\s*(?:日|ng|de|of)?\s*(?P<month>{_MONTH})")
#: "September 13", "Sept. 11 to 18", "စက်တင်ဘာ ၁၅"
_MONTH_DAY = re.compile(rf"(?P<month>{_MONTH})\.?\s*(?:လ\s*)?{_DAY}(?![\d:]|[.,]\d)")
#: 9月13日至18日
_HAN = re.compile(
    rf"(?<!\d)(?P<month>\d{{1,2}})月(?P<first>\d{{1,2}})日?(?:{_TO}(?P<last>\d{{1,2}})日)?"
)
#: 13/9, 14/9/2018
_SLASH = re.compile(
    r"(?<![\d/.-])(?P<first>\d{1,2})(?P<last>)[/-](?P<month>\d{1,2})(?:[/-]\d{2,4})?(?![\d/-])"
)


def named_days(text: str) -> Iterator[NamedDay]:
    """Return the days named in a text; of a range, both its ends."""
    flat = _flat(text)
    for pattern in (_DAY_MONTH, _MONTH_DAY, _HAN, _SLASH):
        for found in pattern.finditer(flat):
            month = MONTHS.get(found["month"]) or int(found["month"])
            for name in ("first", "last"):
                number = found[name]
                if number and 1 <= month <= 12 and 1 <= int(number) <= 31:
                    yield NamedDay(month, int(number), found.start(), found.end())


def _flat(text: str) -> str:
    """Return the text in lower case with ASCII digits, each character in its place."""
    return "".join(_flat_letter(letter) for letter in text)


def _flat_letter(letter: str) -> str:
    if letter.isdecimal():
        return str(int(letter))
    lower = letter.lower()
    return lower if len(lower) == 1 else letter
