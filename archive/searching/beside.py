"""Stories beside a query: in an event with stories that it finds, but not found themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from archive.grouping.originals import NO_COPY
from archive.indexing import index
from archive.keeping.stories import load
from archive.searching.newest import Budget, newest
from archive.searching.search import document_of
from archive.tables import stories
from query import Document, Query, match

#: stories of the query that are followed to their events, the newest
FOLLOWED = Budget(matches=5_000, verified=2_500)
#: stories beside it, over all languages; and others of each language
BESIDE, OTHERS = 600, 400
#: how far back by number the others are looked for: a rare language has fewer
LATELY = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What a query finds, as far as was looked, and the events of that."""

    query: Query
    stories: frozenset[int]
    events: tuple[int, ...]


def followed(db: Connection, query: Query) -> Followed:
    """Follow an expanded query's newest stories to their events.

    Raises QueryError where the query could only be answered by reading everything.
    """
    found = newest(db, query, FOLLOWED).ids
    known = select(stories.c.event).where(stories.c.id.in_(found)).distinct()
    events = db.scalars(known.where(stories.c.event.is_not(None)))
    return Followed(query=query, stories=found, events=tuple(sorted(events)))


def beside(db: Connection, near: Followed, language: str = "") -> list[Document]:
    """Return the newest stories of the events that the query does not find; no copies."""
    chosen = select(stories.c.id).where(stories.c.event.in_(near.events))
    chosen = chosen.where(stories.c.id.not_in(near.stories))
    if language:
        chosen = chosen.where(stories.c.language == language)
    return _documents(db, chosen, near, BESIDE)


def others(db: Connection, near: Followed, language: str) -> list[Document]:
    """Return the newest stories of a language outside the events."""
    outside = stories.c.event.is_(None) | stories.c.event.not_in(near.events)
    chosen = select(stories.c.id).where(
        stories.c.id > index.highest(db) - LATELY, stories.c.language == language, outside
    )
    return _documents(db, chosen, near, OTHERS)


def _documents(db: Connection, chosen: Select[Any], near: Followed, limit: int) -> list[Document]:
    originals = chosen.where(NO_COPY).order_by(stories.c.id.desc())
    numbers: Sequence[int] = db.scalars(originals.limit(limit)).all()
    held = index.held_tokens(db, numbers)
    documents = (document_of(row, held.get(row.id)) for row in load(db, numbers))
    # Beyond the budget it is not known what the query finds.
    return [one for one in documents if match(near.query, one) is None]
