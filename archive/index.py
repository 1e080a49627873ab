"""The full-text index: tokens of each story's latest revision, in the database's own engine.

It folds nothing itself: it gets the tokens that query.index_text makes, and
is built anew when the folding changes.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Row, Select, and_, select

from archive.fts5 import Fts5
from archive.rows import upsert
from archive.tables import facts, revisions, stories
from archive.tsearch import Tsearch
from query import FOLDING_VERSION, IndexQuery, index_text

#: stories that are indexed at a time when the index is made anew
_CHUNK = 500


class FullText(Protocol):
    """A database's full-text engine; texts are tokens joined by spaces."""

    def make(self, db: Connection) -> None:
        """Make an empty index, in the place of the one that is there."""
        ...

    def put(self, db: Connection, story: int, title: str, body: str) -> None:
        """Index a story."""
        ...

    def remove(self, db: Connection, story: int, title: str, body: str) -> None:
        """Take a story out; the text must be the one that was put in."""
        ...

    def narrow(self, statement: Select[Any], asked: IndexQuery) -> Select[Any]:
        """Let a select of stories return those only that may answer.

        Adds a column `sure`: this row needs no verifying.
        """
        ...

    def newest(
        self,
        db: Connection,
        statement: Select[Any],
        asked: IndexQuery,
        limit: int,
        below: int | None,
    ) -> Sequence[Row[Any]]:
        """Return the newest of these rows under a number, in the quickest way for a few."""
        ...


_ENGINES: Mapping[str, FullText] = {"sqlite": Fts5(), "postgresql": Tsearch()}


def ensure(db: Connection) -> None:
    """Make the index, or make it anew where it was folded otherwise."""
    if is_current(db):
        return
    _engine(db).make(db)
    after = 0
    while texts := _texts(db, after):
        for story, title, body in texts:
            put(db, story, title, body)
        after = texts[-1][0]
    fact = {"name": "folding", "value": str(FOLDING_VERSION)}
    upsert(db, facts, fact, key=("name",), change=("value",))


def is_current(db: Connection) -> bool:
    """Return whether the index was made with today's folding."""
    made = db.execute(select(facts.c.value).where(facts.c.name == "folding")).scalar()
    return bool(made == str(FOLDING_VERSION))


def put(db: Connection, story: int, title: str, body: str) -> None:
    """Index a story's text."""
    _engine(db).put(db, story, index_text(title), index_text(body))


def remove(db: Connection, story: int, title: str, body: str) -> None:
    """Take a story's text out; it must be the text that was put in."""
    _engine(db).remove(db, story, index_text(title), index_text(body))


def narrow(db: Connection, statement: Select[Any], asked: IndexQuery) -> Select[Any]:
    """Let a select of stories return those only that may answer; adds the column `sure`."""
    return _engine(db).narrow(statement, asked)


def newest(
    db: Connection,
    statement: Select[Any],
    asked: IndexQuery,
    limit: int,
    *,
    below: int | None = None,
) -> Sequence[Row[Any]]:
    """Return the newest stories of a select that may answer, each with `sure`.

    With `below`, those only whose number is less.
    """
    return _engine(db).newest(db, statement, asked, limit, below)


def _engine(db: Connection) -> FullText:
    return _ENGINES[db.dialect.name]


def _texts(db: Connection, after: int) -> list[tuple[int, str, str]]:
    latest = and_(revisions.c.story == stories.c.id, revisions.c.number == stories.c.revision)
    columns = (stories.c.id, revisions.c.title, revisions.c.body)
    chunk = select(*columns).join(revisions, latest).where(stories.c.id > after)
    found = db.execute(chunk.order_by(stories.c.id).limit(_CHUNK))
    return [(row.id, row.title, row.body) for row in found]
