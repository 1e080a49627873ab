"""The full-text engine of PostgreSQL: a tsvector of each story, in a table beside stories."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Boolean,
    Connection,
    LargeBinary,
    Row,
    Select,
    and_,
    cast,
    column,
    delete,
    func,
    literal,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR, insert

from archive.indexing.kept import Kept
from archive.tables import stories
from news import StoryRow
from query import IndexQuery
from query.tsearch import tsquery, tsvector

#: stories that are walked through before the index is asked for all others; a
#: few microseconds each
_RECENT = 5_000

# MAIN: a tsvector stands beside its row instead of in pieces elsewhere, so that
# the planner sees what reading it costs (信息港 over 20,000 stories: looked up in
# 1.5 ms instead of walked to in 6.8). The pending list makes putting a story in
# 3.5 times faster (0.34 ms instead of 1.2); a short one is soon looked through.
_MAKE = """
DROP TABLE IF EXISTS story_text;
DROP TABLE IF EXISTS story_text_tokens;
CREATE TABLE story_text_tokens (
    story bigint PRIMARY KEY REFERENCES stories (id),
    tokens bytea NOT NULL
);
CREATE TABLE story_text (
    story bigint PRIMARY KEY REFERENCES stories (id),
    words tsvector NOT NULL,
    whole boolean NOT NULL
);
ALTER TABLE story_text ALTER words SET STORAGE MAIN;
CREATE INDEX story_text_words ON story_text USING gin (words)
    WITH (fastupdate = on, gin_pending_list_limit = 512)
"""
_tokens = table("story_text_tokens", column("story"), column("tokens", LargeBinary))
_text = table("story_text", column("story"), column("words", TSVECTOR), column("whole", Boolean))


class Tsearch:
    """PostgreSQL's full-text engine; see `archive.indexing.index.FullText`."""

    def make(self, db: Connection) -> None:
        """Make an empty index, in the place of the one that is there."""
        db.exec_driver_sql(_MAKE)

    def put(self, db: Connection, story: int, title: str, body: str) -> None:
        """Index a story."""
        held = tsvector(title, body)
        row = {"story": story, "words": cast(held.text, TSVECTOR), "whole": held.whole}
        db.execute(insert(_text).values(row))

    def keep(self, db: Connection, story: int, tokens: bytes) -> None:
        """Keep a story's tokens."""
        db.execute(insert(_tokens).values(story=story, tokens=tokens))

    def remove(self, db: Connection, story: int, title: str, body: str) -> None:
        """Take a story out."""
        for held in (_text, _tokens):
            db.execute(delete(held).where(held.c.story == story))

    def narrow(self, statement: Select[Any], asked: IndexQuery) -> Select[Any]:
        """Let a select of stories return those only that may answer."""
        if asked.ask is None:
            return statement.add_columns(literal(asked.exact).label("sure"))
        query = tsquery(asked.ask)
        sure = and_(_text.c.whole, literal(asked.exact and query.exact))
        return (
            statement.add_columns(sure.label("sure"))
            .join(_text, _text.c.story == stories.c.id)
            .where(_text.c.words.bool_op("@@")(cast(query.text, TSQUERY)))
        )

    def newest(
        self,
        db: Connection,
        statement: Select[Any],
        asked: IndexQuery,
        limit: int,
        below: int | None,
    ) -> Sequence[Row[Any]]:
        """Return the newest of these rows.

        Asked for a few, the planner walks back through the stories as long as
        it thinks that a page is soon full. Of a phrase it thinks so wrongly
        where its words are frequent and it is rare: then it is let walk a
        short way only, and an order that no index has makes it look up the rest.
        """
        chosen = self.narrow(statement, asked)
        number = stories.c.id
        if below is not None:
            chosen = chosen.where(number < below)
        if asked.ask is None or not tsquery(asked.ask).positional:
            return db.execute(chosen.order_by(number.desc()).limit(limit)).all()
        oldest = (db.execute(select(func.max(number))).scalar() or 0) - _RECENT
        recent = chosen.where(number > oldest).order_by(number.desc())
        rows = db.execute(recent.limit(limit)).all()
        if len(rows) == limit:
            return rows
        others = chosen.where(number <= oldest).order_by((number + 0).desc())
        return [*rows, *db.execute(others.limit(limit - len(rows)))]

    def newest_stories(
        self, db: Connection, asked: IndexQuery, limit: int, below: int | None
    ) -> list[StoryRow] | None:
        """Return None: a row may be unsure, and the server's own time outweighs ours."""
        return None

    def newest_kept(
        self, db: Connection, asked: IndexQuery, limit: int, below: int, floor: int
    ) -> list[Kept] | None:
        """Return None, as above."""
        return None

    def stories_numbered(self, db: Connection, numbers: Sequence[int]) -> list[StoryRow] | None:
        """Return None, as above."""
        return None

    def count(
        self, db: Connection, asked: IndexQuery, limit: int, below: int | None
    ) -> tuple[int, int]:
        """Count what the index gives: stories that are held whole, and others."""
        assert asked.ask is not None, "without words the index has nothing to count"
        query = tsquery(asked.ask)
        chosen = select(_text.c.whole).where(
            _text.c.words.bool_op("@@")(cast(query.text, TSQUERY))
        )
        if below is not None:
            chosen = chosen.where(_text.c.story < below)
        held = chosen.limit(limit).subquery()
        by_whole = select(held.c.whole, func.count().label("n")).group_by(held.c.whole)
        numbers = {bool(row.whole): int(row.n) for row in db.execute(by_whole)}
        total = sum(numbers.values())
        sure = numbers.get(True, 0) if asked.exact and query.exact else 0
        return sure, total - sure

    def facets(
        self, db: Connection, asked: IndexQuery, limit: int
    ) -> dict[str, Counter[str]] | None:
        """Return None, as above."""
        return None
