"""How much each watch has found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, distinct, func, select

from archive.tables import matches


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchCount:
    """What a watch has found since it is there."""

    #: stories, and those of them that no digest has settled yet
    stories: int = 0
    waiting: int = 0
    last_at: datetime | None = None


def latest_found(db: Connection, subscriber: str, watch: str, most: int) -> list[int]:
    """Return the numbers of the newest stories that a watch found."""
    mine = and_(matches.c.subscriber == subscriber, matches.c.watch == watch)
    # By number, as the key is ordered: no time of a match needs to be read.
    newest = select(matches.c.story).where(mine).distinct().order_by(matches.c.story.desc())
    return list(db.scalars(newest.limit(most)))


def watch_counts(db: Connection) -> Mapping[tuple[str, str], WatchCount]:
    """Return the counts by subscriber and watch; those that found nothing are missing."""
    waiting = matches.c.settled_at.is_(None)
    counted = select(
        matches.c.subscriber,
        matches.c.watch,
        func.count(distinct(matches.c.story)).label("stories"),
        func.count(distinct(matches.c.story)).filter(waiting).label("waiting"),
        func.max(matches.c.matched_at).label("last_at"),
    ).group_by(matches.c.subscriber, matches.c.watch)
    return {
        (row.subscriber, row.watch): WatchCount(
            stories=row.stories, waiting=row.waiting, last_at=row.last_at
        )
        for row in db.execute(counted)
    }
