"""Searching as people do it, by command or on the page: a page in either order, or everything."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection

from archive.keeping import stories
from archive.searching.ranking import After, ranked
from archive.searching.saved_searches import Sort
from archive.searching.search import Found, Unread, search
from archive.searching.search import page as newest_page
from harborwatch.exports import Record, atom, csv_text, json_lines, record
from harborwatch.ris import ris_text
from news import Outlet
from query import Query

Place = TypeVar("Place")

#: stories read at a time where everything is wanted
_PAGE = 100
#: entries of a feed where nothing else is asked for; readers fetch it again and again
FEED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A page of what a query finds."""

    found: tuple[Found, ...]
    #: where the next page goes on; "" where there is none
    after: str
    #: what was left to the next page because the budget was spent
    unread: Unread | None = None


def part(db: Connection, asked: Query, sort: Sort, limit: int, before: str) -> Part:
    """Return a page of an expanded query's stories.

    Raises ValueError where `before` is no place that a page of the same query
    and order ended at, QueryError where everything would have to be read.
    """
    if sort == "relevance":
        ranking = ranked(db, asked, limit=limit, after=_place(After.read, before))
        return Part(found=ranking.found, after=str(ranking.after or ""))
    page = newest_page(db, asked, limit=limit, before=_place(_story, before))
    after = "" if page.after is None else str(page.after)
    return Part(found=page.found, after=after, unread=page.unread)


def everything(db: Connection, asked: Query, sort: Sort) -> Iterator[Found]:
    """Yield everything that is found, page by page; by relevance, all that is ranked."""
    if sort == "relevance":
        ranking = ranked(db, asked, limit=_PAGE)
        yield from ranking.found
        while ranking.after is not None:
            ranking = ranked(db, asked, limit=_PAGE, after=ranking.after)
            yield from ranking.found
        return
    page = search(db, asked, limit=_PAGE)
    yield from page
    while len(page) == _PAGE:
        page = search(db, asked, limit=_PAGE, before=page[-1].story.id)
        yield from page


def exported(db: Connection, found: Iterable[Found]) -> Iterator[Record]:
    """Yield found stories as they leave for other programs."""
    every = iter(found)
    while some := tuple(islice(every, _PAGE)):
        updated = stories.revised_at(db, [one.story.id for one in some])
        yield from (record(one, updated[one.story.id]) for one in some)


def written(
    kind: str,
    asked: Query,
    records: Iterator[Record],
    address: str,
    now: datetime,
    *,
    outlets: Mapping[str, Outlet],
) -> Iterator[str]:
    """Yield a file of records, of the kind "csv", "jsonl", "ris" or "atom".

    `address` is where it will stand; by the catalogue of outlets some kinds
    say how these are called.
    """
    match kind:
        case "csv":
            yield from csv_text(records)
        case "jsonl":
            yield from json_lines(records)
        case "ris":
            yield from ris_text(records, outlets)
        case _:
            yield atom(asked.text, records, now, address)


def _story(text: str) -> int:
    """Return a story's number. Raises ValueError where no database counts so far."""
    number = int(text)
    if abs(number) >= 2**63:
        raise ValueError(text)
    return number


def _place(read: Callable[[str], Place], before: str) -> Place | None:
    return read(before) if before else None
