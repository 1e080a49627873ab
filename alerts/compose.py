"""Compose: what one subscriber gets for one slot (laws 3 and 5). Pure.

    matches ─ one per story ─ one group per event ─ one card per event ─ ordered ─► Digest

A story is news once. An event is told if any of its stories was, so merges
and splits send nothing. Nothing here depends on the order of the matches.

Two kinds of told events have never been announced: those whose stories stood
in no more than a line, and those whose stories were told only under a headline
that is another event's now, because they were wrongly grouped with it. The
grouping itself sends nothing; but the next original telling that a watch finds
makes a "new" card, which holds what the reader was not told and says what the
event was split off from. From then on the event is announced: this is once.

An event under the thresholds of all watches that found it is "minor": a line
of the next regular digest. It makes none until it has waited for a week, and
none goes out at once for it: meanwhile it waits, and may yet grow.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Literal

from alerts.changes import fact_changes
from alerts.importance import importance
from alerts.matches import Match, Told
from news import Card, Digest, Fact, Subscriber, Telling
from news.facts import Sayings, distinct, in_order, is_near, is_telling

__all__ = ["Composed", "Match", "Told", "compose", "composed", "told_by"]

Kind = Literal["new", "update", "also", "sent", "minor"]

#: What an instant digest's slot begins with; all others are regular slots.
INSTANT = "now:"

#: A new value counts from this many outlets on (law 3b).
INDEPENDENT = 2

#: how long what is under every threshold waits for a digest that goes out anyway
MINOR_WAITS = timedelta(days=7)

_RANK: dict[Kind, int] = {"new": 0, "update": 1, "minor": 2, "also": 3, "sent": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A digest, or None, and the events that wait for a later one."""

    digest: Digest | None
    waiting: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """One story at its highest revision, with all that the watches found in it."""

    telling: Telling
    event: int
    matches: tuple[Match, ...]
    facts: tuple[Fact, ...]

    @property
    def original(self) -> bool:
        return self.telling.copy_of is None


def compose(  # noqa: PLR0917 - all six are the question; the callers read like it
    subscriber: Subscriber,
    slot: str,
    at: datetime,
    matches: Sequence[Match],
    told: Told,
    ledger: str,
) -> Digest | None:
    """Return the subscriber's digest for the slot, or None when there is none to send.

    Only new events and updates make a digest; all other lines ride along. With
    `when_empty="say"` a regular slot always gives a digest, an instant one
    never does without news. `ledger` is the ledger's line.
    """
    return composed(subscriber, slot, at, matches, told, ledger).digest


def composed(  # noqa: PLR0917 - as above
    subscriber: Subscriber,
    slot: str,
    at: datetime,
    matches: Sequence[Match],
    told: Told,
    ledger: str,
) -> Composed:
    """Return the digest as `compose` does, and which events must not be settled yet."""
    instant = slot.startswith(INSTANT)
    made = [_card(subscriber, group, told, at, instant=instant) for group in _events(matches)]
    cards = [card for card in made if card is not None]
    kept = [card for card in cards if not instant or not _waits(card, at)]
    news = any(card.kind in {"new", "update"} for card in kept)
    news = news or any(card.kind == "minor" and not _waits(card, at) for card in kept)
    if not news and (instant or subscriber.when_empty == "skip"):
        waiting = frozenset(card.event for card in cards if card.kind == "minor")
        return Composed(digest=None, waiting=waiting)
    shown = tuple(sorted(kept, key=_order))
    digest = Digest(subscriber=subscriber, slot=slot, at=at, cards=shown, ledger=ledger)
    return Composed(
        digest=digest,
        waiting=frozenset(card.event for card in cards) - {card.event for card in shown},
    )


def told_by(digest: Digest) -> tuple[tuple[int, int], ...]:
    """Return the (story, revision) pairs that the digest tells, by story.

    These are the tellings of every card. In a "sent" card they are the ones
    that were told at once, and further ones counted in the same line.
    """
    return tuple(
        sorted({(line.story, line.revision) for card in digest.cards for line in card.tellings})
    )


