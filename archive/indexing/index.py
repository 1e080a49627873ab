"""The full-text index: tokens of each story's latest revision, in the database's own engine.

It folds nothing itself: it gets the tokens that query.index_text makes, and
is built anew when the folding changes. Beside it the tokens of each story are
kept whole (story_text_tokens): what the engine cannot decide is verified, and
what is found is ranked, without folding a text again.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import (
    Connection,
    LargeBinary,
    Row,
    Select,
    and_,
    column,
    func,
    select,
    table,
    text,
)

from archive.indexing.fts5 import Fts5
from archive.indexing.kept import Kept, kept_tokens, tokens_of
from archive.indexing.tsearch import Tsearch
from archive.rows import upsert
from archive.tables import facts, revisions, stories
from news import StoryRow
from query import FOLDING_VERSION, IndexQuery, index_text

#: raised when something else than the folding changes what is kept of a story
_LAYOUT = 2

_tokens = table("story_text_tokens", column("story"), column("tokens", LargeBinary))

_HIGHEST = text("SELECT max(id) FROM stories")

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

    def keep(self, db: Connection, story: int, tokens: bytes) -> None:
        """Keep a story's tokens."""
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

    def newest_stories(
        self, db: Connection, asked: IndexQuery, limit: int, below: int | None
    ) -> list[StoryRow] | None:
        """Return the newest stories whole, where that is quicker; None where it is not."""
        ...

    def newest_kept(
        self, db: Connection, asked: IndexQuery, limit: int, below: int, floor: int
    ) -> list[Kept] | None:
        """Return the newest stories between two numbers; None: read them as rows."""
        ...

    def stories_numbered(self, db: Connection, numbers: Sequence[int]) -> list[StoryRow] | None:
        """Return stories in this order, where that is quicker; None where it is not."""
        ...

    def count(
        self, db: Connection, asked: IndexQuery, limit: int, below: int | None
    ) -> tuple[int, int]:
        """Count what the index alone gives, whatever the filters: sure ones, and others."""
        ...

    def facets(
        self, db: Connection, asked: IndexQuery, limit: int
    ) -> dict[str, Counter[str]] | None:
        """Count the newest stories by what they are; None: they are to be read as rows."""
        ...


#: how an index is that needs not be made anew
_MADE = f"{FOLDING_VERSION}.{_LAYOUT}"

_ENGINES: Mapping[str, FullText] = {"sqlite": Fts5(), "postgresql": Tsearch()}


def ensure(db: Connection) -> None:
    """Make the index, or make it anew where it was folded otherwise."""
    if not is_current(db):
        make_anew(db)


def make_anew(db: Connection) -> None:
    """Make the index of the stories' latest texts, in the place of what is there."""
    _engine(db).make(db)
    after: int | None = 0
    while after is not None:
        after = fill(db, after)
    fact = {"name": "folding", "value": _MADE}
    upsert(db, facts, fact, key=("name",), change=("value",))


def fill(db: Connection, after: int) -> int | None:
    """Index some stories with higher numbers; returns the highest, or None: there are no more."""
    texts = _texts(db, after)
    for story, title, body in texts:
        put(db, story, title, body)
    return texts[-1][0] if texts else None


def is_current(db: Connection) -> bool:
    """Return whether the index was made with today's folding."""
    made = db.execute(select(facts.c.value).where(facts.c.name == "folding")).scalar()
    return bool(made == _MADE)


def put(db: Connection, story: int, title: str, body: str) -> None:
    """Index a story's text."""
    put_tokens(db, story, index_text(title), index_text(body))


def put_tokens(db: Connection, story: int, title: str, body: str) -> None:
    """Index a story by what index_text made of its headline and body."""
    engine = _engine(db)
    engine.put(db, story, title, body)
    engine.keep(db, story, kept_tokens(title, body))


def remove(db: Connection, story: int, title: str, body: str) -> None:
    """Take a story's text out; it must be the text that was put in."""
    _engine(db).remove(db, story, index_text(title), index_text(body))


def narrow(db: Connection, statement: Select[Any], asked: IndexQuery) -> Select[Any]:
    """Let a select of stories return those only that may answer; adds the column `sure`."""
    return _engine(db).narrow(_unpurged(statement), asked)


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
    return _engine(db).newest(db, _unpurged(statement), asked, limit, below)


def _unpurged(statement: Select[Any]) -> Select[Any]:
    # Purged stories are in no index, but a question without words does not ask it.
    return statement.where(stories.c.purged_at.is_(None))


def newest_stories(
    db: Connection, asked: IndexQuery, limit: int, *, below: int | None = None
) -> list[StoryRow] | None:
    """Return the newest stories of an exact ask; None: they are to be read as rows."""
    return _engine(db).newest_stories(db, asked, limit, below)


def newest_kept(
    db: Connection, asked: IndexQuery, limit: int, *, below: int, floor: int
) -> list[Kept] | None:
    """Return the newest stories from one number on and under another; None: read them as rows."""
    return _engine(db).newest_kept(db, asked, limit, below, floor)


def stories_numbered(db: Connection, numbers: Sequence[int]) -> list[StoryRow] | None:
    """Return stories in the order of their numbers given; None: they are to be read as rows."""
    return _engine(db).stories_numbered(db, numbers)


def facets(db: Connection, asked: IndexQuery, limit: int) -> dict[str, Counter[str]] | None:
    """Count the newest stories of an exact ask by what they are; None: read them as rows."""
    return _engine(db).facets(db, asked, limit)


def highest(db: Connection) -> int:
    """Return the highest number of a story; 0 where there is none."""
    return db.execute(_HIGHEST).scalar() or 0


def count(
    db: Connection, asked: IndexQuery, limit: int, *, below: int | None = None
) -> tuple[int, int]:
    """Count the stories of an ask without filters, up to a limit: sure ones, and others."""
    return _engine(db).count(db, asked, limit, below)


def counted(db: Connection, narrowed: Select[Any], limit: int) -> tuple[int, int]:
    """Count a narrowed select's rows up to a limit: sure ones, and others."""
    chosen = narrowed.limit(limit).subquery()
    by_sure = select(chosen.c.sure, func.count().label("n")).group_by(chosen.c.sure)
    numbers = {bool(row.sure): int(row.n) for row in db.execute(by_sure)}
    return numbers.get(True, 0), numbers.get(False, 0)


def held_tokens(db: Connection, numbers: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return the tokens of headline and body that were kept of stories."""
    return {number: tokens_of(kept) for number, kept in kept_of(db, numbers).items()}


def kept_of(db: Connection, numbers: Sequence[int]) -> dict[int, bytes]:
    """Return what was kept of stories' tokens."""
    if not numbers:
        return {}
    kept = select(_tokens.c.story, _tokens.c.tokens).where(_tokens.c.story.in_(numbers))
    return {row.story: row.tokens for row in db.execute(kept)}


def _engine(db: Connection) -> FullText:
    return _ENGINES[db.dialect.name]


def _texts(db: Connection, after: int) -> list[tuple[int, str, str]]:
    latest = and_(revisions.c.story == stories.c.id, revisions.c.number == stories.c.revision)
    columns = (stories.c.id, revisions.c.title, revisions.c.body)
    chunk = select(*columns).join(revisions, latest).where(stories.c.id > after)
    found = db.execute(chunk.order_by(stories.c.id).limit(_CHUNK))
    return [(row.id, row.title, row.body) for row in found]
