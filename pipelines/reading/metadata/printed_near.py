"""The dates that a page prints near its headline, and those further off."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from news import Dated, Precision
from pipelines.reading.dates import zones
from pipelines.reading.dates.dates import parse_printed
from pipelines.reading.dates.printed_forms import IS_PUBLISHED, IS_UPDATED
from pipelines.reading.dates.printed_words import fold
from pipelines.reading.fetched import Fetched
from pipelines.reading.metadata.nearby import Nearby

#: Longer lines are sentences: what they date is what they tell of.
_LINE = 120
#: A line that is a date is hardly longer; a caption that ends in a day is.
_DATE = 60
#: A bare weekday is a guess.
_LEAST = 0.6
#: More dates than these are those of other stories.
_MOST = 6


def printed_near(nearby: Nearby, page: Fetched) -> Iterator[Dated]:
    """Yield the dates beside the headline, the likeliest first.

    Behind the headline go before those above it, of which today's stands in
    the page's own head; a date with its time before a day alone; a short line
    before a caption.
    """
    behind = [*_read(nearby.behind, page), *_read(nearby.times, page)]
    before = list(_read(nearby.before, page))
    older = [moment for moment in before if not _is_today(moment, page)]
    yield from sorted(behind, key=lambda moment: _is_vague(moment, page))[:_MOST]
    yield from sorted(older or before, key=lambda moment: _is_vague(moment, page))[:_MOST]


def printed_elsewhere(nearby: Nearby, page: Fetched) -> Iterator[Dated]:
    """Yield the dates of elements that name themselves one, wherever they stand."""
    found = list(_read(nearby.dates, page))
    older = [moment for moment in found if not _is_today(moment, page)]
    yield from sorted(older or found, key=lambda moment: _is_vague(moment, page))[:_MOST]


def _read(texts: Iterable[str], page: Fetched) -> Iterator[Dated]:
    for text in texts:
        if len(text) > _LINE or not re.search(r"\d", text) or _is_change(text):
            continue
        moment = parse_printed(text, page.language, page.outlet.zone, page.now)
        if moment is not None and moment.confidence >= _LEAST:
            yield moment


def _is_change(text: str) -> bool:
    folded = fold(text[:_DATE])
    return bool(IS_UPDATED.match(folded)) and not IS_PUBLISHED.search(folded)


def _is_today(moment: Dated, page: Fetched) -> bool:
    return _day(moment, page) == page.now.astimezone(zones.tz(page.outlet.zone)).date()


def _day(moment: Dated, page: Fetched) -> date:
    return moment.at.astimezone(zones.tz(page.outlet.zone)).date()


def is_caption(moment: Dated) -> bool:
    """Tell whether a date is likely that of a picture: a long line that ends in a day."""
    return moment.precision is Precision.DAY and len(moment.text) > _DATE


def _is_vague(moment: Dated, page: Fetched) -> tuple[bool, bool, bool]:
    dayless = moment.precision is Precision.DAY
    return dayless and _is_today(moment, page), dayless, len(moment.text) > _DATE
