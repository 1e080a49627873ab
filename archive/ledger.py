"""The ledger: what was seen, kept, matched and delivered, and why anything was not."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, and_, case, distinct, func, select

from archive.tables import (
    addresses,
    events,
    matches,
    mentions,
    pages,
    polls,
    sources,
    stories,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """A source as a person looks at it."""

    id: str
    outlet: str
    way: str
    address: str
    #: "unproved" until its first good poll, then how the last one ended
    state: str
    detail: str
    last_poll_at: datetime | None
    last_good_at: datetime | None
    due_at: datetime
    failures: int
    stories: int
    #: where it is asked instead of its address: it redirects there for good
    moved_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """The archive's sums. seen = fetched + waiting + refused + gone (law 2)."""

    #: addresses ever sighted, by where they stand
    seen: int
    fetched: int
    waiting: int
    refused: dict[str, int]
    gone: int
    polls: int
    pages: int
    stories: int
    history: int
    copies: int
    revisions: int
    events: int
    #: stories that mention each topic
    mentions: dict[str, int]
    matched: int


def sums(db: Connection) -> Sums:
    """Add everything up."""
    states = _states(db)
    refused = select(addresses.c.reason, func.count().label("n"))
    reasons = db.execute(
        refused.where(addresses.c.state == "refused").group_by(addresses.c.reason)
    )
    topics = select(mentions.c.topic, func.count(distinct(mentions.c.story)).label("n"))
    return Sums(
        seen=sum(states.values()),
        fetched=states.get("fetched", 0),
        waiting=states.get("waiting", 0),
        refused={row.reason: row.n for row in reasons},
        gone=states.get("gone", 0),
        polls=_count(db, select(func.count()).select_from(polls)),
        pages=_count(db, select(func.count()).select_from(pages)),
        stories=_count(db, select(func.count()).select_from(stories)),
        history=_count(
            db, select(func.count()).select_from(stories).where(stories.c.history.is_(True))
        ),
        copies=_count(
            db, select(func.count()).select_from(stories).where(stories.c.copy_of.is_not(None))
        ),
        revisions=_count(db, select(func.coalesce(func.sum(stories.c.revision - 1), 0))),
        events=_count(
            db, select(func.count()).select_from(events).where(events.c.joined.is_(None))
        ),
        mentions={row.topic: row.n for row in db.execute(topics.group_by(mentions.c.topic))},
        matched=_count(db, select(func.count(distinct(matches.c.story)))),
    )


def source_states(db: Connection) -> list[SourceState]:
    """Return every source of the catalogue with its state."""
    counted = select(stories.c.source, func.count().label("n")).group_by(stories.c.source)
    kept = {row.source: row.n for row in db.execute(counted)}
    wanted = select(sources).where(sources.c.dropped.is_(False)).order_by(sources.c.id)
    return [
        SourceState(
            id=row.id,
            outlet=row.outlet,
            way=row.way,
            address=row.address,
            state=row.last_outcome if row.first_good_at else "unproved",
            detail=row.last_detail,
            last_poll_at=row.last_poll_at,
            last_good_at=row.last_good_at,
            due_at=row.due_at,
            failures=row.failures,
            stories=kept.get(row.id, 0),
            moved_to=row.moved_to if row.moved else "",
        )
        for row in db.execute(wanted)
    ]


def answering(db: Connection) -> tuple[int, int]:
    """Return how many outlets have answered through some way, and how many were asked yet."""
    proved = func.max(case((sources.c.first_good_at.is_not(None), 1), else_=0)).label("proved")
    asked = and_(sources.c.dropped.is_(False), sources.c.last_poll_at.is_not(None))
    found = [
        row.proved for row in db.execute(select(proved).where(asked).group_by(sources.c.outlet))
    ]
    return sum(found), len(found)


def line(db: Connection) -> str:
    """Return the line that stands in every digest."""
    states = [state for state in source_states(db) if state.last_poll_at is not None]
    failing = [state for state in states if state.failures]
    text = f"checked {len(states) - len(failing)} of {len(states)} sources"
    if failing:
        named = ", ".join(f"{state.id} ({state.detail or state.state})" for state in failing[:3])
        more = f", … {len(failing) - 3} more" if len(failing) > 3 else ""
        text += f"; not answering: {named}{more}"
    return text


def _states(db: Connection) -> dict[str, int]:
    counted = select(addresses.c.state, func.count().label("n")).group_by(addresses.c.state)
    return {row.state: row.n for row in db.execute(counted)}


def _count(db: Connection, statement: Select[int]) -> int:
    return db.execute(statement).scalar_one()
