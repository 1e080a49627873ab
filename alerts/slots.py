"""When a rhythm's next digest is due, in the subscriber's own zone. Pure.

A time of day that the clock change leaves out stands at the next moment that
exists; one that comes twice counts the first time only. A slot on a day off is
left out: what it would have told stands in the next one.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from news import Quiet, Rhythm

#: Days looked at for a slot: a weekly one stands within them even if five
#: weeks of holidays leave theirs out.
_REACH = 42

IsOff = Callable[[date], bool]


def due_slot(  # noqa: PLR0917 - all six are the question; the callers read like it
    rhythm: Rhythm,
    zone: str,
    last: datetime | None,
    now: datetime,
    quiet: Quiet | None = None,
    is_off: IsOff | None = None,
) -> tuple[str, datetime] | None:
    """Return the slot that is due now as (id, moment in UTC), or None.

    `last` is the moment of the last slot that was made; None for a new
    watch, whose latest slot is due at once. Of several missed slots only the
    latest is made up. Instant watches are always due but in quiet hours, in a
    slot named "now:…". Raises ValueError for naive times, an unknown zone or
    slots without a time of day.
    """
    if now.tzinfo is None or (last is not None and last.tzinfo is None):
        raise ValueError("slots need aware times; add a zone to last and now")
    place = _zone(zone)
    if rhythm.kind == "instant":
        waits = quiet is not None and quiet.holds(now.astimezone(place).time())
        return None if waits else _instant(last, now.astimezone(UTC))
    # A clock set back over midnight leaves tomorrow's first slots behind it.
    tomorrow = now.astimezone(place).date() + timedelta(days=1)
    latest = None
    for moment in _moments(rhythm, place, tomorrow, -1, is_off):
        if moment <= now:
            latest = moment
            break
    if latest is None or (last is not None and latest <= last):
        return None
    return slot_id(latest, place), latest


def next_slot(
    rhythm: Rhythm, zone: str, now: datetime, is_off: IsOff | None = None
) -> datetime | None:
    """Return when a rhythm's next slot is; None for an instant one, or where all are left out."""
    if rhythm.kind == "instant":
        return None
    place = _zone(zone)
    yesterday = now.astimezone(place).date() - timedelta(days=1)
    moments = _moments(rhythm, place, yesterday, 1, is_off)
    return next((moment for moment in moments if moment > now), None)


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


def _moments(
    rhythm: Rhythm, zone: ZoneInfo, begin: date, step: int, is_off: IsOff | None
) -> Iterator[datetime]:
    """Yield the moments of a rhythm's slots from a day on, forwards or backwards in time."""
    if not rhythm.times or not rhythm.days:
        raise ValueError('slots need days and a time of day, such as "daily 07:00"')
    for number in range(_REACH):
        day = begin + timedelta(days=step * number)
        if day.weekday() not in rhythm.days or (is_off is not None and is_off(day)):
            continue
        yield from (slot_moment(day, at, zone) for at in rhythm.times[::step])


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
