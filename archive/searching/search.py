"""Search: a query's stories, newest first, a page at a time.

Where the index cannot decide, the matcher verifies its candidates on the
tokens that were kept of them, newest first and up to a budget. A page that
ends there says how far back it came, and goes on from there when asked.
"""

import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, select

from archive.grouping.following import followed
from archive.indexing import index
from archive.indexing.kept import Kept
from archive.keeping.stories import LATEST, load, rows
from archive.tables import amounts, stories
from news import StoryRow
from query import Document, Filter, Hit, IndexQuery, Match, Query, index_query, match
from query.syntax import Amount, walk
from query.terms import Term

#: candidates that are verified for a page: 0.05 to 0.08 ms each
READ = 2_500
#: how much more a candidate costs whose text must be folded: =Case looks at the
#: letters as they are written
FOLDING = 10
_OPERATORS = {"=": operator.eq, ">=": operator.ge, "<": operator.lt}
#: candidates read at a time
_CHUNK = 200
#: candidates left unread that are counted
_COUNTED = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A story that a query found, and by what."""

    story: StoryRow
    #: the words are looked for when they are first asked for
    match: Match


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many stories were counted."""

    n: int
    #: these are all; else there are at least so many
    whole: bool

    def __str__(self) -> str:
        return f"{self.n:,}" if self.whole else f"≥ {self.n:,}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """What a page left to the next one, because its budget was spent."""

    #: when the last candidate that was read was first seen
    back_to: datetime
    #: candidates that nobody has read
    candidates: Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Stories that a query finds, the newest first."""

    found: tuple[Found, ...]
    #: the story number under which the next page goes on; None: that was all
    after: int | None
    #: None: the page is full, or that was all
    unread: Unread | None = None


def search(
    db: Connection,
    query: Query,
    *,
    limit: int = 20,
    before: int | None = None,
) -> list[Found]:
    """Return the newest stories that an expanded query finds, however many must be verified.

    `before` is the number of the last story of the page before. Raises
    QueryError where the query could only be answered by reading everything.
    """
    found: list[Found] = []
    while len(found) < limit:
        part = page(db, query, limit=limit - len(found), before=before)
        found += part.found
        if part.after is None:
            break
        before = part.after
    return found


def page(
    db: Connection,
    query: Query,
    *,
    limit: int = 20,
    before: int | None = None,
    read: int = READ,
) -> Page:
    """Return a page of the stories that an expanded query finds, within a budget.

    `before` is where the last page ended (`Page.after`), `read` how many
    candidates are verified at most. Raises QueryError where the query could
    only be answered by reading everything.
    """
    query = followed(db, query)
    plan = index_query(query)
    if plan.exact:
        stories_found = index.newest_stories(db, plan, limit, below=before)
        if stories_found is not None:
            after = stories_found[-1].id if len(stories_found) == limit else None
            return Page(found=tuple(found_in(query, one) for one in stories_found), after=after)
    return _verified(db, query, plan, limit, before, allowed(query, read))


