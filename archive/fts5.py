"""The full-text engine of SQLite: an FTS5 table without text of its own.

It is contentless, so what is taken out of it must be given again.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, column, literal, table, text

from archive.tables import stories
from query import FTS5_TOKENIZE, IndexQuery

_MAKE = (
    "CREATE VIRTUAL TABLE story_text USING fts5("
    f"title, body, content='', tokenize=\"{FTS5_TOKENIZE}\")"
)
_PUT = text("INSERT INTO story_text(rowid, title, body) VALUES (:story, :title, :body)")
_REMOVE = text(
    "INSERT INTO story_text(story_text, rowid, title, body) "
    "VALUES ('delete', :story, :title, :body)"
)
_text = table("story_text", column("rowid"))
_MATCHES = text("story_text MATCH :match")
#: the plus keeps SQLite from asking the index once for each story instead
_FROM_INDEX = text("stories.id = +story_text.rowid")
_MATCHING = text("SELECT rowid FROM story_text WHERE story_text MATCH :match")


class Fts5:
    """SQLite's full-text engine; see `archive.index.FullText`."""

    def make(self, db: Connection) -> None:
        """Make an empty index, in the place of the one that is there."""
        db.exec_driver_sql("DROP TABLE IF EXISTS story_text")
        db.exec_driver_sql(_MAKE)

    def put(self, db: Connection, story: int, title: str, body: str) -> None:
        """Index a story."""
        db.execute(_PUT, {"story": story, "title": title, "body": body})

    def remove(self, db: Connection, story: int, title: str, body: str) -> None:
        """Take a story out; the text must be the one that was put in."""
        db.execute(_REMOVE, {"story": story, "title": title, "body": body})

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
