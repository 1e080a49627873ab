"""Printed dates in ten languages, read to the minute.

A text is folded (see printed_words), then tried as a relative time, as a day
in one of the printed orders, and last as a bare weekday. The time of day is
what stands nearest to the day.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain

from news import Dated, Precision
from pipelines.reading import zones
from pipelines.reading.printed_forms import (
    AGO,
    BASIC,
    DAY_WORD,
    IS_JUST_NOW,
    LUNAR,
    ORDERS,
    TIME,
    UNIX,
    WEEKDAY,
)
from pipelines.reading.printed_words import DAYPARTS, DAYS, MONTHS, UNITS, WEEKDAYS, fold

#: The longest dates are Khmer ones with their lunar day.
_DATE_LINE = 60
#: How far from the day a time of day may stand, in characters.
_REACH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A date as printed: the wall time and the zone that stands beside it."""

    day: date
    #: hour, minute, second; fewer where fewer are printed
    clock: tuple[int, ...] = ()
    #: offset or IANA name; "" where none is printed
    zone: str = ""
    #: the year is printed too
    whole: bool = True
    #: how sure the form is, 0 to 1
    confidence: float = 0.8


def parse_printed(text: str, language: str, zone: str, now: datetime) -> Dated | None:
    """Read the first date of a printed text; None where there is none.

    `zone` is the outlet's, for texts that print none; `now` is for relative
    times, missing years and the bound: a date in the future becomes `now`,
    with low confidence.
    """
    if unix := UNIX.match(text):
        return _clamped(_dated_unix(int(unix.group(1)), text), now, zone)
    folded = BASIC.sub(r"\1-\2-\3t\4:\5:\6", LUNAR.sub("", fold(text[:400])))
    if ago := _relative(folded, text, zone, now):
        return ago
    found = find_printed(folded, language, now.astimezone(zones.tz(zone)).date())
    return None if found is None else dated(found, text, zone, now)


def dated(found: Printed, text: str, zone: str, now: datetime) -> Dated | None:
    """Turn a printed date into a moment; None where that moment does not exist."""
    own = found.zone or zone
    try:
        at = (
            zones.in_zone(found.day, *found.clock, zone=own)
            if found.clock
            else zones.at_noon(found.day, own)
        )
    except ValueError:
        return None
    precision = (Precision.DAY, Precision.MINUTE, Precision.MINUTE, Precision.SECOND)[
        len(found.clock)
    ]
    moment = Dated(
        at=at, text=" ".join(text.split())[:200], zone=own, origin="printed",
        precision=precision, confidence=found.confidence,
    )  # fmt: skip
    return _clamped(moment, now, own)


def find_printed(folded: str, language: str, today: date) -> Printed | None:
    """Return the first date of a folded text as printed, or None."""
    spans = sorted(
        chain.from_iterable(order.finditer(folded) for order in ORDERS),
        key=lambda match: (match.start(), -match.end()),
    )
    for match in spans:
        if (day := _day(match, language, folded, today)) is not None:
            return _with_clock(day, match.span(), folded, _has_year(match))
    return _by_word(folded, today)


def is_only_date(text: str) -> bool:
    """Tell whether a line of text is a date and nothing else: "Kamis, 05/11/2015 10:08 WIB"."""
    if len(text) > _DATE_LINE or not any(letter.isdecimal() for letter in text):
        return False
    found = find_printed(fold(text), "", date(2100, 1, 1))
    return found is not None and found.whole and len(text.split()) <= 9


def _has_year(match: re.Match[str]) -> bool:
    return bool(match.groupdict().get("year"))


def _day(match: re.Match[str], language: str, folded: str, today: date) -> date | None:
    parts = match.groupdict()
    day = int(parts["day"])
    month = MONTHS[parts["month"]] if parts.get("month") else int(parts["number"])
    if parts.get("sep") == "/" and (month > 12 or (language == "fil" and day <= 12)):
        day, month = month, day  # the American order, which the Philippines print too
    try:
        if not parts.get("year"):
            return _nearest(month, day, today)
        return date(_year(parts["year"].lstrip("'"), language, folded, today), month, day)
    except ValueError:
        return None


def _year(printed: str, language: str, folded: str, today: date) -> int:
    year = int(printed)
    if len(printed) == 4:
        return year - 543 if year >= 2400 else year
    thai = language in {"th", "lo"} or re.search(r"[\u0e00-\u0eff]", folded) is not None
    if thai and year > today.year % 100 + 1:
        return 2500 + year - 543
    return (2000 if year <= today.year % 100 + 1 else 1900) + year


