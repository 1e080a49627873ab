"""Vectors: what stories mean, as an embedder saw it; one byte a number.

Kept as they came and centred only when two are compared, so that it does not
matter which came first. The means of the languages are learnt state: replay
gives the same groups with the same means (law 7).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, bindparam, delete, func, select

from archive.prepared import Prepared
from archive.rows import upsert
from archive.tables import stories, vector_means, vectors

#: vectors of a language that its mean is learnt from, the newest stories'
LEARNT_FROM = 2000

_COLUMNS = (
    vectors.c.story,
    vectors.c.language,
    vectors.c.revision,
    vectors.c.at,
    vectors.c.scale,
    vectors.c.vector,
)
_OF = Prepared(select(*_COLUMNS).where(vectors.c.story.in_(bindparam("wanted", expanding=True))))

Values = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """A story's vector."""

    story: int
    language: str
    #: of the story, which it was made from
    revision: int = 1
    #: when the story was published, or first seen
    at: datetime
    #: of length 1 but for rounding
    values: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """The middle of a language's vectors."""

    #: stories it was learnt from
    stories: int
    values: Values


def put(db: Connection, story: int, revision: int, values: Values) -> None:
    """Keep the vector of a story's revision in place of an earlier one."""
    at = select(stories.c.event_at, stories.c.language).where(stories.c.id == story)
    known = db.execute(at).one()
    scale = float(np.abs(values).max()) / 127 or 1.0
    row = {
        "story": story,
        "revision": revision,
        "language": known.language,
        "at": known.event_at,
        "scale": scale,
        "vector": np.round(values / scale).astype(np.int8).tobytes(),
    }
    change = ("revision", "language", "at", "scale", "vector")
    upsert(db, vectors, row, key=("story",), change=change)


def of(db: Connection, wanted: Iterable[int]) -> dict[int, Vector]:
    """Return the vectors of those stories that have one."""
    return {row[0]: _vector(*row) for row in _OF.rows(db, {"wanted": list(wanted)})}


def between(db: Connection, begin: datetime, end: datetime) -> list[Vector]:
    """Return the vectors of the stories told between two times, in their order."""
    within = vectors.c.at.between(begin, end)
    found = db.execute(select(*_COLUMNS).where(within).order_by("story"))
    return [_vector(*row) for row in found]


def every(db: Connection) -> list[Vector]:
    """Return all vectors, in the order of their stories."""
    return [_vector(*row) for row in db.execute(select(*_COLUMNS).order_by(vectors.c.story))]


def means(db: Connection) -> dict[str, Mean]:
    """Return the means that were learnt, by language."""
    return {
        row.language: Mean(stories=row.stories, values=np.frombuffer(row.mean, np.float32))
        for row in db.execute(select(vector_means))
    }


def learn_means(db: Connection) -> bool:
    """Learn the mean of each language anew; returns whether any has moved.

    From the newest stories by number, so that the order in which their
    vectors came says nothing.
    """
    before = means(db)
    counted = select(vectors.c.language, func.count().label("n")).group_by(vectors.c.language)
    for language in [row.language for row in db.execute(counted.order_by(vectors.c.language))]:
        mean = _mean(db, language)
        row = {"language": language, "stories": mean.stories, "mean": mean.values.tobytes()}
        upsert(db, vector_means, row, key=("language",), change=("stories", "mean"))
    return _moved(before, means(db))


def set_means(db: Connection, known: Mapping[str, Mean]) -> None:
    """Put learnt means in the place of those that stand here."""
    db.execute(delete(vector_means))
    for language, mean in known.items():
        row = {"language": language, "stories": mean.stories, "mean": mean.values.tobytes()}
        upsert(db, vector_means, row, key=("language",))


def learnable(db: Connection) -> bool:
    """Return whether some language has a fifth more vectors than its mean was learnt from."""
    counted = select(vectors.c.language, func.count().label("n")).group_by(vectors.c.language)
    known = means(db)
    return any(
        row.n > 1.2 * known[row.language].stories
        if row.language in known and known[row.language].stories < LEARNT_FROM
        else row.language not in known
        for row in db.execute(counted)
    )


def newest(db: Connection) -> datetime | None:
    """Return when the newest story that has a vector was told."""
    latest = select(vectors.c.at).order_by(vectors.c.at.desc()).limit(1)
    return db.execute(latest).scalar()


def stories_since(db: Connection, since: datetime) -> Sequence[int]:
    """Return the stories told since then that have a vector and are nobody's copy."""
    mine = and_(vectors.c.at >= since, stories.c.copy_of.is_(None))
    joined = select(vectors.c.story).join(stories, stories.c.id == vectors.c.story)
    return db.scalars(joined.where(mine).order_by(vectors.c.story)).all()


def _mean(db: Connection, language: str) -> Mean:
    newest = select(*_COLUMNS).where(vectors.c.language == language)
    found = db.execute(newest.order_by(vectors.c.story.desc()).limit(LEARNT_FROM))
    values = np.stack([_vector(*row).values for row in found])
    return Mean(stories=len(values), values=values.mean(axis=0, dtype=np.float64).astype("f4"))


def _moved(before: Mapping[str, Mean], after: Mapping[str, Mean]) -> bool:
    return before.keys() != after.keys() or any(
        not np.array_equal(mean.values, after[language].values)
        for language, mean in before.items()
    )


def _vector(  # noqa: PLR0917 - a row's columns, in their order
    story: int, language: str, revision: int, at: datetime, scale: float, vector: bytes
) -> Vector:
    values = np.frombuffer(vector, np.int8).astype(np.float32) * np.float32(scale)
    return Vector(story=story, language=language, revision=revision, at=at, values=values)
