"""Where a source's older stories stand: its deeper pages, its outlet's other ways, days by date. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from news import Outlet, Source, Way

#: the days in an address, as most news sites write them: /2018/09/17/slug
_DATED = re.compile(r"^(?P<before>(?:/[^/\d]+)?)/(?P<year>20\d\d)/(?P<month>\d\d)/(?P<day>\d\d)/")
#: addresses of which most must say their day before pages of days are guessed at
_FEWEST = 3
#: days of a gap whose own pages are asked for
MOST_DAYS = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One address that may show older stories."""

    #: pages of one family follow each other; one that brings nothing ends it
    family: str
    page: int
    #: how it is to be read, and the source that its stories belong to
    way: Way
    source: Source
    address: str


def mates(source: Source, outlet: Outlet) -> list[Step]:
    """Return the outlet's other ways, those with the longest memory first."""
    order: dict[Way, int] = {"sitemap": 0, "wordpress": 1, "feed": 2, "listing": 3}
    others = [one for one in outlet.sources if one.id != source.id]
    return [
        Step(family=one.id, page=1, way=one.way, source=one, address=one.address)
        for one in sorted(others, key=lambda one: order[one.way])
    ]


def pages(source: Source) -> list[Step]:
    """Return the second page of each form in which a source may have deeper ones.

    WordPress pages its feeds by "paged" and its interface by "page"; listings
    are paged by a query field or by their path. Sitemaps have no pages.
    """
    if source.way == "feed":
        return [_step(source, "paged", 2)]
    if source.way == "wordpress":
        return [_step(source, "page", 2)]
    return (
        [_step(source, "page", 2), _step(source, "/page/", 2)] if source.way == "listing" else []
    )


def after(step: Step) -> Step | None:
    """Return the page after a step of the same family, or None where it has none."""
    form = step.family.rpartition(" ")[2]
    if form not in ("paged", "page", "/page/"):
        return None
    return _step(step.source, form, step.page + 1)


def days(
    source: Source, outlet: Outlet, shown: Iterable[str], begin: date, end: date
) -> list[Step]:
    """Return the pages of the days from `end` back to `begin`, where stories' addresses say theirs."""
    forms: Counter[str] = Counter()
    total = 0
    for address in shown:
        total += 1
        found = _DATED.match(urlsplit(address).path)
        if found:
            forms[found["before"]] += 1
    before, often = forms.most_common(1)[0] if forms else ("", 0)
    if often < _FEWEST or often * 2 < total:
        return []
    return [
        Step(
            family="by day",
            page=number,
            way="listing",
            source=source,
            address=urljoin(outlet.home, f"{before}/{day:%Y/%m/%d}/"),
        )
        for number, day in enumerate(_back(begin, end), 1)
    ]


def gap_steps(
    source: Source, outlet: Outlet, shown: Sequence[str], begin: date, end: date
) -> list[Step]:
    """Return where the stories of a gap are looked for, in this order."""
    dated = days(source, outlet, shown, max(begin, end - MOST_DAYS), end)
    return [*mates(source, outlet), *pages(source), *dated]


def _back(begin: date, end: date) -> Iterator[date]:
    while end >= begin:
        yield end
        end -= timedelta(days=1)


def _step(source: Source, form: str, page: int) -> Step:
    parts = urlsplit(source.address)
    if form == "/page/":
        path = f"{parts.path.rstrip('/')}/page/{page}/"
        address = urlunsplit(parts._replace(path=path))
    else:
        fields = [one for one in parse_qsl(parts.query, keep_blank_values=True) if one[0] != form]
        address = urlunsplit(parts._replace(query=urlencode([*fields, (form, str(page))])))
    return Step(
        family=f"{source.id} {form}", page=page, way=source.way, source=source, address=address
    )
