"""When a rhythm's next digest is due, in the subscriber's own zone. Pure.

A time of day that the clock change leaves out stands at the next moment that
exists; one that comes twice counts the first time only.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from news import Rhythm

#: Days, from today on, that may hold the latest slot: zones have left out one
#: whole day (Apia, 30 December 2011), and a clock set back over midnight
#: leaves tomorrow's first slots behind it.
_DAYS = (1, 0, -1, -2)


def due_slot(
    rhythm: Rhythm, zone: str, last: datetime | None, now: datetime
) -> tuple[str, datetime] | None:
    """Return the slot that is due now as (id, moment in UTC), or None.

    `last` is the moment of the last slot that was made; None for a new
    watch, whose latest slot is due at once. Of several missed slots only the
    latest is made up. Instant watches are always due, in a slot named "now:…".
    Raises ValueError for naive times, an unknown zone or a daily rhythm
    without a time of day.
    """
    if now.tzinfo is None or (last is not None and last.tzinfo is None):
        raise ValueError("slots need aware times; add a zone to last and now")
    if rhythm.kind == "instant":
        return _instant(last, now.astimezone(UTC))
    if rhythm.at is None:
        raise ValueError('a daily rhythm needs a time of day, such as "07:00"')
    place = _zone(zone)
    today = now.astimezone(place).date()
    days = (today + timedelta(days=step) for step in _DAYS)
    moments = [moment for day in days if (moment := slot_moment(day, rhythm.at, place)) <= now]
    if not moments or (last is not None and max(moments) <= last):
        return None
    return slot_id(max(moments), place), max(moments)


def slot_moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment, in UTC, at which that time of day first is or is passed on that day."""
    local = datetime.combine(day, at.replace(microsecond=0, tzinfo=None, fold=0), tzinfo=zone)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    return _end_of_gap(local.replace(fold=1).astimezone(UTC), moment, zone)


def slot_id(moment: datetime, zone: ZoneInfo) -> str:
    """Return the slot's name, as in "2018-09-21T07:00+07:00"."""
    return moment.astimezone(zone).isoformat(timespec="minutes")


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment of a clock change between the two, to the second, by halving."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def _instant(last: datetime | None, now: datetime) -> tuple[str, datetime] | None:
    if last is not None and now <= last:
        return None
    return f"now:{now.isoformat()}", now


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no zone named {name!r}; use a name such as Asia/Jakarta") from error
