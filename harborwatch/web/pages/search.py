"""The search page: the language of questions over the whole archive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from archive.searching import saved_searches
from archive.searching.facets import Facets, facets
from archive.searching.saved_searches import Sort
from harborwatch.searching import Part, part
from harborwatch.web.asking import Ask, PageError
from harborwatch.web.charts import Chart, chart
from harborwatch.web.pages.lines import FoundLine, found_line
from harborwatch.web.pages.mistakes import Mistake, mistake
from harborwatch.web.pages.refining import Clause, between, clauses, loosened, narrower
from harborwatch.web.site import Site
from news import QueryError
from query import Query, expand, parse

#: stories on a page, values of a facet that are named, characters of a question
PAGE, VALUES, LONGEST = 25, 10, 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value of a facet, with the question that asks for it besides."""

    value: str
    #: for a person
    name: str
    #: of the name, where that is known
    language: str
    count: int
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """What the stories are in one respect."""

    #: "topic", "outlet", "language", "country" or "day"
    name: str
    values: tuple[Value, ...]
    #: values that are not named
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """When the stories were published; each bar with its question."""

    chart: Chart
    queries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A search that was saved."""

    name: str
    query: str
    sort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """What a question finds, or why it cannot be asked."""

    query: str
    #: "date" or "relevance"
    sort: str
    found: tuple[FoundLine, ...]
    #: where the next page goes on: the parameter `before`; "" where there is none
    after: str
    #: how many stories there are; None on later pages and where nothing was asked
    total: int | None
    #: these are all; else there are at least so many
    whole: bool
    facets: tuple[Facet, ...]
    clauses: tuple[Clause, ...]
    volume: Volume | None
    #: where nothing was found: a wider question; "" where there is none
    wider: str
    #: a page that ended early says how far back it came
    back_to: datetime | None
    mistake: Mistake | None
    saved: tuple[Saved, ...]


def search(site: Site, db: Connection, ask: Ask) -> SearchPage:
    """Search: `q` in the language of questions, `sort` date or relevance, `before` for more."""
    text = ask.text("q")
    if not text:
        return _nothing_asked(db, ask)
    try:
        plain = parse(text[:LONGEST])
        asked = expand(plain, site.topics)
        found = _part(db, ask, asked)
        counted = facets(db, asked) if not ask.text("before") else None
    except QueryError as error:
        return _mistaken(ask, text, mistake(error, site.topics, ask.wording))
    return SearchPage(
        query=text,
        sort=sort_of(ask),
        found=tuple(found_line(site, one) for one in found.found),
        after=found.after,
        total=counted.total.n if counted else None,
        whole=counted is None or counted.total.whole,
        facets=_facets(site, ask, plain, counted) if counted else (),
        clauses=clauses(plain),
        volume=_volume(plain, counted) if counted else None,
        wider="" if found.found else loosened(plain),
        back_to=found.unread.back_to if found.unread else None,
        mistake=None,
        saved=(),
    )


def sort_of(ask: Ask) -> Sort:
    """Return the order that is asked for. Raises PageError where there is no such order."""
    match ask.text("sort", "date"):
        case "date" | "":
            return "date"
        case "relevance":
            return "relevance"
    raise PageError(400, ask.wording("error.sort"))


def _part(db: Connection, ask: Ask, asked: Query) -> Part:
    try:
        return part(db, asked, sort_of(ask), PAGE, ask.text("before"))
    except QueryError:
        raise
    except ValueError as error:
        raise PageError(400, ask.wording("error.place")) from error


def _facets(site: Site, ask: Ask, asked: Query, counted: Facets) -> tuple[Facet, ...]:
    return tuple(
        Facet(
            name=name,
            values=tuple(
                Value(
                    value=value,
                    name=_name(site, ask, name, value),
                    language=site.topic_language(value) if name == "topic" and value else "",
                    count=n,
                    query=narrower(asked, name, value),
                )
                for value, n in values[:VALUES]
            ),
            more=max(0, len(values) - VALUES),
        )
        for name, values in counted.values.items()
        if values
    )


def _name(site: Site, ask: Ask, facet: str, value: str) -> str:
    if not value:
        return ask.wording("search.not_known")
    match facet:
        case "topic":
            return site.topic_title(value)
        case "outlet":
            return site.outlet_name(value)
        case "day":
            return value
    return ask.wording.name(facet, value)


def _volume(asked: Query, counted: Facets) -> Volume | None:
    drawn = chart([(date.fromisoformat(day), n) for day, n in counted.values["day"]])
    if drawn is None:
        return None
    return Volume(
        chart=drawn, queries=tuple(between(asked, one.since, one.until) for one in drawn.bars)
    )


def _nothing_asked(db: Connection, ask: Ask) -> SearchPage:
    return _empty(ask, "", None, [_saved(one) for one in saved_searches.listed(db)])


def _mistaken(ask: Ask, text: str, wrong: Mistake) -> SearchPage:
    return _empty(ask, text, wrong, ())


def _empty(ask: Ask, text: str, wrong: Mistake | None, saved: Sequence[Saved]) -> SearchPage:
    return SearchPage(
        query=text,
        sort=sort_of(ask),
        found=(),
        after="",
        total=None,
        whole=True,
        facets=(),
        clauses=(),
        volume=None,
        wider="",
        back_to=None,
        mistake=wrong,
        saved=tuple(saved),
    )


def _saved(one: saved_searches.SavedSearch) -> Saved:
    return Saved(name=one.name, query=one.query, sort=one.sort)
