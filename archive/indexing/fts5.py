"""The full-text engine of SQLite: an FTS5 table without text of its own.

It is contentless, so what is taken out of it must be given again.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, column, literal, table, text

from archive.indexing import quick_rows
from archive.indexing.kept import Kept
from archive.prepared import Prepared
from archive.tables import stories
from news import StoryRow
from query import FTS5_TOKENIZE, IndexQuery

_MAKE = (
    "CREATE VIRTUAL TABLE story_text USING fts5("
    f"title, body, content='', tokenize=\"{FTS5_TOKENIZE}\")"
)
_MAKE_TOKENS = "CREATE TABLE story_text_tokens (story INTEGER PRIMARY KEY, tokens BLOB NOT NULL)"
_PUT = Prepared(text("INSERT INTO story_text(rowid, title, body) VALUES (:story, :title, :body)"))
_REMOVE = text(
    "INSERT INTO story_text(story_text, rowid, title, body) "
    "VALUES ('delete', :story, :title, :body)"
)
_KEEP = Prepared(text("INSERT INTO story_text_tokens(story, tokens) VALUES (:story, :tokens)"))
_FORGET = text("DELETE FROM story_text_tokens WHERE story = :story")
_text = table("story_text", column("rowid"))
_MATCHES = text("story_text MATCH :match")
#: the plus keeps SQLite from asking the index once for each story instead
_FROM_INDEX = text("stories.id = +story_text.rowid")
_MATCHING = text("SELECT rowid FROM story_text WHERE story_text MATCH :match")


_COUNT = (
    "SELECT count(*) FROM (SELECT 1 FROM story_text "
    "WHERE story_text MATCH ? AND rowid < ? LIMIT ?)"
)


class Fts5:
    """SQLite's full-text engine; see `archive.indexing.index.FullText`."""

    def make(self, db: Connection) -> None:
        """Make an empty index, in the place of the one that is there."""
        for name in ("story_text", "story_text_tokens"):
            db.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
        db.exec_driver_sql(_MAKE)
        db.exec_driver_sql(_MAKE_TOKENS)

    def put(self, db: Connection, story: int, title: str, body: str) -> None:
        """Index a story."""
        _PUT.run(db, {"story": story, "title": title, "body": body})

    def keep(self, db: Connection, story: int, tokens: bytes) -> None:
        """Keep a story's tokens."""
        _KEEP.run(db, {"story": story, "tokens": tokens})

    def remove(self, db: Connection, story: int, title: str, body: str) -> None:
        """Take a story out; the text must be the one that was put in."""
        db.execute(_REMOVE, {"story": story, "title": title, "body": body})
        db.execute(_FORGET, {"story": story})

    def narrow(self, statement: Select[Any], asked: IndexQuery) -> Select[Any]:
        """Let a select of stories return those only that may answer."""
        statement = statement.add_columns(literal(asked.exact).label("sure"))
        if asked.match is None:
            return statement
        return statement.where(stories.c.id.in_(_MATCHING)).params(match=asked.match)

    def newest(
        self,
        db: Connection,
        statement: Select[Any],
        asked: IndexQuery,
        limit: int,
        below: int | None,
    ) -> Sequence[Row[Any]]:
        """Return the newest of these rows.

        By a join in the order of the index's own numbers, which it gives in
        that order: so it stops with the page. "id IN (SELECT …)" and an order
        by stories.id both read every match before the first row.
        """
        number = stories.c.id if asked.match is None else _text.c.rowid
        if below is not None:
            statement = statement.where(number < below)
        chosen = statement.add_columns(literal(asked.exact).label("sure"))
        if asked.match is not None:
            joined = chosen.join(_text, _FROM_INDEX).where(_MATCHES)
            chosen = joined.params(match=asked.match)
        return db.execute(chosen.order_by(number.desc()).limit(limit)).all()

    def newest_stories(
        self, db: Connection, asked: IndexQuery, limit: int, below: int | None
    ) -> list[StoryRow] | None:
        """Return the newest stories whole."""
        return quick_rows.newest(db, asked, limit, below)

    def newest_kept(
        self, db: Connection, asked: IndexQuery, limit: int, below: int, floor: int
    ) -> list[Kept] | None:
        """Return the newest stories between two numbers, with their tokens."""
        return quick_rows.newest_kept(db, asked, limit, below, floor)

    def stories_numbered(self, db: Connection, numbers: Sequence[int]) -> list[StoryRow] | None:
        """Return stories in this order."""
        return quick_rows.by_number(db, numbers)

    def count(
        self, db: Connection, asked: IndexQuery, limit: int, below: int | None
    ) -> tuple[int, int]:
        """Count what the index gives; no story's row is looked at."""
        values = (asked.match, 2**63 - 1 if below is None else below, limit)
        n = int(db.exec_driver_sql(_COUNT, values).scalar_one())
        return (n, 0) if asked.exact else (0, n)

    def facets(
        self, db: Connection, asked: IndexQuery, limit: int
    ) -> dict[str, Counter[str]] | None:
        """Count the newest stories by what they are."""
        return quick_rows.facets(db, asked, limit)
