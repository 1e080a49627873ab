"""Settling: a story that came, changed or got its vector finds its place among events.

Its ties are drawn again, and the stories that ties lead to are grouped anew,
inside one write. Only they can have changed, so the groups are those that
grouping the whole archive would give.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Self

import numpy as np
from sqlalchemy import Connection

from archive.grouping import events, vectors
from archive.grouping.events import HOLDERS, LATELY, Place, Tie
from archive.grouping.vectors import Values, Vector
from news import EventLink, Story
from pipelines.event_groups import groups, numbered
from pipelines.event_keys import Seen, weigh
from pipelines.event_score import crowd, tie
from pipelines.meaning import centred, closeness, is_placed
from query import Topics

#: stories of one happening are told within this time of one another
WINDOW = timedelta(days=5)
#: evidence that a shared key must be for its holders to be looked at
RARE = 1.5
#: the stories that share most with a new one are compared with it, so many of them
COMPARED = 24
#: closer in meaning than this two stories are compared whatever they share:
#: of unrelated pairs 3 in 100 are
CLOSE = 0.34
#: stories that are grouped anew at a time; a longer chain is cut at its far end
TOGETHER = 200
#: evidence of a text that is the same
SAME_TEXT = 6.0
_SAME = "same text"


@dataclass(frozen=True, slots=True)
class Settler:
    """Finds places; `tiers` are those of the topics, by id."""

    tiers: Mapping[str, int]

    @classmethod
    def of(cls, topics: Topics) -> Self:
        """Return the settler that knows these topics."""
        return cls({topic.id: topic.tier for topic in topics})

    def new(self, db: Connection, story: int, said: Story) -> None:
        """Find the place of a story that was just archived for the first time."""
        if said.event is not None:
            return  # it was archived where the text is that it repeats
        opened, copy_of = events.of_story(db, story)
        if copy_of is not None:
            _follow(db, story, copy_of)
        elif bound := self._bound(db, story):
            regroup(db, {story}, bound)
        elif not said.parts:
            return  # it stays in the event that was opened for it
        for part in said.parts:
            self.arrive(db, part.story)
        events.forget_unused(db, opened)

    def with_its_text(self, db: Connection, said: Story) -> Story:
        """Return a new story in the event of the text that it repeats, where it repeats one."""
        if said.copy_of is None:
            return said
        whole, _ = events.of_story(db, said.copy_of.story)
        return replace(said, event=EventLink(event=whole, score=SAME_TEXT, because=_SAME))

    def _bound(self, db: Connection, story: int) -> set[int]:
        """Draw the first ties of a story; returns the stories that they bind it to."""
        drawn = _compare(db, story, self.likely(db, story))
        return {one.low + one.high - story for one in drawn if one.score >= 0}

    def arrive(self, db: Connection, story: int) -> None:
        """Find the place of a story that was just archived, revised, or linked as a copy."""
        event, copy_of = events.of_story(db, story)
        known = events.tied_to(db, story)
        before = {story, *known, *events.members(db, [event])}
        if known:
            events.untie(db, story)
        if copy_of is None:
            _compare(db, story, known | self.likely(db, story) | _near(db, story))
        else:
            _follow(db, story, copy_of)
        regroup(db, before)

    def understood(self, db: Connection, story: int, revision: int, values: Values) -> None:
        """Find the place of a story that got its vector."""
        vectors.put(db, story, revision, values)
        _compare(db, story, events.tied_to(db, story) | _near(db, story))
        regroup(db, {story})

    def again(self, db: Connection, wanted: Iterable[int]) -> None:
        """Compare stories anew with what the means of the languages are now."""
        every = sorted(wanted)
        for story in every:
            _compare(db, story, events.tied_to(db, story) | _near(db, story))
        for story in every:
            regroup(db, {story})

    def likely(self, db: Connection, story: int) -> set[int]:
        """Weigh a story's keys; returns the stories that share most of what is rare."""
        keys = events.keys_of(db, story)
        held = events.holders(db, keys, story)
        weights = weigh(keys, {key: _seen(held[key], story) for key in keys}, self.tiers)
        events.weigh(db, story, weights)
        fuller = crowd(events.before(db, story, WINDOW))
        if fuller:
            events.crowd(db, story, fuller)
        shared: dict[int, float] = {}
        for key in keys:
            if weights[key] >= RARE:
                for other in held[key]:
                    shared[other] = shared.get(other, 0.0) + weights[key]
        return set(sorted(shared, key=lambda one: (-shared[one], -one))[:COMPARED])


