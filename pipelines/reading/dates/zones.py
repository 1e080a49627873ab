"""Zones as the press prints them, and days and times in them."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

#: Names that mean one zone only where our outlets are read. CST and IST are
#: left out: each means several, so the outlet's own zone is the better guess.
NAMED = {
    "WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura",
    "SGT": "Asia/Singapore", "MYT": "Asia/Kuala_Lumpur", "HKT": "Asia/Hong_Kong",
    "ICT": "Asia/Bangkok", "MMT": "Asia/Yangon", "PHT": "Asia/Manila", "JST": "Asia/Tokyo",
    "KST": "Asia/Seoul", "ET": "America/New_York", "EST": "America/New_York",
    "EDT": "America/New_York", "PT": "America/Los_Angeles", "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles", "CET": "Europe/Berlin", "CEST": "Europe/Berlin",
    "BST": "Europe/London",
}  # fmt: skip
_OFFSET = re.compile(r"^(?:GMT|UTC)?\s*([+-])\s*(\d{1,2}):?(\d{2})?$", re.IGNORECASE)
#: Finds a zone in what follows a time of day.
PRINTED = re.compile(
    r"^[\s,(\[]*("
    r"(?:GMT|UTC)\s*[+-]\s*\d{1,2}(?::?\d{2})?|[+-]\d{2}:?\d{2}(?!\d)|Z(?![a-z])|GMT|UTC|"
    + "|".join(sorted(NAMED, key=len, reverse=True))
    + r")(?![A-Za-z0-9])",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def tz(zone: str) -> tzinfo:
    """Return the zone of an offset ("+07:00", "GMT+7"), a printed or an IANA name.

    Raises ValueError for a name that is none.
    """
    if zone.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    if match := _OFFSET.match(zone):
        sign = -1 if match.group(1) == "-" else 1
        return timezone(
            sign * timedelta(hours=int(match.group(2)), minutes=int(match.group(3) or 0))
        )
    try:
        return ZoneInfo(NAMED.get(zone.upper(), zone))
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(
            f"{zone!r} is no zone; write an IANA name such as Asia/Jakarta"
        ) from error


def named(printed: str) -> str:
    """Return a printed zone as an offset or IANA name: "WIB" is "Asia/Jakarta"."""
    if printed.upper() in {"Z", "UTC", "UT", "GMT"}:
        return "UTC"
    match = _OFFSET.match(printed)
    if match:
        return f"{match.group(1)}{int(match.group(2)):02}:{match.group(3) or '00'}"
    return NAMED[printed.upper()]


def at_noon(day: date, zone: str) -> datetime:
    """Return a day's noon in the zone, in UTC: where a day without a time stands."""
    return in_zone(day, 12, 0, zone=zone)


def in_zone(day: date, hour: int, minute: int, second: int = 0, *, zone: str) -> datetime:
    """Return that wall time in the zone, in UTC.

    Raises ValueError for a time of day or a zone that does not exist, and for
    days so far off that UTC cannot say them.
    """
    wall = datetime.combine(day, time(hour, minute, second), tzinfo=tz(zone))
    try:
        return wall.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{wall} is outside of time") from error
