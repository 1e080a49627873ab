"""The full-text index: tokens of each story's latest revision, in FTS5.

The index holds no text of its own (contentless), so what is taken out of it
must be given again. It folds nothing itself: it gets the tokens that
query.index_text makes, and is built anew when the folding changes.
"""

from sqlalchemy import Connection, and_, select, text

from archive.rows import upsert
from archive.tables import facts, revisions, stories
from query import FOLDING_VERSION, FTS5_TOKENIZE, index_text

_MAKE = (
    "CREATE VIRTUAL TABLE story_text USING fts5("
    f"title, body, content='', tokenize=\"{FTS5_TOKENIZE}\")"
)
_PUT = text("INSERT INTO story_text(rowid, title, body) VALUES (:story, :title, :body)")
_REMOVE = text(
    "INSERT INTO story_text(story_text, rowid, title, body) "
    "VALUES ('delete', :story, :title, :body)"
)


def ensure(db: Connection) -> None:
    """Make the index, or make it anew where it was folded otherwise."""
    made = db.execute(select(facts.c.value).where(facts.c.name == "folding")).scalar()
    if made == str(FOLDING_VERSION):
        return
    db.exec_driver_sql("DROP TABLE IF EXISTS story_text")
    db.exec_driver_sql(_MAKE)
    latest = and_(revisions.c.story == stories.c.id, revisions.c.number == stories.c.revision)
    columns = (stories.c.id, revisions.c.title, revisions.c.body)
    for row in db.execute(select(*columns).join(revisions, latest)).all():
        put(db, row.id, row.title, row.body)
    fact = {"name": "folding", "value": str(FOLDING_VERSION)}
    upsert(db, facts, fact, key=("name",), change=("value",))


def put(db: Connection, story: int, title: str, body: str) -> None:
    """Index a story's text."""
    db.execute(_PUT, _folded(story, title, body))


def remove(db: Connection, story: int, title: str, body: str) -> None:
    """Take a story's text out; it must be the text that was put in."""
    db.execute(_REMOVE, _folded(story, title, body))


def _folded(story: int, title: str, body: str) -> dict[str, object]:
    return {"story": story, "title": index_text(title), "body": index_text(body)}
