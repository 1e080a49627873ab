"""Likeness: which archived stories share text or facts with a new one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from archive.tables import anchors, event_keys, stories

#: a key of more stories than this says nothing about one happening and is not followed
COMMON_KEY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedAnchor:
    """An anchor that a story in the archive has too."""

    anchor: int
    story: int
    #: the story whose text that one repeats, or itself
    root: int
    outlet: str
    #: how many anchors that story has in all
    anchors: int
    #: the event of that story
    event: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedKey:
    """An event key that a story in the archive has too."""

    key: str
    story: int
    event: int
    first_seen_at: datetime


def sharing_anchors(db: Connection, values: Sequence[int]) -> list[SharedAnchor]:
    """Return every archived story that has one of these anchors, anchor by anchor."""
    columns = (anchors.c.anchor, stories.c.id, stories.c.copy_of, stories.c.outlet)
    found = db.execute(
        select(*columns, stories.c.anchors, stories.c.event)
        .join(stories, stories.c.id == anchors.c.story)
        .where(anchors.c.anchor.in_(list(values)))
        .order_by(stories.c.id, anchors.c.anchor)
    )
    return [
        SharedAnchor(
            anchor=row.anchor,
            story=row.id,
            root=row.copy_of or row.id,
            outlet=row.outlet,
            anchors=row.anchors,
            event=row.event,
        )
        for row in found
    ]


def key_counts(db: Connection, keys: Sequence[str]) -> dict[str, int]:
    """Return how many stories have each of these event keys."""
    counted = select(event_keys.c.key, func.count().label("stories"))
    found = db.execute(counted.where(event_keys.c.key.in_(list(keys))).group_by(event_keys.c.key))
    return {row.key: row.stories for row in found}


def count_stories(db: Connection) -> int:
    """Return how many stories there are, roughly: the highest number given."""
    return db.execute(select(func.max(stories.c.id))).scalar() or 0


def sharing_keys(
    db: Connection, keys: Sequence[str], begin: datetime, end: datetime
) -> list[SharedKey]:
    """Return which stories first seen between the two times have these event keys."""
    columns = (event_keys.c.key, stories.c.id, stories.c.event, stories.c.first_seen_at)
    found = db.execute(
        select(*columns)
        .join(stories, stories.c.id == event_keys.c.story)
        .where(event_keys.c.key.in_(list(keys)), stories.c.first_seen_at.between(begin, end))
        .order_by(stories.c.id, event_keys.c.key)
    )
    return [
        SharedKey(key=row.key, story=row.id, event=row.event, first_seen_at=row.first_seen_at)
        for row in found
    ]
