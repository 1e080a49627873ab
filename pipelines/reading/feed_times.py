"""The two forms in which feeds must write their times, and nearly all do.

RFC 822 (RSS) and RFC 3339 (Atom, JSON Feed, WordPress) are read here at once;
whatever else is printed goes to the table of printed dates.
"""

import re
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from news import Dated, Outlet
from pipelines.reading import zones
from pipelines.reading.dates import Printed, dated, parse_printed

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_RFC822 = re.compile(
    r"(?:[A-Za-z]{3,9},\s*)?(?P<day>\d{1,2})\s+(?P<month>[A-Za-z]{3})[a-z]*\s+(?P<year>\d{4})\s+"
    r"(?P<clock>\d\d:\d\d(?::\d\d)?)\s*(?P<zone>[+-]\d\d:?\d\d|GMT|UTC|UT|Z)\s*$"
)
_RFC3339 = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)[T ](?P<clock>\d\d:\d\d(?::\d\d)?)(?:\.\d+)?"
    r"\s*(?P<zone>[+-]\d\d:?\d\d|Z|z)\s*$"
)


def feed_time(printed: str, outlet: Outlet, now: datetime) -> Dated | None:
    """Read a feed's time; where no zone stands beside it, the outlet's is meant."""
    printed = printed.strip()
    if not printed:
        return None
    found = _exact(printed)
    moment = dated(found, printed, outlet.zone, now) if found else None
    if moment is None:
        own = outlet.languages[0] if outlet.languages else ""
        moment = parse_printed(printed, own, outlet.zone, now)
    return replace(moment, origin="feed") if moment else None


def _exact(printed: str) -> Printed | None:
    match = _RFC822.match(printed) or _RFC3339.match(printed)
    if match is None:
        return None
    month = match["month"]
    number = int(month) if month.isdecimal() else _MONTHS.get(month.lower())
    try:
        day = date(int(match["year"]), number or 0, int(match["day"]))
    except ValueError:
        return None  # a Buddhist year, or no day at all: the table knows
    clock = tuple(map(int, match["clock"].split(":")))
    return Printed(day=day, clock=clock, zone=_zone(match["zone"]), confidence=0.8)


@lru_cache(maxsize=256)
def _zone(printed: str) -> str:
    return "UTC" if printed.upper() == "UT" else zones.named(printed)
