"""When a watch is told, and how that is written: "instant", "mon,thu 07:00", "daily 07:00 16:30"."""

import difflib
import re
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from typing import Literal

#: names of the days as they are written; Monday is 0
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMED = {"daily": tuple(range(7)), "weekdays": tuple(range(5)), "weekends": (5, 6)}
_AT = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_EXAMPLES = 'write "instant", "daily 07:00 16:30", "weekdays 07:00" or "mon,thu 07:00"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When a watch is told: at once, or in slots at times of day on days of the week."""

    kind: Literal["instant", "slots"]
    #: of the week, Monday is 0; in their order
    days: tuple[int, ...] = ()
    #: in the subscriber's zone, in their order; none for instant
    times: tuple[time, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Hours, in the subscriber's zone, in which no alert goes out at once; over midnight too."""

    begin: time
    end: time

    def holds(self, at: time) -> bool:
        """Return whether that time of day is a quiet one; the end is not."""
        if self.begin < self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


def daily(*times: time) -> Rhythm:
    """Return the rhythm of slots at these times every day."""
    return Rhythm(kind="slots", days=_NAMED["daily"], times=tuple(sorted(set(times))))


def written(rhythm: Rhythm) -> str:
    """Return a rhythm as it is written in files and tables; `read_rhythm` reads it back."""
    if rhythm.kind == "instant":
        return "instant"
    named = {days: name for name, days in _NAMED.items()}
    days = named.get(rhythm.days) or ",".join(DAYS[day] for day in rhythm.days)
    return " ".join([days, *(f"{at:%H:%M}" for at in rhythm.times)])


@lru_cache(maxsize=1024)
def read_rhythm(text: str) -> Rhythm:
    """Return the rhythm that was written. Raises ValueError, which says what is wrong with it."""
    words = text.lower().replace(", ", ",").split()
    if words == ["instant"]:
        return Rhythm(kind="instant")
    if words[:1] == ["weekly"]:
        words = words[1:]
        if len(words) != 2 or words[0] in _NAMED or "," in words[0]:
            raise ValueError(f'"{text}" is no weekly rhythm; write "weekly mon 07:00"')
    if len(words) < 2:
        raise ValueError(f'"{text}" is no rhythm{_meant(words)}; {_EXAMPLES}')
    days, times = _days(words[0], text), sorted({_time(word, text) for word in words[1:]})
    return Rhythm(kind="slots", days=days, times=tuple(times))


def read_quiet(text: str) -> Quiet:
    """Return the quiet hours that were written: "22:00-06:30". Raises ValueError."""
    begin, _, end = text.replace("–", "-").partition("-")
    hours = Quiet(begin=_time(begin.strip(), text), end=_time(end.strip(), text))
    if hours.begin == hours.end:
        raise ValueError(f'"{text}" is no time of quiet: it ends when it begins')
    return hours


def written_quiet(hours: Quiet) -> str:
    """Return quiet hours as they are written."""
    return f"{hours.begin:%H:%M}-{hours.end:%H:%M}"


def _days(word: str, text: str) -> tuple[int, ...]:
    if word in _NAMED:
        return _NAMED[word]
    names = word.split(",")
    for name in names:
        if name not in DAYS:
            raise ValueError(f'"{text}" is no rhythm: "{name}" is no day{_meant([name])}')
    return tuple(sorted({DAYS.index(name) for name in names}))


def _time(word: str, text: str) -> time:
    found = _AT.fullmatch(word)
    if found is None:
        raise ValueError(f'"{word}" in "{text}" is no time of day; write 07:00 or 16:30')
    return time(int(found[1]), int(found[2]))


def _meant(words: list[str]) -> str:
    known = ("instant", "weekly", *_NAMED, *DAYS)
    near = difflib.get_close_matches(words[0], known, n=1) if words else []
    return f' (did you mean "{near[0]}"?)' if near and near[0] != words[0] else ""
