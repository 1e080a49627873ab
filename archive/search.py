"""Search: a query's stories, newest first, a page at a time."""

import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func

from archive import index
from archive.stories import LATEST, rows
from archive.tables import stories
from news import StoryRow
from query import Document, Filter, IndexQuery, Match, Query, index_query, match

#: candidates read at a time where the index alone cannot decide
_CHUNK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A story that a query found, and by what."""

    story: StoryRow
    match: Match


def search(
    db: Connection,
    query: Query,
    *,
    limit: int = 20,
    before: int | None = None,
    marked: bool = True,
) -> list[Found]:
    """Return the newest stories that an expanded query finds.

    `before` is the number of the last story of the page before. Without
    `marked`, the words are not looked for where the index alone decides: that
    takes ten times as long as to find the stories. Raises QueryError where the
    query could only be answered by reading everything.
    """
    plan = index_query(query)
    found: list[Found] = []
    for story, sure in _candidates(db, plan, before, _CHUNK if not plan.exact else limit):
        hit = match(query, document_of(story)) if marked or not sure else None
        if hit is not None:
            found.append(Found(story=story, match=hit))
        elif sure:
            # The index and the matcher must agree (law 1); a story without
            # marked words is better than a story that is not shown.
            found.append(Found(story=story, match=Match(hits=())))
        if len(found) == limit:
            break
    return found


def document_of(story: StoryRow) -> Document:
    """Return a story as the matcher wants it."""
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
    )


def _candidates(
    db: Connection, plan: IndexQuery, before: int | None, chunk: int
) -> Iterator[tuple[StoryRow, bool]]:
    """Yield stories that may answer, and whether the index is sure that they do."""
    while True:
        page = _page(db, plan, before, chunk)
        yield from zip(rows(db, page), [row.sure for row in page], strict=True)
        if len(page) < chunk:
            return
        before = page[-1].id


def _page(db: Connection, plan: IndexQuery, before: int | None, limit: int) -> Sequence[Row[Any]]:
    return newest_rows(db, LATEST, plan, limit, below=before)


def _condition(condition: Filter) -> ColumnElement[bool]:
    when: ColumnElement[datetime] = func.coalesce(stories.c.published_at, stories.c.first_seen_at)
    columns: dict[str, ColumnElement[Any]] = {
        "outlet": stories.c.outlet,
        "source": stories.c.source,
        "language": stories.c.language,
        "country": stories.c.country,
        "when": when,
    }
    operators = {"=": operator.eq, ">=": operator.ge, "<": operator.lt}
    compared: ColumnElement[bool] = operators[condition.op](
        columns[condition.field], condition.value
    )
    return compared


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
