"""Relative times in ten languages: two hours ago, 5 menit lalu, 刚刚."""

from datetime import UTC, datetime, timedelta

from news import Dated, Precision
from pipelines.reading.dates import zones
from pipelines.reading.dates.printed_forms import AGO, IS_JUST_NOW
from pipelines.reading.dates.printed_words import AGO_AFTER, AGO_BEFORE, UNITS

#: Longer texts are sentences: what happened three days ago is no date of the story.
_LONGEST = 80
_DAY = 86_400


def relative(folded: str, text: str, zone: str, now: datetime) -> Dated | None:
    """Return the time of a text that counts back from `now`, or None.

    `folded` is the folded form of `text`. From a day on, only the day is known.
    """
    if len(folded) > _LONGEST:
        return None
    counts = any(word in folded for word in (*AGO_AFTER, *AGO_BEFORE))
    counted = list(AGO.finditer(folded)) if counts else []
    for index, match in enumerate(counted):
        if match["before"] or match["after"]:
            # "1 hour 5 minutes ago": what stands right before belongs to it.
            start = index
            while start and not folded[counted[start - 1].end() : counted[start].start()].strip():
                start -= 1
            seconds = sum(map(_seconds, (one.groupdict() for one in counted[start : index + 1])))
            return _before(now, seconds, text, zone)
    return _before(now, 0, text, zone) if IS_JUST_NOW.search(folded) else None


def _seconds(parts: dict[str, str | None]) -> int:
    count, unit = parts["count"] or "", parts["unit"] or ""
    return (int(count) if count.isdecimal() else 1) * UNITS[unit]


def _before(now: datetime, seconds: int, text: str, zone: str) -> Dated:
    at = now.astimezone(UTC) - timedelta(seconds=seconds)
    precision = Precision.MINUTE
    if seconds >= _DAY:
        at, precision = zones.at_noon(at.astimezone(zones.tz(zone)).date(), zone), Precision.DAY
    return Dated(
        at=at, text=" ".join(text.split())[:200], zone=zone, origin="printed",
        precision=precision, confidence=0.6,
    )  # fmt: skip
