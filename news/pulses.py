"""What is learnt of when a source publishes."""

from dataclasses import dataclass

_DAY = (0.0,) * 24
_WEEK = (0.0,) * 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """What a source's history says of when it publishes; sums fade as they grow old."""

    #: stories, and the hours they took; an hour counts as much as its share of a week says
    stories: float = 0.0
    hours: float = 0.0
    #: stories by hour of the outlet's day, and as many as there were if all hours were alike
    by_hour: tuple[float, ...] = _DAY
    alike_by_hour: tuple[float, ...] = _DAY
    #: the same by weekday, Monday first
    by_weekday: tuple[float, ...] = _WEEK
    alike_by_weekday: tuple[float, ...] = _WEEK
    #: stories an hour above the usual, when it was last learnt from
    burst: float = 0.0
    #: hours that were observed; never fades
    observed: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What all sources have in common, and what a poll has to be worth."""

    #: how the hours of a day and the days of a week differ from their mean, which is 1
    hours: tuple[float, ...] = (1.0,) * 24
    weekdays: tuple[float, ...] = (1.0,) * 7
    #: stories an hour of a source of which nothing is known
    level: float = 0.5
    #: roots of stories an hour, times hours, that a poll costs; see crawler.pulse
    price: float = 0.35
