"""Events as rows: keys and ties between stories, and which event each story is in.

A tie says how surely two stories tell of one happening. Copies have none:
they are where the text is that they repeat. What is one event is decided
elsewhere, from the ties alone; here the decision is read and written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import (
    Connection,
    Dialect,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.sql.compiler import SQLCompiler

from archive.rows import add
from archive.tables import event_keys, events, stories, ties

#: how many stories that had a key last are looked at: as candidates, and to
#: tell how common it is
HOLDERS = 64
#: how far back by number; what was common years ago may be rare today
LATELY = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A story as it is compared with others."""

    story: int
    #: when it was published, or first seen
    at: datetime
    language: str
    #: its event keys with the evidence that each is
    keys: Mapping[str, float]
    #: logarithm of how much fuller its days were than those that weights were learnt on
    crowd: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """How surely two stories tell of one happening."""

    low: int
    high: int
    #: natural logarithm of the odds, above 0 where they probably do
    score: float
    #: for a person: "same: nanning, 59, 20 bn CNY; close in meaning .62"
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a story stands: the event, and what says so."""

    story: int
    event: int
    score: float
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A place with its story's time."""

    at: datetime
    place: Place


_HOLDERS = (
    select(event_keys.c.story)
    .where(event_keys.c.key == bindparam("key"))
    .where(event_keys.c.story.between(bindparam("after"), bindparam("before")))
    .order_by(event_keys.c.story.desc())
    .limit(HOLDERS)
)


def holders(db: Connection, key: str, before: int) -> Sequence[int]:
    """Return the last stories before that number that have a key, the last first."""
    # Asked for every key of every story, so it goes past the making of statements.
    asked = _compiled(db.dialect)
    given = {**asked.params, "key": key, "after": before - LATELY, "before": before - 1}
    values = tuple(given[name] for name in asked.positiontup) if asked.positiontup else given
    return [row[0] for row in db.exec_driver_sql(asked.string, values)]


@cache
def _compiled(dialect: Dialect) -> SQLCompiler:
    made = _HOLDERS.compile(dialect=dialect)
    assert isinstance(made, SQLCompiler)
    return made


def keys_of(db: Connection, story: int) -> tuple[str, ...]:
    """Return a story's event keys."""
    mine = select(event_keys.c.key).where(event_keys.c.story == story)
    return tuple(db.scalars(mine.order_by(event_keys.c.key)))


def weigh(db: Connection, story: int, weights: Mapping[str, float]) -> None:
    """Write down what evidence each key of a story is."""
    if not weights:
        return
    mine = and_(event_keys.c.story == bindparam("s"), event_keys.c.key == bindparam("k"))
    changed = update(event_keys).where(mine).values(weight=bindparam("w"))
    db.execute(changed, [{"s": story, "k": key, "w": w} for key, w in weights.items()])


def tellings(db: Connection, wanted: Iterable[int]) -> dict[int, Telling]:
    """Return those of these stories that are nobody's copy, with their keys."""
    columns = (stories.c.id, stories.c.event_at, stories.c.language, stories.c.event_crowd)
    mine = and_(stories.c.id.in_(sorted(wanted)), stories.c.copy_of.is_(None))
    found = db.execute(select(*columns).where(mine).order_by(stories.c.id)).all()
    keys: dict[int, dict[str, float]] = {row.id: {} for row in found}
    held = (event_keys.c.story, event_keys.c.key, event_keys.c.weight)
    for story, key, weight in db.execute(select(*held).where(held[0].in_(list(keys)))):
        keys[story][key] = weight
    return {
        row.id: Telling(
            story=row.id,
            at=row.event_at,
            language=row.language,
            keys=keys[row.id],
            crowd=row.event_crowd,
        )
        for row in found
    }


def standing(db: Connection, wanted: Iterable[int]) -> dict[int, Standing]:
    """Return where those of these stories stand that are nobody's copy."""
    columns = (stories.c.id, stories.c.event_at, stories.c.event, stories.c.event_score)
    mine = and_(stories.c.id.in_(sorted(wanted)), stories.c.copy_of.is_(None))
    found = db.execute(select(*columns, stories.c.event_because).where(mine))
    return {
        row.id: Standing(
            at=row.event_at,
            place=Place(
                story=row.id,
                event=row.event,
                score=row.event_score,
                because=row.event_because,
            ),
        )
        for row in found
    }


def before(db: Connection, story: int, within: timedelta) -> int:
    """Return how many stories were archived before one within that time."""
    seen_at = select(stories.c.first_seen_at).where(stories.c.id == story)
    at = db.execute(seen_at).scalar_one()
    first = select(stories.c.id).where(stories.c.first_seen_at >= at - within)
    found = db.execute(first.order_by(stories.c.first_seen_at, stories.c.id).limit(1)).scalar_one()
    return max(0, story - int(found))


def crowd(db: Connection, story: int, fuller: float) -> None:
    """Write down how much fuller a story's days were."""
    db.execute(update(stories).where(stories.c.id == story).values(event_crowd=fuller))


def tied_to(db: Connection, story: int) -> set[int]:
    """Return the stories that a story was compared with and not found strange."""
    either = or_(ties.c.low == story, ties.c.high == story)
    return {
        row.low + row.high - story
        for row in db.execute(select(ties.c.low, ties.c.high).where(either))
    }


def untie(db: Connection, story: int) -> None:
    """Forget every tie of a story: its text has changed, or is another's."""
    db.execute(delete(ties).where(or_(ties.c.low == story, ties.c.high == story)))