def allowed(query: Query, read: int) -> int:
    """Return how many candidates of a query a budget allows to be verified."""
    return max(1, read // FOLDING) if _folds(query) else read


def found_in(query: Query, story: StoryRow) -> Found:
    """Return a story that is known to be found, its words still to be looked for."""
    return Found(story=story, match=Match(hits=partial(_hits, query, story)))


def document_of(story: StoryRow, held: tuple[str, str] | None = None) -> Document:
    """Return a story as the matcher wants it; `held` are its tokens where they are known."""
    return Document.of(
        title=story.title,
        body=story.body,
        outlet=story.outlet,
        source=story.source,
        language=story.language,
        country=story.country,
        authors=story.authors,
        published=story.published_at,
        first_seen=story.first_seen_at,
        event=story.event,
        amounts=story.amounts,
        held=held,
    )


def _hits(query: Query, story: StoryRow) -> tuple[Hit, ...]:
    # The index and the matcher must agree (law 1); where they did not, a story
    # without marked words would be better than one that is not shown.
    said = match(query, document_of(story))
    return said.hits if said else ()


def _folds(query: Query) -> bool:
    """Say whether more than tokens must be read."""
    return any(isinstance(node, Term) and bool(node.cased) for node in walk(query.root))


def _verified(  # noqa: PLR0917 - a page's own arguments, and what was made of them
    db: Connection, query: Query, plan: IndexQuery, limit: int, before: int | None, budget: int
) -> Page:
    found: list[Found] = []
    left, last = budget, None
    for story, sure, held in _candidates(db, plan, before, limit, budget):
        if not sure and left == 0:
            assert last is not None, "a budget allows one candidate at least"
            return Page(found=tuple(found), after=last.id, unread=_unread(db, plan, last))
        last = story
        left -= not sure
        said = None if sure else match(query, document_of(story, held))
        if sure:
            found.append(found_in(query, story))
        elif said is not None:
            found.append(Found(story=story, match=said))
        if len(found) == limit:
            return Page(found=tuple(found), after=story.id)
    return Page(found=tuple(found), after=None)


def _unread(db: Connection, plan: IndexQuery, last: StoryRow) -> Unread:
    sure, unsure = how_many(db, plan, _COUNTED + 1, below=last.id)
    n = sure + unsure
    counted = Counted(n=min(n, _COUNTED), whole=n <= _COUNTED)
    return Unread(back_to=last.first_seen_at, candidates=counted)


def _candidates(
    db: Connection, plan: IndexQuery, before: int | None, limit: int, budget: int
) -> Iterator[tuple[StoryRow, bool, tuple[str, str] | None]]:
    """Yield stories that may answer, whether the index is sure that they do, and their tokens."""
    size = limit if plan.exact else max(1, min(_CHUNK, budget + 1))
    while True:
        chunk = newest_rows(db, LATEST, plan, size, below=before)
        held = index.held_tokens(db, [row.id for row in chunk if not row.sure])
        for row, story in zip(chunk, rows(db, chunk), strict=True):
            yield story, row.sure, held.get(story.id)
        if len(chunk) < size:
            return
        before = chunk[-1].id


def newest_kept(
    db: Connection, plan: IndexQuery, limit: int, *, below: int, floor: int
) -> list[Kept]:
    """Return the newest stories from one number on and under another, with their tokens."""
    quick = index.newest_kept(db, plan, limit, below=below, floor=floor)
    if quick is not None:
        return quick
    chosen = select(stories.c.id, stories.c.first_seen_at).where(stories.c.id >= floor)
    found = newest_rows(db, chosen, plan, limit, below=below)
    held = index.kept_of(db, [row.id for row in found])
    return [
        Kept(
            id=row.id,
            first_seen_at=row.first_seen_at,
            sure=row.sure,
            tokens=held[row.id],
        )
        for row in found
    ]


def numbered(db: Connection, numbers: Sequence[int]) -> list[StoryRow]:
    """Return stories in the order of their numbers given."""
    quick = index.stories_numbered(db, numbers)
    return load(db, numbers) if quick is None else quick


def how_many(
    db: Connection, plan: IndexQuery, limit: int, *, below: int | None = None
) -> tuple[int, int]:
    """Count stories under a number up to a limit: those that answer, those that may."""
    if not plan.filters and plan.ask is not None:
        return index.count(db, plan, limit, below=below)
    chosen = narrowed(db, select(stories.c.id), plan)
    if below is not None:
        chosen = chosen.where(stories.c.id < below)
    return index.counted(db, chosen, limit)


def _condition(condition: Filter) -> ColumnElement[bool]:
    if isinstance(condition.value, Amount):
        return _names(condition.value)
    when: ColumnElement[datetime] = func.coalesce(stories.c.published_at, stories.c.first_seen_at)
    columns: dict[str, ColumnElement[Any]] = {
        "outlet": stories.c.outlet,
        "source": stories.c.source,
        "language": stories.c.language,
        "country": stories.c.country,
        "when": when,
        "event": stories.c.event,
    }
    compared: ColumnElement[bool] = _OPERATORS[condition.op](
        columns[condition.field], condition.value
    )
    return compared


def _names(asked: Amount) -> ColumnElement[bool]:
    """Return the condition that a story names an amount as asked; see `query.amounts.holds`."""
    high, low = amounts.c.high, amounts.c.low
    so: ColumnElement[bool] = {
        ">": high > asked.value,
        ">=": high >= asked.value,
        "<": low < asked.value,
        "<=": low <= asked.value,
        "=": and_(low <= asked.value, high >= asked.value),
    }[asked.sign]
    return exists().where(
        amounts.c.story == stories.c.id, amounts.c.currency == asked.currency, so
    )


def newest_rows(
    db: Connection,
    statement: Select[Any],
    plan: IndexQuery,
    limit: int,
    *,
    below: int | None = None,
) -> Sequence[Row[Any]]:
    """Return the newest rows of a select of stories that may answer, each with `sure`."""
    narrower = statement.where(*map(_condition, plan.filters))
    return index.newest(db, narrower, plan, limit, below=below)


def narrowed(db: Connection, statement: Select[Any], plan: IndexQuery) -> Select[Any]:
    """Let a select of stories return those only that may answer; adds the column `sure`."""
    return index.narrow(db, statement, plan).where(*map(_condition, plan.filters))
