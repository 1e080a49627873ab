"""One event as a card: what of it is told, if anything (law 3). Pure.

An event is told if any of its stories was. Told before, it has an update where
a story's own revision changed a fact (a), or a value comes from two outlets (b).

Two kinds of told events have never been announced: those whose stories stood
in no more than a line, and those whose stories were told only under a headline
that is another event's now, because they were wrongly grouped with it. The
grouping itself sends nothing; but the next original telling that a watch finds
makes a "new" card, which holds what the reader was not told and says what the
event was split off from. From then on the event is announced: this is once.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Literal

from alerts.changes import fact_changes
from alerts.firsts import first_telling
from alerts.importance import importance
from alerts.matches import Match, Told
from archive.reporting.fact_table import conflicts, fact_table
from news import Card, Fact, Subscriber, Telling
from news.facts import Sayings, distinct, in_order, is_near, is_telling

Kind = Literal["new", "update", "also", "sent", "minor"]

#: A new value counts from this many outlets on (law 3b).
INDEPENDENT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One story at its highest revision, with all that the watches found in it."""

    telling: Telling
    event: int
    matches: tuple[Match, ...]
    facts: tuple[Fact, ...]

    @property
    def outlet(self) -> str:
        """Return what its outlet is called."""
        return self.telling.outlet_name or self.telling.outlet

    @property
    def original(self) -> bool:
        """Return whether it is told in words of its own."""
        return self.telling.copy_of is None


def events(matches: Sequence[Match]) -> list[list[Found]]:
    """Group the stories by event, each at its highest revision, in the order of a card."""
    ordered = sorted(
        matches,
        # The printed form comes last: only it tells apart what else is the same.
        key=lambda one: (one.story.story, -one.story.revision, -one.event, one.watch, repr(one)),
    )
    grouped: defaultdict[int, list[Found]] = defaultdict(list)
    for _, group in groupby(ordered, key=lambda match: match.story.story):
        same = list(group)
        best = same[0]
        top = tuple(one for one in same if one.story.revision == best.story.revision)
        found = Found(telling=best.story, event=best.event, matches=top, facts=best.facts)
        grouped[best.event].append(found)
    return [sorted(stories, key=_place) for stories in grouped.values()]


def _place(found: Found) -> tuple[bool, bool, datetime, int]:
    telling = found.telling
    return telling.doubted, not found.original, telling.first_seen_at, telling.story


def card_of(
    subscriber: Subscriber, group: list[Found], told: Told, at: datetime, *, instant: bool
) -> Card | None:
    """Return an event's card for a digest, or None where there is nothing to tell."""
    card = _told_card(subscriber, group, told, at, instant=instant)
    if card is None:
        return None
    tiers = (match.tier for found in group for match in found.matches)
    worth = importance((found.telling for found in group), tiers, at)
    # What was told may be contradicted by what is new.
    whole = tuple(found.telling for found in group)
    card = replace(
        card,
        first=first_telling(whole),
        whole=whole,
        importance=worth,
        conflicts=conflicts(fact_table(group)),
    )
    if card.kind != "new" or worth.points >= _threshold(subscriber, group):
        return card
    # What the reader has seen a line of is no more than a line again.
    seen = _event_is_told(card.event, group, told)
    return replace(card, kind="also" if seen else "minor", split_from="")


def _told_card(
    subscriber: Subscriber, group: list[Found], told: Told, at: datetime, *, instant: bool
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
        # Told before or not: the reader knows the event by it and can read it.
        rest = [one for one in group if one not in telling]
        head = _in_language(language, [*telling, *rest])[0].telling
        return replace(_made("update", language, telling, changes, head), known_by=known)
    if event in told.instant and not instant:
        return replace(_made("sent", language, group), known_by=known)
    return replace(_made("also", language, fresh), known_by=known) if fresh else None


def _watched(found: Found) -> bool:
    return any(match.watch for match in found.matches)


def _threshold(subscriber: Subscriber, group: list[Found]) -> int:
    """Return the lowest threshold of the watches that found the event."""
    least = {watch.name: watch.at_least for watch in subscriber.watches}
    return min(
        (least.get(one.watch, 0) for found in group for one in found.matches if one.watch),
        default=0,
    )


def _told_of(event: int, group: list[Found], told: Told) -> set[int]:
    """Return the told stories that are in the event now."""
    mine = {story for story, of in told.event_of.items() if of == event}
    return mine | {found.telling.story for found in group} & told.stories.keys()


def _known_by(event: int, group: list[Found], told: Told) -> int | None:
    """Return the story that the reader knows the event by; None if it was never announced."""
    mine = _told_of(event, group, told)
    loud = {story for story in mine if story not in told.also}
    return min(
        (known for one in loud if (known := told.known_by.get(one, one)) in mine), default=None
    )


def _split_from(event: int, group: list[Found], told: Told) -> str:
    mine = _told_of(event, group, told)
    others = {told.known_by[one] for one in mine if one in told.known_by} - mine
    return next((told.headlines[one] for one in sorted(others) if one in told.headlines), "")


def _event_is_told(event: int, group: list[Found], told: Told) -> bool:
    if event in told.events or event in told.instant:
        return True
    return any(found.telling.story in told.stories for found in group)


def _own_changes(found: Found, told: Told) -> tuple[str, ...]:
    """Law 3a: what a told story's own new revision changed; a copy's changes are none."""
    before = told.stories.get(found.telling.story)
    if before is None or found.telling.revision <= before or not found.original:
        return ()
    return fact_changes(told.facts.get(found.telling.story, ()), found.facts)


def _new_values(event: int, group: list[Found], fresh: list[Found], told: Told) -> tuple[str, ...]:
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


def _news_of(found: Found) -> Iterator[Fact]:
    """Yield the facts of a story that can be news; the day on which it was told is none."""
    day = (found.telling.published_at or found.telling.first_seen_at).date()
    for fact in found.facts:
        if is_telling(fact) and not is_near(fact, day):
            yield fact


def _worth_telling(group: list[Found]) -> tuple[Fact, ...]:
    """Return the facts that a card shows, amounts of money first."""
    return distinct(in_order(f for found in group for f in found.facts if is_telling(f)))


def _made(
    kind: Kind,
    language: str,
    group: list[Found],
    changes: tuple[str, ...] = (),
    head: Telling | None = None,
) -> Card:
    head = head or _in_language(language, group)[0].telling
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
        facets=tuple(sorted({side for match in matches for side in match.facets})),
        sentence=hit.sentence if hit else "",
        sentence_language=hit.story.language if hit else "",
        hits=hit.hits if hit else (),
        changes=tuple(dict.fromkeys(changes)),
        facts=_worth_telling(group),
        late=all(match.late for match in matches),
        known_by=head.story,
    )


def _in_language(language: str, group: list[Found]) -> list[Found]:
    """Put the reader's language first, behind what is trusted; else the order of the card."""
    base = language.partition("-")[0]

    def foreign(found: Found) -> tuple[bool, bool]:
        telling = found.telling
        return telling.doubted, telling.language.partition("-")[0] != base

    return sorted(group, key=foreign)


def _hit(language: str, group: list[Found]) -> Match | None:
    """Return the match whose sentence stands for the card: with hits, if any has them."""
    shown = [
        match
        for found in _in_language(language, group)
        for match in found.matches
        if match.sentence and match.watch
    ]
    return min(shown, key=lambda match: not match.hits, default=None)