def _nearest(month: int, day: int, today: date) -> date:
    # Without a year it is the last such day, or one that a zone puts just ahead.
    for year in (today.year, today.year - 1, today.year - 2, today.year - 3, today.year - 4):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today + timedelta(days=1):
            return found
    raise ValueError(f"{month}-{day} is no day of a year")


def _with_clock(day: date, span: tuple[int, int], folded: str, whole: bool) -> Printed:
    clock, zone = _clock(folded, span)
    return Printed(
        day=day, clock=clock, zone=zone, whole=whole,
        confidence=(0.8 if clock else 0.7) - (0.0 if whole else 0.2),
    )  # fmt: skip


def _clock(folded: str, span: tuple[int, int]) -> tuple[tuple[int, ...], str]:
    after = folded[span[1] : span[1] + _REACH]
    before = folded[max(0, span[0] - _REACH) : span[0]]
    behind = list(TIME.finditer(after.removeprefix("t") if after[:1] == "t" else after))
    ahead = list(TIME.finditer(before))
    shift = 1 if after[:1] == "t" else 0
    # What follows the day is its time; what precedes it only if nothing follows closely.
    if behind and (not ahead or behind[0].start() <= 25):
        return _read_clock(behind[0], after[shift + behind[0].end() :])
    if ahead:
        return _read_clock(ahead[-1], before[ahead[-1].end() :])
    return (), ""


def _read_clock(match: re.Match[str], rest: str) -> tuple[tuple[int, ...], str]:
    hour = int(match["hour"])
    part = (match["before"] or match["after"] or "").removeprefix("ng").strip()
    late = DAYPARTS.get(part)
    if late and hour < 12 and not (part in {"siang", "tengah hari", "中午"} and hour >= 10):
        hour += 12
    if late is False and hour == 12:
        hour = 0
    printed = zones.PRINTED.match(rest)
    numbers = [hour % 24, int(match["minute"] or 0)]
    if match["second"]:
        numbers.append(int(match["second"]))
    return tuple(numbers), zones.named(printed.group(1)) if printed else ""


def _by_word(folded: str, today: date) -> Printed | None:
    if word := DAY_WORD.search(folded):
        day = today - timedelta(days=DAYS[word["word"]])
        return replace(_with_clock(day, word.span(), folded, whole=False), confidence=0.6)
    if word := WEEKDAY.search(folded):
        back = (today.weekday() - WEEKDAYS[word["word"]]) % 7
        found = _with_clock(today - timedelta(days=back), word.span(), folded, whole=False)
        return replace(found, confidence=0.4)
    return None


def _relative(folded: str, text: str, zone: str, now: datetime) -> Dated | None:
    if len(folded) > 80:
        return None  # a sentence about three days ago is no date of the story
    for match in AGO.finditer(folded):
        if match["before"] or match["after"]:
            count = int(match["count"]) if match["count"].isdecimal() else 1
            return _before(now, count * UNITS[match["unit"]], text, zone)
    return _before(now, 0, text, zone) if IS_JUST_NOW.search(folded) else None


def _before(now: datetime, seconds: int, text: str, zone: str) -> Dated:
    at = now.astimezone(UTC) - timedelta(seconds=seconds)
    precision = Precision.MINUTE
    if seconds >= 86_400:
        at, precision = zones.at_noon(at.astimezone(zones.tz(zone)).date(), zone), Precision.DAY
    return Dated(
        at=at, text=" ".join(text.split())[:200], zone=zone, origin="printed",
        precision=precision, confidence=0.6,
    )  # fmt: skip


def _dated_unix(seconds: int, text: str) -> Dated:
    return Dated(
        at=datetime.fromtimestamp(seconds, UTC), text=text.strip(), zone="UTC", origin="printed",
        precision=Precision.SECOND, confidence=0.9,
    )  # fmt: skip


def _clamped(moment: Dated, now: datetime, zone: str) -> Dated:
    # A day stands at its noon, so today is no future; a clock may run fast by minutes.
    bound = now + timedelta(minutes=10)
    if moment.precision is Precision.DAY:
        own = zones.tz(zone)
        late = moment.at.astimezone(own).date() > bound.astimezone(own).date()
    else:
        late = moment.at > bound
    return replace(moment, at=now.astimezone(UTC), confidence=0.2) if late else moment
