"""Events as rows: keys and ties between stories, and which event each story is in.

A tie says how surely two stories tell of one happening. Copies have none:
they are where the text is that they repeat. What is one event is decided
elsewhere, from the ties alone; here the decision is read and written.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, delete, exists, or_, select, text, update

from archive.grouping.originals import NO_COPY
from archive.prepared import Prepared
from archive.rows import add, put_all
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


# Every statement that is asked for each story is made once: to build one, and to
# look up what was made of it, takes longer than the database does.

# The number from which on the last holders of a key stand is looked up in the index.
_HOLDERS = """
    SELECT v.value, k.story FROM {values} CROSS JOIN event_keys AS k
    WHERE k.key = v.value AND k.story BETWEEN coalesce(
        (SELECT b.story FROM event_keys AS b WHERE b.key = v.value
            AND b.story BETWEEN :after AND :before
            ORDER BY b.story DESC LIMIT 1 OFFSET :others), :after) AND :before
    ORDER BY k.story DESC
"""
_HOLDING = {
    "sqlite": Prepared(text(_HOLDERS.format(values="json_each(:keys) AS v"))),
    "postgresql": Prepared(
        text(_HOLDERS.format(values="unnest(CAST(:keys AS text[])) AS v(value)"))
    ),
}
_KEYS = Prepared(
    select(event_keys.c.key)
    .where(event_keys.c.story == bindparam("story"))
    .order_by(event_keys.c.key)
)
_WEIGH = Prepared(
    update(event_keys)
    .where(event_keys.c.story == bindparam("s"), event_keys.c.key == bindparam("k"))
    .values(weight=bindparam("w"))
)
_WANTED = stories.c.id.in_(bindparam("wanted", expanding=True))
_ORIGINALS = Prepared(select(stories.c.id).where(_WANTED, NO_COPY))
_TELLINGS = Prepared(
    select(stories.c.id, stories.c.event_at, stories.c.language, stories.c.event_crowd)
    .where(_WANTED, NO_COPY)
    .order_by(stories.c.id)
)
_TOLD = Prepared(
    select(event_keys.c.story, event_keys.c.key, event_keys.c.weight).where(
        event_keys.c.story.in_(bindparam("wanted", expanding=True))
    )
)
_STANDING = Prepared(
    select(
        stories.c.id,
        stories.c.event_at,
        stories.c.event,
        stories.c.event_score,
        stories.c.event_because,
    ).where(_WANTED, NO_COPY)
)
_SEEN_AT = Prepared(select(stories.c.first_seen_at).where(stories.c.id == bindparam("story")))
_FIRST_SINCE = Prepared(
    select(stories.c.id)
    .where(stories.c.first_seen_at >= bindparam("since"))
    .order_by(stories.c.first_seen_at, stories.c.id)
    .limit(1)
)
_CROWD = Prepared(
    update(stories).where(stories.c.id == bindparam("s")).values(event_crowd=bindparam("c"))
)
_UNTIE = Prepared(delete(ties).where(ties.c.low == bindparam("l"), ties.c.high == bindparam("h")))
_BOUND = Prepared(
    select(stories.c.id).where(
        NO_COPY,
        stories.c.id.in_(
            select(ties.c.high)
            .where(ties.c.score >= 0, ties.c.low.in_(bindparam("known", expanding=True)))
            .union_all(
                select(ties.c.low).where(
                    ties.c.score >= 0, ties.c.high.in_(bindparam("known", expanding=True))
                )
            )
        ),
    )
)
_AMONG = Prepared(
    select(ties)
    .where(
        ties.c.low.in_(bindparam("lows", expanding=True)),
        ties.c.high.in_(bindparam("highs", expanding=True)),
    )
    .order_by(ties.c.low, ties.c.high)
)
_OF_STORY = Prepared(
    select(stories.c.event, stories.c.copy_of).where(stories.c.id == bindparam("story"))
)
_PLACE = Prepared(
    update(stories)
    .where(stories.c.id == bindparam("s"))
    .values(event=bindparam("e"), event_score=bindparam("c"), event_because=bindparam("b"))
)
_PLACE_COPIES = Prepared(
    update(stories).where(stories.c.copy_of == bindparam("s")).values(event=bindparam("e"))
)
_HELD = exists(select(stories.c.id).where(stories.c.event == events.c.id))
_MINE = events.c.id == bindparam("e")
_JOIN = Prepared(update(events).where(_MINE, ~_HELD).values(joined=bindparam("i")))
_REOPEN = Prepared(update(events).where(_MINE, events.c.joined.is_not(None)).values(joined=None))
_FORGET = Prepared(delete(events).where(_MINE, ~_HELD))
_SEE = Prepared(
    update(events)
    .where(_MINE, events.c.last_seen_at < bindparam("at"))
    .values(last_seen_at=bindparam("at"))
)


def holders(db: Connection, keys: Sequence[str], before: int) -> dict[str, list[int]]:
    """Return for each key the last stories before that number that have it, the last first."""
    found: dict[str, list[int]] = {key: [] for key in keys}
    if not found:
        return found
    name, asked = db.dialect.name, list(found)
    given = {
        "keys": json.dumps(asked) if name == "sqlite" else asked,
        "after": before - LATELY,
        "before": before - 1,
        "others": HOLDERS - 1,
    }
    for key, story in _HOLDING[name].rows(db, given):
        found[key].append(story)
    return found


def keys_of(db: Connection, story: int) -> tuple[str, ...]:
    """Return a story's event keys."""
    return tuple(_KEYS.column(db, {"story": story}))