def tie(db: Connection, found: Sequence[Tie]) -> None:
    """Write ties in the place of those that the same stories had."""
    if not found:
        return
    pairs = [{"l": one.low, "h": one.high} for one in found]
    same = and_(ties.c.low == bindparam("l"), ties.c.high == bindparam("h"))
    db.execute(delete(ties).where(same), pairs)
    rows = [
        {"low": one.low, "high": one.high, "score": one.score, "because": one.because}
        for one in found
    ]
    db.execute(insert(ties), rows)


def connected(db: Connection, seeds: Iterable[int], most: int) -> set[int]:
    """Return the originals that ties above 0 lead to, and the seeds that are originals.

    Looks no further once it has found `most`.
    """
    found: set[int] = set()
    edge = _originals(db, seeds)
    while edge and len(found) + len(edge) <= most:
        found |= edge
        known = list(edge)
        reached = select(ties.c.low, ties.c.high).where(
            ties.c.score >= 0, or_(ties.c.low.in_(known), ties.c.high.in_(known))
        )
        ends = {end for row in db.execute(reached) for end in (row.low, row.high)}
        edge = _originals(db, ends - found)
    return found | edge


def ties_among(db: Connection, wanted: Iterable[int]) -> list[Tie]:
    """Return every tie between two of these stories."""
    ids = sorted(wanted)
    both = and_(ties.c.low.in_(ids), ties.c.high.in_(ids))
    return [
        Tie(low=row.low, high=row.high, score=row.score, because=row.because)
        for row in db.execute(select(ties).where(both).order_by(ties.c.low, ties.c.high))
    ]


def nearest(db: Connection, story: int, most: int) -> list[Tie]:
    """Return a story's ties, the surest first: what it was compared with."""
    either = or_(ties.c.low == story, ties.c.high == story)
    found = select(ties).where(either).order_by(ties.c.score.desc()).limit(most)
    return [
        Tie(low=row.low, high=row.high, score=row.score, because=row.because)
        for row in db.execute(found)
    ]


def members(db: Connection, wanted: Iterable[int]) -> set[int]:
    """Return the originals in these events."""
    mine = and_(stories.c.event.in_(sorted(wanted)), stories.c.copy_of.is_(None))
    return set(db.scalars(select(stories.c.id).where(mine)))


def of_story(db: Connection, story: int) -> tuple[int, int | None]:
    """Return the event that a story is in, and the story whose text it repeats."""
    columns = (stories.c.event, stories.c.copy_of)
    row = db.execute(select(*columns).where(stories.c.id == story)).one()
    return row.event, row.copy_of


def open_event(db: Connection, at: datetime) -> int:
    """Open an event; returns its number."""
    return add(db, events, opened_at=at, last_seen_at=at)


def place(db: Connection, places: Sequence[Place]) -> None:
    """Move originals to their events, and their copies with them."""
    for one in places:
        link = {"event_score": one.score, "event_because": one.because}
        itself = update(stories).where(stories.c.id == one.story)
        db.execute(itself.values(event=one.event, **link))
        copies = update(stories).where(stories.c.copy_of == one.story)
        db.execute(copies.values(event=one.event))


def join(db: Connection, emptied: int, into: int) -> None:
    """Let an event whose stories have all left lead to the one that most of them went to."""
    left = select(stories.c.id).where(stories.c.event == events.c.id)
    gone = and_(events.c.id == emptied, ~exists(left))
    db.execute(update(events).where(gone).values(joined=into))


def reopen(db: Connection, event: int) -> None:
    """Let an event that stories have come back to stand for itself again."""
    again = and_(events.c.id == event, events.c.joined.is_not(None))
    db.execute(update(events).where(again).values(joined=None))


def forget_unused(db: Connection, event: int) -> None:
    """Delete an event that was opened for a story and holds none."""
    left = select(stories.c.id).where(stories.c.event == events.c.id)
    db.execute(delete(events).where(events.c.id == event, ~exists(left)))


def seen(db: Connection, event: int, at: datetime) -> None:
    """Write down when an event's newest story was seen, where that is later."""
    earlier = and_(events.c.id == event, events.c.last_seen_at < at)
    db.execute(update(events).where(earlier).values(last_seen_at=at))


def current(db: Connection, event: int) -> int:
    """Return the event that a number stands for now, through merges."""
    met = set()
    while event not in met:
        met.add(event)
        joined = db.execute(select(events.c.joined).where(events.c.id == event)).scalar()
        event = event if joined is None else int(joined)
    return event


def prune_ties(db: Connection, before: datetime, least: float, most: int) -> int:
    """Forget ties no better than `least` of stories told before that time; returns how many.

    They say that two stories were compared and are strangers: it groups nothing.
    """
    weak = (
        select(ties.c.low, ties.c.high)
        .join(stories, stories.c.id == ties.c.high)
        .where(ties.c.score <= least, stories.c.event_at < before)
        .limit(most)
    )
    found = [{"l": row.low, "h": row.high} for row in db.execute(weak)]
    if found:
        same = and_(ties.c.low == bindparam("l"), ties.c.high == bindparam("h"))
        db.execute(delete(ties).where(same), found)
    return len(found)


def _originals(db: Connection, ids: Iterable[int]) -> set[int]:
    mine = and_(stories.c.id.in_(sorted(ids)), stories.c.copy_of.is_(None))
    return set(db.scalars(select(stories.c.id).where(mine)))
