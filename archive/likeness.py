"""Likeness: which archived stories share text with a new one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from archive.tables import anchors, stories


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


def sharing_anchors(db: Connection, values: Sequence[int], since: datetime) -> list[SharedAnchor]:
    """Return every story first seen since then that has one of these anchors, anchor by anchor."""
    columns = (anchors.c.anchor, stories.c.id, stories.c.copy_of, stories.c.outlet)
    found = db.execute(
        select(*columns, stories.c.anchors, stories.c.event)
        .join(stories, stories.c.id == anchors.c.story)
        .where(anchors.c.anchor.in_(list(values)), stories.c.first_seen_at >= since)
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


def prune_anchors(db: Connection, before: datetime, most: int) -> int:
    """Forget the anchors of stories first seen before that time; returns how many stories'.

    The oldest first, as many at a time as have `most` anchors or more together.
    """
    old = select(stories.c.id, stories.c.anchors).where(
        stories.c.first_seen_at < before, stories.c.anchors > 0
    )
    gone, rows = [], 0
    for row in db.execute(old.order_by(stories.c.first_seen_at).limit(most)):
        gone.append(row.id)
        rows += row.anchors
        if rows >= most:
            break
    if gone:
        db.execute(delete(anchors).where(anchors.c.story.in_(gone)))
        db.execute(update(stories).where(stories.c.id.in_(gone)).values(anchors=0))
    return len(gone)
