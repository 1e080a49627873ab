"""Topics in the archive: which stories mention one, when, and by which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, distinct, func, select

from archive.tables import mentions, stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioning:
    """A story that mentions a topic, without its text."""

    story: int
    language: str
    outlet: str
    #: published, or first seen where no date is known
    when: datetime


def mentioning(db: Connection, topic: str, most: int) -> list[Mentioning]:
    """Return the newest stories that mention a topic at their latest revision."""
    found: list[Mentioning] = []
    # By numbers first, which the index has in order: else all that ever mentioned it is sorted.
    numbers = _numbers(db, topic, most, None)
    while numbers and len(found) < most:
        found += _latest(db, topic, numbers[-1], numbers[0])
        numbers = _numbers(db, topic, most, numbers[-1])
    return found[:most]


def _numbers(db: Connection, topic: str, most: int, before: int | None) -> Sequence[int]:
    """Return the newest stories that ever mentioned a topic, below a number."""
    told = select(mentions.c.story).where(mentions.c.topic == topic)
    if before is not None:
        told = told.where(mentions.c.story < before)
    newest = told.group_by(mentions.c.story).order_by(mentions.c.story.desc()).limit(most)
    return db.scalars(newest).all()


def _latest(db: Connection, topic: str, first: int, last: int) -> list[Mentioning]:
    latest = and_(mentions.c.story == stories.c.id, mentions.c.revision == stories.c.revision)
    columns = (stories.c.id, stories.c.language, stories.c.outlet)
    when = func.coalesce(stories.c.published_at, stories.c.first_seen_at, type_=_WHEN)
    found = (
        select(*columns, when.label("at"))
        .join(mentions, latest)
        .where(mentions.c.topic == topic, mentions.c.story.between(first, last))
        .distinct()
        .order_by(stories.c.id.desc())
    )
    return [
        Mentioning(story=row.id, language=row.language, outlet=row.outlet, when=row.at)
        for row in db.execute(found)
    ]


def words_of(db: Connection, topic: str, most: int) -> dict[str, int]:
    """Return the words that name a topic, and how often, among so many newest mentions."""
    newest = (
        select(mentions.c.words)
        .where(mentions.c.topic == topic)
        .order_by(mentions.c.story.desc())
        .limit(most)
        .subquery()
    )
    counted = select(newest.c.words, func.count().label("n")).group_by(newest.c.words)
    return {row.words: row.n for row in db.execute(counted)}


def counts(db: Connection) -> dict[str, tuple[int, datetime]]:
    """Return how many stories mention each topic, and when the last was first seen."""
    joined = (
        select(
            mentions.c.topic,
            func.count(distinct(mentions.c.story)).label("n"),
            func.max(stories.c.first_seen_at).label("last"),
        )
        .join(stories, stories.c.id == mentions.c.story)
        .group_by(mentions.c.topic)
    )
    found: Sequence[Row[Any]] = db.execute(joined).all()
    return {row.topic: (row.n, row.last) for row in found}


_WHEN = stories.c.first_seen_at.type
