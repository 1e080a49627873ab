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
from pipelines.reading.dates import zones
from pipelines.reading.dates.ago import relative
from pipelines.reading.dates.clocks import clock_near
from pipelines.reading.dates.old_burmese import unicode_of
from pipelines.reading.dates.printed_forms import (
    BASIC,
    DAY_WORD,
    IS_PUBLISHED,
    IS_UPDATED,
    ISO,
    LUNAR,
    ORDERS,
    RFC822,
    ROC_FIGURES,
    UNIX,
    WEEKDAY,
    from_first,
)
from pipelines.reading.dates.printed_words import DAYS, MONTHS, WEEKDAYS, fold
from pipelines.reading.dates.years import led_by, nearest, year_of

#: The longest dates are Khmer ones with their lunar day.
_DATE_LINE = 60
#: Characters of a text in which its date stands.
_SEARCHED = 400
#: Years that a story can have been published in.
_YEARS = range(1900, 2101)
#: How far behind a day without a year the end of its span may stand.
_SPAN = 25
#: In Vietnamese "SA" and "CH" are the parts of the day; elsewhere they are words.
_SANG_CHIEU = re.compile(r"(?<=\d)\s*(sa|ch)(?![^\W\d_])")


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
    if exact := _exact(text):
        return dated(exact, text, zone, now)
    found = _searched(text[:_SEARCHED], text, language, zone, now)
    if found is None and (converted := unicode_of(text[:_SEARCHED])):
        found = _searched(converted, text, language, zone, now)
    return found


def _searched(searched: str, text: str, language: str, zone: str, now: datetime) -> Dated | None:
    folded = BASIC.sub(r"\1-\2-\3t\4:\5:\6", LUNAR.sub("", fold(searched)))
    if ago := relative(folded, text, zone, now):
        return ago
    found = find_printed(folded, language, now.astimezone(zones.tz(zone)).date())
    return None if found is None else dated(found, text, zone, now)


def _exact(text: str) -> Printed | None:
    # What machines write is most of what is read: ten times as fast as the search.
    match = ISO.match(text) or RFC822.match(text)
    if match is None:
        return None
    parts = match.groupdict()
    month = int(parts["number"]) if parts.get("number") else MONTHS[parts["month"].lower()]
    clock = tuple(int(parts[name]) for name in ("hour", "minute", "second") if parts[name])
    try:
        day = date(int(parts["year"]), month, int(parts["day"]))
        return Printed(
            day=day, clock=clock, zone=zones.named(parts["zone"] or "") if parts["zone"] else ""
        )
    except (ValueError, KeyError):
        return None


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
    """Return the first date of a folded text as printed, or None.

    Of a text that begins with its last change, what stands behind the label
    of publication is read, if that is a date.
    """
    text = _local(from_first(folded), language)
    found = None
    if IS_UPDATED.match(text) and (label := IS_PUBLISHED.search(text, 3)):
        found = _first_day(text[label.end() :], language, today)
    return found or _first_day(text, language, today) or _by_word(text, today)


def _local(folded: str, language: str) -> str:
    if language == "vi":
        return _SANG_CHIEU.sub(lambda match: {"sa": " am", "ch": " pm"}[match[1]], folded)
    if language == "zh":
        return ROC_FIGURES.sub(
            lambda match: f"{int(match[1]) + 1911}-{match[3]}-{match[4]}", folded
        )
    return folded


def _first_day(folded: str, language: str, today: date) -> Printed | None:
    spans = sorted(
        chain.from_iterable(order.finditer(folded) for order in ORDERS),
        key=lambda match: (match.start(), -match.end()),
    )
    for index, match in enumerate(spans):
        if (day := _day(match, language, folded, today)) is not None:
            if not _has_year(match):
                ends = (end for end in spans[index:] if 0 <= end.start() - match.end() <= _SPAN)
                last = next(
                    (_day(end, language, folded, today) for end in ends if _has_year(end)), None
                )
                day = led_by(day, last)
            return _with_clock(day, match.span(), folded, _has_year(match))
    return None


def is_only_date(text: str) -> bool:
    """Tell whether a line of text is a date and nothing else: "Kamis, 05/11/2015 10:08 WIB"."""
    if len(text) > _DATE_LINE or not any(letter.isdecimal() for letter in text):
        return False
    found = find_printed(fold(text), "", date(2100, 1, 1))
    return found is not None and found.whole and len(text.split()) <= 9


def has_date(text: str) -> bool:
    """Tell whether a line of text holds a whole date, with its year."""
    if not any(letter.isdecimal() for letter in text):
        return False
    found = find_printed(fold(unicode_of(text) or text), "", date(2100, 1, 1))
    return found is not None and found.whole


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
            return nearest(month, day, today)
        year = year_of(parts["year"].lstrip("'"), language, folded, today)
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def _with_clock(day: date, span: tuple[int, int], folded: str, whole: bool) -> Printed:
    clock, zone = clock_near(folded, span)
    return Printed(
        day=day, clock=clock, zone=zone, whole=whole,
        confidence=(0.8 if clock else 0.7) - (0.0 if whole else 0.2),
    )  # fmt: skip


def _by_word(folded: str, today: date) -> Printed | None:
    if word := DAY_WORD.search(folded):
        day = today - timedelta(days=DAYS[word["word"]])
        return replace(_with_clock(day, word.span(), folded, whole=False), confidence=0.6)
    if word := WEEKDAY.search(folded):
        back = (today.weekday() - WEEKDAYS[word["word"]]) % 7
        found = _with_clock(today - timedelta(days=back), word.span(), folded, whole=False)
        return replace(found, confidence=0.4)
    return None


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
