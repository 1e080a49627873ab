"""Compose: what one subscriber gets for one slot (laws 3 and 5). Pure.

    matches ─ one per story ─ one group per event ─ one card per event ─ ordered ─► Digest

A story is news once. An event is told if any of its stories was, so merges
and splits send nothing. Nothing here depends on the order of the matches.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Literal

from alerts.changes import fact_changes
from alerts.matches import Match, Told
from archive.fact_table import conflicts, fact_table
from news import Card, Digest, Fact, Subscriber, Telling
from news.facts import Sayings, distinct, in_order, is_near, is_telling

__all__ = ["Match", "Told", "compose", "told_by"]

Kind = Literal["new", "update", "also", "sent"]

#: What an instant digest's slot begins with; all others are regular slots.
INSTANT = "now:"

#: A new value counts from this many outlets on (law 3b).
INDEPENDENT = 2

_RANK: dict[Kind, int] = {"new": 0, "update": 1, "also": 2, "sent": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """One story at its highest revision, with all that the watches found in it."""

    telling: Telling
    event: int
    matches: tuple[Match, ...]
    facts: tuple[Fact, ...]

    @property
    def outlet(self) -> str:
        return self.telling.outlet_name or self.telling.outlet

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

    Only new events and updates make a digest; "also" and "sent" lines ride
    along. With `when_empty="say"` a regular slot always gives a digest, an
    instant one never does without news. `ledger` is the ledger's line.
    """
    instant = slot.startswith(INSTANT)
    cards = [
        card
        for group in _events(matches)
        if (card := _card(subscriber.language, group, told, instant=instant)) is not None
    ]
    news = any(card.kind in {"new", "update"} for card in cards)
    if not news and (instant or subscriber.when_empty == "skip"):
        return None
    cards.sort(key=_order)
    return Digest(subscriber=subscriber, slot=slot, at=at, cards=tuple(cards), ledger=ledger)


def told_by(digest: Digest) -> tuple[tuple[int, int], ...]:
    """Return the (story, revision) pairs that the digest tells, by story.

    These are the tellings of every card. In a "sent" card they are the ones
    that were told at once, and further ones counted in the same line.
    """
    return tuple(
        sorted({(line.story, line.revision) for card in digest.cards for line in card.tellings})
    )


def independent_outlets(tellings: Iterable[Telling]) -> int:
    """Return how many outlets tell it in words of their own."""
    return len({line.outlet for line in tellings if line.copy_of is None})


def _order(card: Card) -> tuple[int, bool, int, float, int]:
    newest = max(line.first_seen_at for line in card.tellings).timestamp()
    outlets = independent_outlets(card.tellings)
    return _RANK[card.kind], card.late, -outlets, -newest, card.event


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


def _place(found: _Found) -> tuple[bool, bool, datetime, int]:
    telling = found.telling
    return telling.doubted, not found.original, telling.first_seen_at, telling.story


def _card(language: str, group: list[_Found], told: Told, *, instant: bool) -> Card | None:
    event = group[0].event
    watched = any(match.watch for found in group for match in found.matches)
    if not _event_is_told(event, group, told):
        # A copy that was put into an event of its own still tells nothing new.
        copies = all(found.telling.copy_of in told.stories for found in group)
        if not watched or not copies:
            return _made("new", language, group) if watched else None
    fresh = [found for found in group if found.telling.story not in told.stories]
    revised = {found.telling.story: _own_changes(found, told) for found in group}
    changes = _new_values(event, group, fresh, told)
    changes = tuple(line for lines in revised.values() for line in lines) + changes
    if changes:
        telling = [one for one in group if one in fresh or revised[one.telling.story]]
        # What was told may be contradicted by what is new.
        card = _made("update", language, telling, changes)
        return replace(card, conflicts=conflicts(fact_table(group)))
    if event in told.instant and not instant:
        return _made("sent", language, group)
    return _made("also", language, fresh) if fresh else None


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
        conflicts=conflicts(fact_table(group)),
        late=all(match.late for match in matches),
    )


def _in_language(language: str, group: list[_Found]) -> list[_Found]:
    """Put the reader's language first, behind what is trusted; else the order of the card."""
    base = language.partition("-")[0]

    def foreign(found: _Found) -> tuple[bool, bool]:
        telling = found.telling
        return telling.doubted, telling.language.partition("-")[0] != base

    return sorted(group, key=foreign)


def _hit(language: str, group: list[_Found]) -> Match | None:
    """Return the match whose sentence stands for the card: with hits, if any has them."""
    shown = [
        match
        for found in _in_language(language, group)
        for match in found.matches
        if match.sentence and match.watch
    ]
    return min(shown, key=lambda match: not match.hits, default=None)