def weigh(db: Connection, story: int, weights: Mapping[str, float]) -> None:
    """Write down what evidence each key of a story is."""
    _WEIGH.run_all(db, [{"s": story, "k": key, "w": w} for key, w in weights.items()])


def tellings(db: Connection, wanted: Iterable[int]) -> dict[int, Telling]:
    """Return those of these stories that are nobody's copy, with their keys."""
    found = _TELLINGS.rows(db, {"wanted": sorted(wanted)})
    keys: dict[int, dict[str, float]] = {story: {} for story, *_ in found}
    for story, key, weight in _TOLD.rows(db, {"wanted": list(keys)}):
        keys[story][key] = weight
    return {
        story: Telling(story=story, at=at, language=language, keys=keys[story], crowd=crowd)
        for story, at, language, crowd in found
    }


def standing(db: Connection, wanted: Iterable[int]) -> dict[int, Standing]:
    """Return where those of these stories stand that are nobody's copy."""
    return {
        story: Standing(at=at, place=Place(story=story, event=event, score=score, because=because))
        for story, at, event, score, because in _STANDING.rows(db, {"wanted": sorted(wanted)})
    }


def before(db: Connection, story: int, within: timedelta) -> int:
    """Return how many stories were archived before one within that time."""
    at = _SEEN_AT.value(db, {"story": story})
    return max(0, story - int(_FIRST_SINCE.value(db, {"since": at - within})))


def crowd(db: Connection, story: int, fuller: float) -> None:
    """Write down how much fuller a story's days were."""
    _CROWD.run(db, {"s": story, "c": fuller})


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
    rows = [
        {"low": one.low, "high": one.high, "score": one.score, "because": one.because}
        for one in found
    ]
    put_all(db, ties, rows, key=("low", "high"), change=("score", "because"))


def connected(
    db: Connection, seeds: Iterable[int], most: int, bound: Iterable[int] | None = None
) -> set[int]:
    """Return the originals that ties above 0 lead to, and the seeds that are originals.

    Looks no further once it has found `most`. `bound` are the originals that such
    ties lead to from the seeds, where they are known; the seeds are originals then.
    """
    found: set[int] = set() if bound is None else set(seeds)
    edge = _originals(db, seeds) if bound is None else set(bound)
    while edge and len(found) + len(edge) <= most:
        found |= edge
        edge = set(_BOUND.column(db, {"known": sorted(edge)})) - found
    return found | edge


def ties_among(db: Connection, wanted: Iterable[int]) -> list[Tie]:
    """Return every tie between two of these stories."""
    ids = sorted(wanted)
    return [
        Tie(low=low, high=high, score=score, because=because)
        for low, high, score, because in _AMONG.rows(db, {"lows": ids, "highs": ids})
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
    mine = and_(stories.c.event.in_(sorted(wanted)), NO_COPY)
    return set(db.scalars(select(stories.c.id).where(mine)))


def of_story(db: Connection, story: int) -> tuple[int, int | None]:
    """Return the event that a story is in, and the story whose text it repeats."""
    ((event, copy_of),) = _OF_STORY.rows(db, {"story": story})
    return event, copy_of


def open_event(db: Connection, at: datetime) -> int:
    """Open an event; returns its number."""
    return add(db, events, opened_at=at, last_seen_at=at)


def place(db: Connection, places: Sequence[Place]) -> None:
    """Move originals to their events, and their copies with them."""
    if places:
        to = [{"s": one.story, "e": one.event} for one in places]
        why = [{"c": one.score, "b": one.because} for one in places]
        _PLACE.run_all(db, [at | because for at, because in zip(to, why, strict=True)])
        _PLACE_COPIES.run_all(db, to)


def join(db: Connection, emptied: int, into: int) -> None:
    """Let an event whose stories have all left lead to the one that most of them went to."""
    _JOIN.run(db, {"e": emptied, "i": into})


def reopen(db: Connection, event: int) -> None:
    """Let an event that stories have come back to stand for itself again."""
    _REOPEN.run(db, {"e": event})


def forget_unused(db: Connection, event: int) -> None:
    """Delete an event that was opened for a story and holds none."""
    _FORGET.run(db, {"e": event})


def seen(db: Connection, event: int, at: datetime) -> None:
    """Write down when an event's newest story was seen, where that is later."""
    _SEE.run(db, {"e": event, "at": at})


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
    _UNTIE.run_all(db, found)
    return len(found)


def _originals(db: Connection, ids: Iterable[int]) -> set[int]:
    wanted = sorted(ids)
    return set(_ORIGINALS.column(db, {"wanted": wanted})) if wanted else set()
