"""Matches: what waits to be matched, and what watches found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, exists, func, select, update

from archive.grouping import vector_queue
from archive.rows import upsert
from archive.tables import matches, to_match, watches


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A story revision that a watch found."""

    subscriber: str
    watch: str
    story: int
    revision: int
    #: the sentence of the first hit, and the words in it as (start, end)
    sentence: str
    hits: tuple[tuple[int, int], ...]


def unmatched(db: Connection, limit: int) -> list[tuple[int, int]]:
    """Return (story, revision) pairs that no watch was asked about yet."""
    waiting = select(to_match.c.story, to_match.c.revision)
    order = (to_match.c.stored_at, to_match.c.story, to_match.c.revision)
    found = db.execute(waiting.order_by(*order).limit(limit))
    return [(row.story, row.revision) for row in found]


def count_unmatched(db: Connection) -> int:
    """Return how many revisions no watch was asked about yet."""
    return db.execute(select(func.count()).select_from(to_match)).scalar_one()


def settle(
    db: Connection, story: int, revision: int, found: Sequence[Found], now: datetime
) -> None:
    """Write what the watches found in a revision, and take it off the list."""
    for match in found:
        row = {
            "subscriber": match.subscriber,
            "watch": match.watch,
            "story": story,
            "revision": revision,
            "matched_at": now,
            "sentence": match.sentence,
            "hits": [list(hit) for hit in match.hits],
        }
        upsert(db, matches, row, key=("subscriber", "watch", "story", "revision"))
    if found:
        vector_queue.want(db, [story])
    done = and_(to_match.c.story == story, to_match.c.revision == revision)
    db.execute(delete(to_match).where(done))


def open_for(db: Connection, subscriber: str, watches: Sequence[str]) -> list[Found]:
    """Return what these watches of a subscriber found and no digest has settled."""
    mine = and_(
        matches.c.subscriber == subscriber,
        matches.c.settled_at.is_(None),
        matches.c.watch.in_(list(watches)),
    )
    order = (matches.c.story, matches.c.revision, matches.c.watch)
    return [
        Found(
            subscriber=row.subscriber,
            watch=row.watch,
            story=row.story,
            revision=row.revision,
            sentence=row.sentence,
            hits=tuple((begin, end) for begin, end in row.hits),
        )
        for row in db.execute(select(matches).where(mine).order_by(*order))
    ]


def waiting_at_once(db: Connection) -> set[str]:
    """Return the subscribers whose instant watches found what no digest has settled."""
    open_ones = exists().where(
        matches.c.subscriber == watches.c.subscriber,
        matches.c.watch == watches.c.name,
        matches.c.settled_at.is_(None),
    )
    at_once = select(watches.c.subscriber).where(watches.c.rhythm == "instant", open_ones)
    return set(db.scalars(at_once.distinct()))


def close(db: Connection, found: Sequence[Found], now: datetime) -> bool:
    """Write down that a digest has settled these matches.

    Returns False where another digest had settled one of them.
    """
    this = and_(
        matches.c.settled_at.is_(None),
        matches.c.subscriber == bindparam("who"),
        matches.c.watch == bindparam("name"),
        matches.c.story == bindparam("number"),
        matches.c.revision == bindparam("said"),
    )
    given = [
        {"who": m.subscriber, "name": m.watch, "number": m.story, "said": m.revision}
        for m in found
    ]
    if not given:
        return True
    kept = {"preserve_rowcount": True}
    closing = update(matches).where(this).values(settled_at=now)
    return db.execute(closing, given, execution_options=kept).rowcount == len(given)