def _follow(db: Connection, story: int, copy_of: int) -> None:
    """Put a copy where the text is that it repeats."""
    whole, _ = events.of_story(db, copy_of)
    events.place(db, [Place(story=story, event=whole, score=SAME_TEXT, because=_SAME)])


def _seen(holders: Sequence[int], before: int) -> Seen:
    """Return how often a key stood, by the last stories that had it."""
    if len(holders) < HOLDERS:
        return Seen(len(holders), min(before - 1, LATELY))
    return Seen(len(holders), before - holders[-1])


def _near(db: Connection, story: int) -> set[int]:
    """Return the stories of the window that are close to a story in meaning."""
    own, means = vectors.of(db, [story]).get(story), vectors.means(db)
    if own is None or not is_placed(own, means):
        return set()
    within = vectors.between(db, own.at - WINDOW, own.at + WINDOW)
    others = [one for one in within if is_placed(one, means)]
    matrix = np.stack([centred(one, means) for one in others])
    close = np.flatnonzero(matrix @ centred(own, means) >= CLOSE)
    return {others[at].story for at in close} - {story}


def _compare(db: Connection, story: int, others: Iterable[int]) -> list[Tie]:
    """Draw the ties between a story and others, and return them."""
    wanted = {story, *others}
    told = events.tellings(db, wanted) if len(wanted) > 1 else {}
    if story not in told or len(told) == 1:
        return []  # a copy stands where its text does
    mine = told.pop(story)
    known = vectors.of(db, {story, *told})
    means = vectors.means(db) if story in known else {}
    found: list[Tie] = []
    for other in told.values():
        if abs(mine.at - other.at) <= WINDOW:
            meaning = _meaning(known.get(story), known.get(other.story), means)
            found.append(tie(mine, other, meaning))
    events.tie(db, found)
    return found


def _meaning(
    one: Vector | None, other: Vector | None, means: Mapping[str, vectors.Mean]
) -> float | None:
    if not (one and other and is_placed(one, means) and is_placed(other, means)):
        return None
    return closeness(centred(one, means), centred(other, means))


def regroup(db: Connection, seeds: Iterable[int], bound: Iterable[int] | None = None) -> None:
    """Group anew the stories that ties lead to from these, and write what has changed.

    `bound` are the first of them, where they are known.
    """
    stand = events.standing(db, events.connected(db, seeds, TOGETHER, bound))
    ties = events.ties_among(db, stand)
    found = numbered(groups(stand, ties), {one: held.place.event for one, held in stand.items()})
    bonds = _bonds(found, ties)
    emptied: dict[int, int] = {}
    moved: list[Place] = []
    for group, kept in found.items():
        event = kept or events.open_event(db, min(stand[one].at for one in group))
        now = [_place(one, event, bonds.get(one)) for one in group]
        moved += [one for one in now if one != stand[one.story].place]
        left = {stand[one].place.event for one in group} - {event}
        if left:
            events.reopen(db, event)
            events.seen(db, event, max(stand[one].at for one in group))
            emptied |= dict.fromkeys(left, event)
    events.place(db, moved)
    for old, into in sorted(emptied.items()):
        events.join(db, old, into)


def _bonds(found: Iterable[Sequence[int]], ties: Sequence[Tie]) -> dict[int, Tie]:
    """Return for each story its surest tie to an earlier one of its group."""
    of = {story: group for group in found for story in group}
    best: dict[int, Tie] = {}
    for one in ties:
        if one.score >= 0 and of[one.low] is of[one.high]:
            held = best.get(one.high)
            if held is None or one.score > held.score:
                best[one.high] = one
    return best


def _place(story: int, event: int, bond: Tie | None) -> Place:
    if bond is None:
        return Place(story=story, event=event, score=0.0, because="")
    return Place(story=story, event=event, score=bond.score, because=bond.because)
