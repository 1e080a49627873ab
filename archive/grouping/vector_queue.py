"""The queue of vectors: which stories wait for one, those that somebody watches first.

A row is written with the story and deleted with its vector, so nothing is
forgotten and nothing embedded twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    Connection,
    Integer,
    and_,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)

from archive.rows import upsert
from archive.tables import facts, to_embed, vector_means, vectors

_MODEL = "vector_model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many stories wait for their vector."""

    #: a topic or a watch found them
    wanted: int
    #: nobody asked for them: they are embedded when nothing else is to do
    rest: int


def add(db: Connection, story: int, revision: int, *, wanted: bool) -> None:
    """Let a story's revision wait for its vector."""
    row = {"story": story, "revision": revision, "wanted": wanted}
    upsert(db, to_embed, row, key=("story",), change=("revision", "wanted"))


def want(db: Connection, stories: Sequence[int]) -> None:
    """Move stories that a watch found to the front."""
    if stories:
        mine = to_embed.c.story.in_(list(stories))
        db.execute(update(to_embed).where(mine).values(wanted=True))


def first(db: Connection, limit: int, *, wanted: bool) -> list[tuple[int, int]]:
    """Return (story, revision) pairs that wait: the newest, of the wanted or of the rest."""
    waiting = select(to_embed.c.story, to_embed.c.revision).where(to_embed.c.wanted.is_(wanted))
    found = db.execute(waiting.order_by(to_embed.c.story.desc()).limit(limit))
    return [(row.story, row.revision) for row in found]


def done(db: Connection, story: int, revision: int | None = None) -> bool:
    """Take a story off the queue; returns whether it stood there, with that revision."""
    mine = to_embed.c.story == story
    if revision is not None:
        mine = and_(mine, to_embed.c.revision == revision)
    kept = {"preserve_rowcount": True}
    return bool(db.execute(delete(to_embed).where(mine), execution_options=kept).rowcount)


def model(db: Connection) -> str:
    """Return the name of the model that the archive's vectors are of."""
    return db.execute(select(facts.c.value).where(facts.c.name == _MODEL)).scalar() or ""


def change_model(db: Connection, name: str) -> None:
    """Let the vectors be of another model: those that stand here wait to be made again."""
    columns = (vectors.c.story, vectors.c.revision, literal(value=False))
    kept = select(*columns).where(~exists().where(to_embed.c.story == vectors.c.story))
    db.execute(insert(to_embed).from_select(["story", "revision", "wanted"], kept))
    for table in (vectors, vector_means):
        db.execute(delete(table))
    upsert(db, facts, {"name": _MODEL, "value": name}, key=("name",), change=("value",))


def count(db: Connection) -> Waiting:
    """Return how many wait."""
    total = func.count().label("n")
    wanted = func.coalesce(func.sum(cast(to_embed.c.wanted, Integer)), 0).label("wanted")
    row = db.execute(select(total, wanted)).one()
    return Waiting(wanted=int(row.wanted), rest=int(row.n) - int(row.wanted))
