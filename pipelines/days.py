"""Days named in running text, in ten languages: "11-18 September 2018", 9月13日, 13 ก.ย. 61."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

import ahocorasick_rs

from pipelines.reading.dates.printed_words import MONTHS, any_of
from pipelines.undated import is_lunar, is_no_day
from query.money import flat, flat_whole


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day of a month, and where it stands in the text."""

    month: int
    day: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A day, or the first and the last of several, as one mention of them."""

    first: tuple[int, int]
    #: month and day of the other end; None of a single day
    last: tuple[int, int] | None = None
    #: two days ("13 and 14"), not all between them
    listed: bool = False
    #: printed years, Gregorian; None: none is printed
    year: int | None = None
    first_year: int | None = None
    start: int
    end: int
    #: where a listed second day begins, and the first ends
    parts: tuple[int, int] = (0, 0)


_MONTH = any_of(MONTHS)
_AND = "(?:和|และ|và|dan|and|at|និង|ແລະ|&|、|,|နှင့်|ရက်(?:နေ့)?\\s*နှင့်)"
_HYPHEN = "(?:-|–|—|－|~|～|至|到|ถึง|đến|hingga|sampai(?: dengan)?|s/d|to|hanggang|ដល់|ຫາ|ເຖິງ|မှ|ရက်(?:နေ့)?\\s*မှ)"
#: between the two ends of a range, or two days
_TO = rf"\s*(?P<to>{_HYPHEN}|{_AND})\s*"
_NTH = "(?:(?:st|nd|rd|th)(?![a-z]))?"
_THE = r"(?:ika-|ngày\s*|tanggal\s*|(?:ថ្ងៃ)?ទី\s*|(?:ວັນ)?ທີ\s*|วันที่\s*|the\s*)?"
_DAY = rf"(?P<first>\d{{1,2}}){_NTH}(?:{_TO}{_THE}(?P<last>\d{{1,2}}){_NTH})?"
_ERA = r"(?:năm|tahun|taong|nam|ปี|พ\.ศ\.|ค\.ศ\.|ปีค\.ศ\.|ຄ\.ສ\.?|ປີ|ឆ្នាំ|of)"
_YEAR = rf"(?:\s*[,၊]?\s*(?:{_ERA}\s*)?(?P<year>\d{{4}}|\d{{2}}(?![\d.,:/%]))(?!\d))?"
#: "11-18 September 2018", "ngày 13 tháng 9 năm 2018", "ika-20 ng Marso 2017", ទី១៣ ខែកញ្ញា
_DAY_MONTH = re.compile(
    rf"(?<![\d.,]){_DAY}\s*(?:日|ng|de|of|ខែ|ເດືອນ|เดือน)?\s*(?P<month>{_MONTH}){_YEAR}"
)
#: "September 13", "Sept. 11 to 18, 2018", ၂၀၂၄ ခုနှစ် စက်တင်ဘာ ၁၅
_MONTH_DAY = re.compile(
    rf"(?:(?P<before>\d{{4}})\s*(?:ခုနှစ်|၊)[၊,\s]*)?(?P<month>{_MONTH})\.?\s*(?:လ\s*)?{_DAY}"
    rf"(?![\d:]|[.,]\d)(?:\s*ရက်(?:နေ့)?(?=\s*[,၊]?\s*\d{{4}}))?{_YEAR}"
)
#: ວັນທີ 13 ເດືອນ 9; without the word for a date it would be "13 months"
_NUMBERED_MONTH = re.compile(
    rf"(?:ទី|ທີ)\s*{_DAY}\s*(?:ខែ|ເດືອນ)\s*(?P<month>\d{{1,2}})(?!\d){_YEAR}"
)
#: 2018年9月13日至18日
_HAN = re.compile(
    rf"(?<!\d)(?:(?P<year>\d{{4}})年)?(?P<month>\d{{1,2}})月(?P<first>\d{{1,2}})[日号號]?"
    rf"(?:{_TO}(?P<last>\d{{1,2}})[日号號])?"
)
#: 13/9, 14/9/2018, 18.9.2018
_SLASH = re.compile(
    r"(?<![\d/.-])(?P<first>\d{1,2})(?P<last>)(?P<to>)(?:(?P<by>[/-])(?P<month>\d{1,2})"
    r"(?:(?P=by)(?P<year>\d{4}|\d{2}))?|\.(?P<month_>\d{1,2})\.(?P<year_>\d{4}))(?![\d/-])"
)
#: từ ngày 12 đến 16/10/2025, 12-16/10
_SLASH_RANGE = re.compile(
    rf"(?<![\d/.,-])(?P<first>\d{{1,2}})\s*(?P<to>{_HYPHEN})\s*{_THE}(?P<last>\d{{1,2}})/"
    r"(?P<month>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?(?![\d/-])"
)
#: 2018-09-13
_YEAR_FIRST = re.compile(
    r"(?<![\d/.-])(?P<year>\d{4})(?P<by>[/-])(?P<month>\d{1,2})(?P=by)(?P<first>\d{1,2})"
    r"(?P<last>)(?P<to>)(?![\d/-])"
)
_HAN_DIGIT = "一二三四五六七八九十"
#: 二〇一八年九月十三日, 民國107年9月13日
_HAN_WORDS = re.compile(
    rf"(?:(?P<year>[〇零一二三四五六七八九]{{4}})年)?(?P<month>[{_HAN_DIGIT}]{{1,2}})月"
    rf"(?P<first>[{_HAN_DIGIT}]{{1,3}})[日号號](?P<last>)(?P<to>)"
)
#: what _MONTH_DAY may begin with, but for a month
_BEFORE = re.compile(r"\d{4}\s*(?:ခုနှစ်|၊)[၊,\s]*")
_DIGITS = re.compile(r"\d+")
#: what parts the figures of a date
_PARTING = frozenset("/-.")
_LISTS = re.compile(_AND)
#: what joins two whole dates to a range: 28 September - 3 Oktober
_SPANS = re.compile(rf"\s*,?\s*(?:{_HYPHEN})\s*(?:ngày|tanggal|วันที่|(?:ថ្ងៃ)?ទី|ວັນທີ|ika-)?\s*\Z")
#: patterns that name their month
_NAMED = (_DAY_MONTH, _MONTH_DAY)
#: between the Buddhist years and those of Christ
_BUDDHIST = 543


def named_days(text: str) -> Iterator[NamedDay]:
    """Return the days named in a text; of a range, both its ends."""
    for found in _mentions(text):
        yield NamedDay(*found.first, found.start, found.end)
        if found.last is not None:
            yield NamedDay(*found.last, found.start, found.end)


def days_of(text: str) -> list[Days]:
    """Return the days and ranges of days of a text in order; ranges over two months are one."""
    found = sorted(_mentions(text), key=lambda one: (one.start, -one.end))
    kept: list[Days] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            continue
        if kept and _are_ends(text, kept[-1], one):
            kept[-1] = _range(kept[-1], one)
        else:
            kept.append(one)
    return kept


def year_of(printed: str, month: str = "") -> int | None:
    """Return a printed year in years of Christ, or None where it is none.

    Buddhist years are those over 2400; two digits are one only behind a short
    Thai month (ก.ย. 61), or in a date of figures (14/9/18).
    """
    year = int(printed)
    if len(printed) == 2:
        if month and not (month.endswith(".") and month[0] >= "ก"):
            return None
        return year + (2500 - _BUDDHIST if month else 2000)
    if 2400 <= year <= 2700:
        return year - _BUDDHIST
    return year if 1900 <= year <= 2100 else None


def dated(month_day: tuple[int, int], year: int | None, near: date | None) -> date | None:
    """Return a day of a year; where none is printed, the one nearest to `near`."""
    years = [year] if year is not None else [near.year + n for n in (-1, 0, 1)] if near else []
    found = [day for one in years if (day := _date(one, *month_day)) is not None]
    if near is None or not found:
        return found[0] if found else None
    return min(found, key=lambda day: abs(day - near))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        # 29 February of another year, 31 September
        return None


# A story's text is asked for its days by more than one stage.
@lru_cache(maxsize=8)
def _mentions(text: str) -> tuple[Days, ...]:
    lower = flat_whole(text)
    found = (_days(text, one) for one in _found(lower))
    return tuple(
        days for days in found if days is not None and not is_lunar(lower, days.start, days.end)
    )


def _found(lower: str) -> Iterator[re.Match[str]]:
    """Yield what each pattern finds in a flat text.

    Tried at every letter they take six times as long as where they can begin:
    at a month's name, or at the first of some digits.
    """
    months = {begin for _, begin, _ in _months().find_matches_as_indexes(lower, overlapping=True)}
    digits = [one.start() for one in _DIGITS.finditer(lower)]
    if months:
        yield from matches_at(_DAY_MONTH, lower, digits)
        if not lower.isascii():
            months.update(one.start() for one in _BEFORE.finditer(lower))
        yield from matches_at(_MONTH_DAY, lower, sorted(months))
    yield from _NUMBERED_MONTH.finditer(lower)
    if "月" in lower:
        yield from matches_at(_HAN, lower, digits)
    if "/" in lower:
        yield from matches_at(_SLASH_RANGE, lower, digits)
    marked = [at for at in digits if not _PARTING.isdisjoint(lower[at + 1 : at + 5])]
    yield from matches_at(_SLASH, lower, marked)
    yield from matches_at(_YEAR_FIRST, lower, marked)
    if "月" in lower:
        yield from _HAN_WORDS.finditer(lower)


@cache
def _months() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(list(MONTHS))


def matches_at(
    pattern: re.Pattern[str], text: str, starts: Iterable[int]
) -> Iterator[re.Match[str]]:
    """Yield what finditer would, of a pattern that begins at one of these places only."""
    reached = 0
    for start in starts:
        if start >= reached and (found := pattern.match(text, start)):
            reached = found.end()
            yield found


def _days(text: str, found: re.Match[str]) -> Days | None:
    groups = found.groupdict()
    which = "month" if groups["month"] else "month_"
    if _is_another_word(text, *found.span(which)):
        return None
    word = groups[which]
    month = MONTHS.get(word) or _number(word)
    first, last = _number(found["first"]), _number(found["last"] or "0")
    if groups.get("by") == "-" and not groups["year"]:
        # 5-7 persen; 14-9 is a day nowhere
        return None
    if found.re in (_SLASH, _SLASH_RANGE) and is_no_day(found, ranged=found.re is _SLASH_RANGE):
        return None
    if found.re is _SLASH and month > 12 >= first and groups["year"]:
        # American order: 9/14/2018
        month, first = first, month
    if not (1 <= month <= 12 and 1 <= first <= 31 and 0 <= last <= 31):
        return None
    listed = last > 0 and _LISTS.search(found["to"]) is not None
    end, year = _year(found, word)
    return Days(
        first=(month, first),
        last=(month, last) if last else None,
        listed=listed,
        year=year,
        start=found.start(),
        end=end,
        parts=(found.end("first"), found.start("last")) if listed else (0, 0),
    )


def _year(found: re.Match[str], month: str) -> tuple[int, int | None]:
    """Return where a mention ends and its year; what is no year is no part of it."""
    groups = found.groupdict()
    for name in ("before", "year_", "year"):
        printed = groups.get(name)
        if printed:
            written = printed if printed.isdecimal() else str(_number(printed))
            year = year_of(written, "" if found.re not in _NAMED else month)
            ends = max(found.end("first"), found.end("last"), found.end("month"))
            behind = found.start(name) > found.start("first")
            return (found.end() if year or not behind else ends), year
    return found.end(), None


def _number(printed: str) -> int:
    """Return a number in digits or in Chinese numerals up to 99, or digit by digit: 二〇一八."""
    if printed.isdecimal():
        return int(printed)
    values = ["〇一二三四五六七八九".find(digit) for digit in printed.replace("零", "〇")]
    if "十" not in printed:
        return int("".join(map(str, values)))
    tens, ones = printed.split("十", 1)
    places = [
        "〇一二三四五六七八九".find(digit) for digit in (tens[:1] or "一") + (ones[:1] or "〇")
    ]
    return 10 * places[0] + places[1]


def _are_ends(text: str, one: Days, other: Days) -> bool:
    single = one.last is None and other.last is None
    return single and _SPANS.match(flat(text[one.end : other.start])) is not None


def _range(one: Days, other: Days) -> Days:
    return replace(one, last=other.first, year=other.year, first_year=one.year, end=other.end)


def _is_another_word(text: str, start: int, end: int) -> bool:
    """Say whether a month's name in Latin letters is written small, as no press writes it.

    Filipino says "may 5 proyekto" (there are five), English "set 20 records".
    """
    return text[start:end].isascii() and text[start:end].isalpha() and text[start].islower()