def _waits(card: Card, at: datetime) -> bool:
    oldest = min(line.first_seen_at for line in card.tellings)
    return card.kind == "minor" and at - oldest < MINOR_WAITS


def _order(card: Card) -> tuple[int, bool, int, int, int, float, int]:
    """Order by kind, importance and novelty."""
    newest = max(line.first_seen_at for line in card.tellings).timestamp()
    worth = card.importance
    return (
        _RANK[card.kind],
        card.late,
        -worth.points,
        -worth.outlets,
        -worth.growth,
        -newest,
        card.event,
    )


def _events(matches: Sequence[Match]) -> list[list[_Found]]:
    """Group the stories by event, each at its highest revision, in the order of a card."""
    ordered = sorted(
        matches,
        # The printed form comes last: only it tells apart what else is the same.
        key=lambda one: (one.story.story, -one.story.revision, -one.event, one.watch, repr(one)),
    )
    events: defaultdict[int, list[_Found]] = defaultdict(list)
    for _, group in groupby(ordered, key=lambda match: match.story.story):
        same = list(group)
        best = same[0]
        top = tuple(one for one in same if one.story.revision == best.story.revision)
        found = _Found(telling=best.story, event=best.event, matches=top, facts=best.facts)
        events[best.event].append(found)
    return [sorted(stories, key=_place) for stories in events.values()]


def _place(found: _Found) -> tuple[bool, datetime, int]:
    return not found.original, found.telling.first_seen_at, found.telling.story


def _card(
    subscriber: Subscriber, group: list[_Found], told: Told, at: datetime, *, instant: bool
) -> Card | None:
    card = _told_card(subscriber, group, told, at, instant=instant)
    if card is None:
        return None
    tiers = (match.tier for found in group for match in found.matches)
    worth = importance((found.telling for found in group), tiers, at)
    card = replace(card, importance=worth)
    if card.kind != "new" or worth.points >= _threshold(subscriber, group):
        return card
    # What the reader has seen a line of is no more than a line again.
    seen = _event_is_told(card.event, group, told)
    return replace(card, kind="also" if seen else "minor", split_from="")


def _told_card(
    subscriber: Subscriber, group: list[_Found], told: Told, at: datetime, *, instant: bool
) -> Card | None:
    """Return what there is to tell of an event, however important it is."""
    event, language = group[0].event, subscriber.language
    watched = any(match.watch for found in group for match in found.matches)
    if not _event_is_told(event, group, told):
        # A copy that was put into an event of its own still tells nothing new.
        copies = all(found.telling.copy_of in told.stories for found in group)
        if not watched or not copies:
            return _made("new", language, group) if watched else None
    fresh = [found for found in group if found.telling.story not in told.stories]
    known = _known_by(event, group, told)
    if known is None and any(found.original and _watched(found) for found in fresh):
        return replace(_made("new", language, fresh), split_from=_split_from(event, group, told))
    revised = {found.telling.story: _own_changes(found, told) for found in group}
    changes = _new_values(event, group, fresh, told)
    changes = tuple(line for lines in revised.values() for line in lines) + changes
    if changes:
        telling = [one for one in group if one in fresh or revised[one.telling.story]]
        return replace(_made("update", language, telling, changes), known_by=known)
    if event in told.instant and not instant:
        return replace(_made("sent", language, group), known_by=known)
    return replace(_made("also", language, fresh), known_by=known) if fresh else None


def _watched(found: _Found) -> bool:
    return any(match.watch for match in found.matches)


def _threshold(subscriber: Subscriber, group: list[_Found]) -> int:
    """Return the lowest threshold of the watches that found the event."""
    least = {watch.name: watch.at_least for watch in subscriber.watches}
    return min(
        (least.get(one.watch, 0) for found in group for one in found.matches if one.watch),
        default=0,
    )


def _told_of(event: int, group: list[_Found], told: Told) -> set[int]:
    """Return the told stories that are in the event now."""
    mine = {story for story, of in told.event_of.items() if of == event}
    return mine | {found.telling.story for found in group} & told.stories.keys()


