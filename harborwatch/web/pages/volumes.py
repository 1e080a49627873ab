"""What a source brought day by day, beside what its rhythm lets expect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from archive.collecting import pulses, visits
from crawler.pulse import Beat
from news import Habits

#: days that are shown
DAYS = 14
#: the drawing's own units
WIDTH, HEIGHT = 420, 64


@dataclass(frozen=True, slots=True, kw_only=True)
class DayVolume:
    """A day of a source."""

    day: date
    new: int
    #: stories that its rhythm lets expect; None before its first visit, and where
    #: nothing is learnt yet
    expected: float | None
    #: where its bar begins, how high it is, and how high what was expected
    x: float
    high: float
    high_expected: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Spark:
    """The last days of a source in brief, the newest last."""

    new: tuple[int, ...]
    #: stories that its rhythm lets expect: the last of the days, from its first visit on
    expected: tuple[float, ...]


def volumes(
    db: Connection, source: str, zone: str, last: datetime | None
) -> tuple[DayVolume, ...]:
    """Return the last days of a source up to a visit; empty where there was none."""
    if last is None:
        return ()
    days = _days(last.astimezone(UTC).date())
    seen = visits.new_by_day(db, source, _begin(days[0]))
    learnt, habits = pulses.load(db, source), pulses.habits(db)
    beat = Beat(learnt.pulse, habits[0] if habits else Habits()) if learnt else None
    first = visits.first_by_source(db, (source,))[source].astimezone(UTC).date()
    expected = [None if beat is None or day < first else _usual(beat, day, zone) for day in days]
    most = max([1.0, *seen.values(), *(n for n in expected if n is not None)])
    return tuple(
        DayVolume(
            day=day,
            new=seen.get(day, 0),
            expected=None if n is None else round(n, 1),
            x=round(at * WIDTH / DAYS, 2),
            high=round(seen.get(day, 0) / most * HEIGHT, 2),
            high_expected=round((n or 0.0) / most * HEIGHT, 2),
        )
        for at, (day, n) in enumerate(zip(days, expected, strict=True))
    )


def sparks(db: Connection, zones: tuple[tuple[str, str], ...], last: date) -> dict[str, Spark]:
    """Return the days up to one of each source, given with the zone of its clock."""
    days, ids = _days(last), [source for source, _ in zones]
    seen = visits.new_by_source_and_day(db, ids, _begin(days[0]))
    learnt, habits = pulses.of_sources(db, ids), pulses.habits(db)
    first = visits.first_by_source(db, ids)
    beats = {
        one: Beat(known.pulse, habits[0] if habits else Habits()) for one, known in learnt.items()
    }
    return {
        source: Spark(
            new=tuple(seen[source].get(day, 0) for day in days),
            expected=_week(beats[source], _from(days, first[source]), zone)
            if source in beats
            else (),
        )
        for source, zone in zones
    }


def _week(beat: Beat, days: Sequence[date], zone: str) -> tuple[float, ...]:
    """Return what the days let expect: a weekday is like the one before, but for summer time."""
    usual = {day.weekday(): round(_usual(beat, day, zone), 1) for day in days[-7:]}
    return tuple(usual[day.weekday()] for day in days)


def _from(days: Sequence[date], first: datetime) -> Sequence[date]:
    return [day for day in days if day >= first.astimezone(UTC).date()]


def _days(today: date) -> list[date]:
    return [today - timedelta(days=n) for n in reversed(range(DAYS))]


def _usual(beat: Beat, day: date, zone: str) -> float:
    """Return how many stories a day (UTC) lets expect, by the hours of the outlet's clock."""
    begin = _begin(day)
    ahead = begin.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    hour = (begin.timestamp() + ahead.total_seconds()) / 3600
    return beat.usual(hour, hour + 24)


def _begin(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
