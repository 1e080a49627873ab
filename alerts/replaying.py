"""Replay: what a subscriber's watches would have sent over a time that is past.

stories of the time ─ put to the watches ─ moment by moment: turn, compose, told ─► digests

Nothing is written. Stories, facts and events are taken as the archive has them
now: a revision or a merge that came later is known from the start. Two replays
differ only by what their watches ask, so the difference is the watches' own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from alerts.compose import composed
from alerts.days_off import days_off
from alerts.issuing import Sender, matches_of
from alerts.matches import Told
from alerts.matching import compiled, found_by, together
from alerts.slots import next_slot
from alerts.turns import Turn, instant_turn, slots_turn
from archive.keeping import stories
from archive.keeping.matches import Found
from archive.searching.newest import Budget, newest
from news import Card, Digest, Fact, StoryRow, Subscriber
from query import Topics

#: of each watch, the newest matches of the time; a watch with more has no digest that is read
LOOKED_AT = Budget(matches=5_000, verified=2_000)

#: what is announced once: an event, and what its update says, which of news is nothing
_Announced = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """News or an update that one set of watches would have told and the other would not."""

    slot: str
    change: Literal["gained", "lost", "kept"]
    card: Card


@dataclass(slots=True, kw_only=True)
class _Reader:
    """What one subscriber has been told so far in the replay."""

    subscriber: Subscriber
    #: what the watches found and no digest has settled
    open: list[Found]
    last: dict[str, datetime] = field(default_factory=dict)
    #: told story -> its revision and the story that its event was known by
    told: dict[int, tuple[int, int | None]] = field(default_factory=dict)
    #: of these, told by no more than a line
    only_also: dict[int, str] = field(default_factory=dict)
    #: told at once since the last slot
    at_once: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Past:
    """The stories of the time, by their numbers, with their facts."""

    rows: Mapping[int, StoryRow]
    facts: Mapping[int, tuple[Fact, ...]]


def sent_between(  # noqa: PLR0917 - all six are the question
    db: Connection,
    subscriber: Subscriber,
    topics: Topics,
    sender: Sender,
    begin: datetime,
    end: datetime,
) -> list[Digest]:
    """Return the digests that these watches would have sent in that time, the oldest first.

    The subscriber knows nothing at its beginning. Raises QueryError, which
    names the watch.
    """
    found = _found(db, subscriber, topics, begin, end)
    events = {row.event for row in found if row.event is not None}
    whole = [row for row in stories.of_events(db, sorted(events)) if not row.history]
    past = _Past(
        rows={row.id: row for row in whole if begin <= row.first_seen_at <= end},
        facts=stories.facts_of_latest(db, [row.id for row in whole]),
    )
    watches = together(compiled([subscriber], topics))
    hits = [hit for row in found for hit in found_by(watches, row)]
    reader = _Reader(subscriber=subscriber, open=hits)
    reader.last = _before(subscriber, begin)
    digests = [
        _tell(reader, past, turn, sender, moment)
        for moment in _moments(subscriber, found, begin, end)
        for turn in _turns(reader, moment)
    ]
    return [digest for digest in digests if digest is not None]


def changes(before: Sequence[Digest], after: Sequence[Digest]) -> list[Change]:
    """Compare two replays: what is told as news, what as update, in which slot. Pure.

    An event is news once; its updates are the same where they say the same.
    """
    had, has = _announced(before), _announced(after)
    found = [
        Change(slot=slot, change="kept" if told in had else "gained", card=card)
        for told, (slot, card) in has.items()
    ]
    found += [
        Change(slot=slot, change="lost", card=card)
        for told, (slot, card) in had.items()
        if told not in has
    ]
    return sorted(found, key=_place)


def _place(one: Change) -> tuple[datetime, int, bool]:
    """Order by when an event was first seen, its updates behind it."""
    card = one.card
    return card.tellings[0].first_seen_at, card.event, card.kind == "update"


def _announced(digests: Iterable[Digest]) -> dict[_Announced, tuple[str, Card]]:
    announced: dict[_Announced, tuple[str, Card]] = {}
    for digest in digests:
        for card in digest.cards:
            if card.kind in {"new", "minor", "update"}:
                announced.setdefault((card.event, card.changes), (digest.slot, card))
    return announced


def _found(
    db: Connection, subscriber: Subscriber, topics: Topics, begin: datetime, end: datetime
) -> list[StoryRow]:
    """Return the stories of the time that the watches find."""
    numbers: set[int] = set()
    # From the last story of the time backwards: what came later must not use up the budget.
    last = stories.last_seen_by(db, end)
    for one in compiled([subscriber], topics):
        found = newest(db, one.query, LOOKED_AT, ceiling=last)
        numbers.update(
            row.id for row in found.rows if begin <= row.first_seen_at <= end and not row.history
        )
    return stories.load(db, sorted(numbers))


def _before(subscriber: Subscriber, begin: datetime) -> dict[str, datetime]:
    """Return the last slots before the time: what stood in them is not of it."""
    turn = slots_turn(subscriber, {}, begin)
    return dict(turn.closes) if turn else {}


def _moments(
    subscriber: Subscriber, found: Sequence[StoryRow], begin: datetime, end: datetime
) -> list[datetime]:
    """Return when something may be due: each slot, and each time a story came or quiet ended."""
    moments = {row.first_seen_at for row in found}
    is_off = days_off(subscriber.holidays)
    for rhythm in {watch.rhythm for watch in subscriber.watches}:
        at = next_slot(rhythm, subscriber.zone, begin, is_off)
        while at is not None and at <= end:
            moments.add(at)
            at = next_slot(rhythm, subscriber.zone, at, is_off)
    return sorted(moments)


def _turns(reader: _Reader, moment: datetime) -> list[Turn]:
    turns = (
        instant_turn(reader.subscriber, moment),
        slots_turn(reader.subscriber, reader.last, moment),
    )
    return [turn for turn in turns if turn is not None]


def _tell(
    reader: _Reader, past: _Past, turn: Turn, sender: Sender, moment: datetime
) -> Digest | None:
    names = {watch.name for watch in turn.watches}
    here = {key: row for key, row in past.rows.items() if row.first_seen_at <= moment}
    mine = [one for one in reader.open if one.story in here and one.watch in names]
    events = {here[one.story].event for one in mine}
    if not turn.instant:
        events |= reader.at_once
    whole = {key: row for key, row in here.items() if row.event in events}
    given = matches_of(mine, whole, past.facts, sender, reader.subscriber.language)
    told = _told(reader, past, instant=() if turn.instant else reader.at_once)
    made = composed(reader.subscriber, turn.slot, moment, given, told, "")
    settled = [one for one in mine if here[one.story].event not in made.waiting]
    reader.open = [one for one in reader.open if one not in settled]
    reader.last |= turn.closes
    _remember(reader, made.digest, instant=turn.instant)
    return made.digest


def _remember(reader: _Reader, digest: Digest | None, *, instant: bool) -> None:
    if not instant:
        reader.at_once = set()
    for card in digest.cards if digest else ():
        if instant:
            reader.at_once.add(card.event)
        quiet = card.kind in {"also", "sent", "minor"}
        for line in card.tellings:
            before = reader.told.get(line.story)
            if before is not None and before[0] >= line.revision:
                # As the archive keeps it: a revision counts by what told it first.
                continue
            reader.told[line.story] = (line.revision, card.known_by)
            if not quiet:
                reader.only_also.pop(line.story, None)
            elif before is None:
                reader.only_also[line.story] = line.outlet


def _told(reader: _Reader, past: _Past, instant: Iterable[int]) -> Told:
    event_of = {story: past.rows[story].event or 0 for story in reader.told}
    return Told(
        stories={story: revision for story, (revision, _) in reader.told.items()},
        events=frozenset(event_of.values()),
        facts={story: past.facts.get(story, ()) for story in reader.told},
        instant=frozenset(instant),
        event_of=event_of,
        also=dict(reader.only_also),
        known_by={story: by for story, (_, by) in reader.told.items() if by is not None},
        headlines={story: past.rows[story].title for story in reader.told},
    )