def _known_by(event: int, group: list[_Found], told: Told) -> int | None:
    """Return the story that the reader knows the event by; None if it was never announced."""
    mine = _told_of(event, group, told)
    loud = {story for story in mine if story not in told.also}
    return min(
        (known for one in loud if (known := told.known_by.get(one, one)) in mine), default=None
    )


def _split_from(event: int, group: list[_Found], told: Told) -> str:
    mine = _told_of(event, group, told)
    others = {told.known_by[one] for one in mine if one in told.known_by} - mine
    return next((told.headlines[one] for one in sorted(others) if one in told.headlines), "")


def _event_is_told(event: int, group: list[_Found], told: Told) -> bool:
    if event in told.events or event in told.instant:
        return True
    return any(found.telling.story in told.stories for found in group)


def _own_changes(found: _Found, told: Told) -> tuple[str, ...]:
    """Law 3a: what a told story's own new revision changed; a copy's changes are none."""
    before = told.stories.get(found.telling.story)
    if before is None or found.telling.revision <= before or not found.original:
        return ()
    return fact_changes(told.facts.get(found.telling.story, ()), found.facts)


def _new_values(
    event: int, group: list[_Found], fresh: list[_Found], told: Told
) -> tuple[str, ...]:
    """Law 3b: facts that the subscriber was not told, from two outlets of their own words."""
    members = {found.telling.story for found in group}
    members |= {story for story, of in told.event_of.items() if of == event}
    announced = {story for story in members if story in told.stories and story not in told.also}
    known = Sayings(fact for story in announced for fact in told.facts.get(story, ()))
    originals = [found for found in fresh if found.original]
    sources = [(told.also[one], told.facts.get(one, ())) for one in members & told.also.keys()]
    sources += [(found.telling.outlet, found.facts) for found in originals]
    sayings = [(outlet, Sayings(facts)) for outlet, facts in sources]
    return tuple(
        f"+ {fact.text}"
        for fact in in_order(distinct(one for found in originals for one in _news_of(found)))
        if fact not in known
        and len({outlet for outlet, said in sayings if fact in said}) >= INDEPENDENT
    )


def _news_of(found: _Found) -> Iterator[Fact]:
    """Yield the facts of a story that can be news; the day on which it was told is none."""
    day = (found.telling.published_at or found.telling.first_seen_at).date()
    for fact in found.facts:
        if is_telling(fact) and not is_near(fact, day):
            yield fact


def _worth_telling(group: list[_Found]) -> tuple[Fact, ...]:
    """Return the facts that a card shows, amounts of money first."""
    return distinct(in_order(f for found in group for f in found.facts if is_telling(f)))


def _made(kind: Kind, language: str, group: list[_Found], changes: tuple[str, ...] = ()) -> Card:
    head = _in_language(language, group)[0].telling
    hit = _hit(language, group)
    matches = [match for found in group for match in found.matches]
    return Card(
        event=group[0].event,
        kind=kind,
        headline=head.title,
        headline_language=head.language,
        address=head.address,
        tellings=tuple(found.telling for found in group),
        watches=tuple(sorted({match.watch for match in matches if match.watch})),
        topics=tuple(sorted({topic for match in matches for topic in match.topics})),
        sentence=hit.sentence if hit else "",
        sentence_language=hit.story.language if hit else "",
        hits=hit.hits if hit else (),
        changes=tuple(dict.fromkeys(changes)),
        facts=_worth_telling(group),
        late=all(match.late for match in matches),
        known_by=head.story,
    )


def _in_language(language: str, group: list[_Found]) -> list[_Found]:
    """Put the reader's language first; what else decides is the order of the card."""
    base = language.partition("-")[0]
    return sorted(group, key=lambda found: found.telling.language.partition("-")[0] != base)


def _hit(language: str, group: list[_Found]) -> Match | None:
    """Return the match whose sentence stands for the card: with hits, if any has them."""
    shown = [
        match
        for found in _in_language(language, group)
        for match in found.matches
        if match.sentence and match.watch
    ]
    return min(shown, key=lambda match: not match.hits, default=None)
