"""Volume over time as bars: what a template needs to draw an SVG. Pure.

Positions stand in attributes, colours in the style sheet: the page's policy
allows no inline style.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

#: the drawing's own units; the browser makes it as wide as its place
WIDTH, HEIGHT = 720, 96
#: more bars than this are joined to weeks, then months, then years
MOST_BARS = 92
#: fewer bars than this do not fill the width
FEW = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar, with the days it stands for."""

    since: date
    until: date
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars with their scale."""

    #: "day", "week", "month" or "year"
    unit: str
    bars: tuple[Bar, ...]
    #: the highest count
    most: int
    #: the bars do not fill the width
    few: bool
    width: int = WIDTH
    height: int = HEIGHT


def chart(
    counts: Sequence[tuple[date, int]], *, width: int = WIDTH, height: int = HEIGHT
) -> Chart | None:
    """Return bars of counts by day, days without any included; None where there is none."""
    by_day = dict(counts)
    if not by_day:
        return None
    unit, spans = _spans(min(by_day), max(by_day))
    sums = [sum(n for day, n in by_day.items() if a <= day <= b) for a, b in spans]
    most = max(sums)
    # Two days are no wall: a bar is never wider than one of eighteen, and they stand together.
    bar = round(max(1.0, 0.8 * width / max(len(spans), FEW)), 2)
    return Chart(
        unit=unit,
        most=most,
        few=len(spans) < FEW,
        width=width,
        height=height,
        bars=tuple(
            Bar(
                since=since,
                until=until,
                count=n,
                x=_x(at, len(spans), bar, width),
                y=round(height - _high(n, most, height), 2),
                width=bar,
                height=round(_high(n, most, height), 2),
            )
            for at, ((since, until), n) in enumerate(zip(spans, sums, strict=True))
        ),
    )


def _high(n: int, most: int, height: int) -> float:
    return max(1.5, n / most * height) if n else 0.0


def _x(at: int, count: int, bar: float, width: int) -> float:
    """Return where a bar begins: they fill the width, but few stand side by side at the left."""
    return 0.0 if count == 1 else round(at * min((width - bar) / (count - 1), width / FEW), 2)


def _spans(first: date, last: date) -> tuple[str, list[tuple[date, date]]]:
    days = (last - first).days + 1
    if days <= MOST_BARS:
        every = [first + timedelta(days=n) for n in range(days)]
        return "day", [(one, one) for one in every]
    monday = first - timedelta(days=first.weekday())
    if days <= 7 * MOST_BARS:
        weeks = [monday + timedelta(days=7 * n) for n in range((last - monday).days // 7 + 1)]
        return "week", [(one, one + timedelta(days=6)) for one in weeks]
    if days <= 31 * 2 * MOST_BARS:
        return "month", _months(first, last)
    years = range(first.year, last.year + 1)
    return "year", [(date(year, 1, 1), date(year, 12, 31)) for year in years]


def _months(first: date, last: date) -> list[tuple[date, date]]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    ends = [last.year * 12 + last.month - 1 - n for n in reversed(range(count))]
    starts = [date(month // 12, month % 12 + 1, 1) for month in ends]
    return [(one, _month_end(one)) for one in starts]


def _month_end(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
