"""Law 3 in a small world: publish, revise, copy, merge and split, in any order."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_alerts_compose import DAILY, INSTANT, NOON, match, reader

from alerts.compose import Composed, Match, Told, composed
from news import Card, Digest, Watch
from news.rhythms import read_rhythm

WATCH = Watch(name="Harbor", query="x", rhythm=read_rhythm("daily 07:00"))


@dataclass
class World:
    """Stories in events, and one subscriber who is told, as an archive would keep it."""

    at_least: int = 0
    stories: dict[int, Match] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)
    told: dict[tuple[int, int], Card] = field(default_factory=dict)
    hours: int = 0

    def publish(self, story: int, event: int, **given) -> None:
        given.setdefault("outlet", f"o{story % 5}")
        given.setdefault("minutes", 60 * self.hours)
        self.stories[story] = match(story, event, **given)
        self.open.add(story)

    def revise(self, story: int, figure: float) -> None:
        old = self.stories[story]
        new = match(
            story,
            old.event,
            outlet=old.story.outlet,
            revision=old.story.revision + 1,
            facts=[figure],
            copy_of=old.story.copy_of,
        )
        same = replace(new.story, first_seen_at=old.story.first_seen_at)
        self.stories[story] = replace(new, story=same)
        self.open.add(story)

    def move(self, story: int, event: int) -> None:
        self.stories[story] = replace(self.stories[story], event=event)

    def merge(self, event: int, into: int) -> None:
        for story, one in self.stories.items():
            if one.event == event:
                self.move(story, into)

    def known(self) -> Told:
        stories: dict[int, int] = {}
        loud: set[int] = set()
        for (story, revision), card in sorted(self.told.items()):
            stories[story] = revision
            loud |= {story} if card.kind in {"new", "update"} else set()
        cards = {story: self.told[story, revision] for story, revision in stories.items()}
        known_by = {story: card.known_by for story, card in cards.items() if card.known_by}
        event_of = {story: self.stories[story].event for story in stories}
        return Told(
            stories=stories,
            events=frozenset(event_of.values()),
            facts={s: self.facts[s, r] for s, r in stories.items()},
            instant=frozenset(),
            event_of=event_of,
            also={s: self.stories[s].story.outlet for s in stories if s not in loud},
            known_by=known_by,
            headlines={s: self.stories[s].story.title for s in known_by.values()},
        )

    facts: dict[tuple[int, int], tuple] = field(default_factory=dict)

    def digest(self, slot: str = DAILY) -> Digest | None:
        """Tell what is open, as issuing does: whole events, then settle."""
        events = {self.stories[story].event for story in self.open}
        given = [
            replace(one, watch=one.watch if story in self.open else "")
            for story, one in self.stories.items()
            if one.event in events
        ]
        who = replace(reader(), watches=(replace(WATCH, at_least=self.at_least),))
        at = NOON + timedelta(hours=self.hours)
        made: Composed = composed(who, slot, at, given, self.known(), "")
        self.open = {s for s in self.open if self.stories[s].event in made.waiting}
        for card in made.digest.cards if made.digest else ():
            for line in card.tellings:
                self.told.setdefault((line.story, line.revision), card)
                self.facts[line.story, line.revision] = self.stories[line.story].facts
        return made.digest


def kinds(digest: Digest | None) -> list[str]:
    return [card.kind for card in digest.cards] if digest else []


steps = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), st.integers(1, 3), st.sampled_from([35.0, 53.0, 59.0])),
        st.tuples(st.just("publish"), st.integers(1, 3), st.just(35.0)),
        st.tuples(st.just("copy"), st.integers(1, 9), st.sampled_from([35.0, 99.0])),
        st.tuples(st.just("revise"), st.integers(1, 9), st.sampled_from([35.0, 53.0, 77.0])),
        st.tuples(st.just("merge"), st.integers(1, 4), st.integers(1, 4)),
        st.tuples(st.just("split"), st.integers(1, 9), st.integers(5, 8)),
        st.tuples(st.just("tell"), st.just(0), st.just(0)),
    ),
    min_size=6,
    max_size=30,
)


def played(world: World, script) -> Iterator[tuple[str, Digest | None]]:
    """Play the steps; yields what each digest was made after, and the digest."""
    since: list[str] = []
    for number, (what, one, other) in enumerate([*script, ("tell", 0, 0)], start=10):
        world.hours += 1
        since.append(what)
        there = sorted(world.stories)
        if what == "publish":
            world.publish(number, one, facts=[other])
        elif what == "copy" and there:
            of = world.stories[there[one % len(there)]]
            root = of.story.copy_of or of.story.story
            world.publish(number, of.event, facts=[other], copy_of=root)
        elif what == "revise" and there:
            world.revise(there[one % len(there)], other)
        elif what == "merge":
            world.merge(one, other)
        elif what == "split" and there:
            story = there[one % len(there)]
            root = world.stories[story].story.copy_of or story
            for copy in [s for s in there if root in (s, world.stories[s].story.copy_of)]:
                world.move(copy, other)
        elif what == "tell":
            yield " ".join(since), world.digest()
            since = []


_worlds = settings(max_examples=200, deadline=None)


@_worlds
@given(steps, st.sampled_from([0, 0, 3]))
def test_no_revision_is_told_as_news_twice(script, at_least: int) -> None:
    """Whatever is regrouped, a story's revision stands in one card of news, and once in lines."""
    news: list[tuple[int, int]] = []
    for _, digest in played(World(at_least=at_least), script):
        for card in digest.cards if digest else ():
            if card.kind in {"new", "minor", "also"}:
                news += [(line.story, line.revision) for line in card.tellings]
    assert len(news) == len(set(news))


@_worlds
@given(steps)
def test_regrouping_and_copies_alone_send_nothing(script) -> None:
    """A digest is made only after a telling in own words or a revision; never by merge, split, copy."""
    for after, digest in played(World(), script):
        if digest is not None:
            assert "publish" in after or "revise" in after, after


@_worlds
@given(steps, st.sampled_from([0, 3]))
def test_nothing_that_is_watched_vanishes(script, at_least: int) -> None:
    """After each round what is in own words is told, or waits, or its event is known by then."""
    world, settled = World(at_least=at_least), set()
    for _, _ in played(world, script):
        told = {story for story, _ in world.told}
        known = {world.stories[story].event for story in told}
        quiet = world.stories.keys() - told - world.open - settled
        settled |= quiet
        assert {world.stories[one].event for one in quiet if not copied(world, one)} <= known


def copied(world: World, story: int) -> bool:
    return world.stories[story].story.copy_of is not None


@_worlds
@given(steps)
def test_after_a_split_its_next_telling_announces_it(script) -> None:
    """At the end, one more telling of any event leaves no event that was never a headline's."""
    world = World()
    for _, _ in played(world, script):
        pass
    for event in sorted({one.event for one in world.stories.values()}):
        world.hours += 1
        world.publish(100 + event, event, outlet="fresh")
        world.digest()
        loud = [
            card
            for (story, _), card in world.told.items()
            if world.stories[story].event == event and card.kind in {"new", "update"}
        ]
        assert any(world.stories[card.known_by].event == event for card in loud if card.known_by)


def test_a_wrongly_merged_story_is_announced_once_after_the_split() -> None:
    """Told under another's headline, then split off: the next telling is new and says so, once."""
    world = World()
    world.publish(1, 1)
    world.publish(2, 1, language="id")
    assert kinds(world.digest()) == ["new"]
    world.move(2, 2)
    assert world.digest() is None, "a split alone sends nothing"
    world.hours += 1
    world.publish(3, 2)
    digest = world.digest()
    assert digest is not None
    (card,) = digest.cards
    assert (card.kind, card.split_from) == ("new", "Harbor forum opens")
    assert [line.story for line in card.tellings] == [3], "what was told is not told again"
    world.publish(4, 2)
    assert world.digest() is None, "from then on it is known"
    world.publish(5, 1)
    assert world.digest() is None, "and so is the one it was split from"


@pytest.mark.parametrize("copy_of", [None, 3])
def test_a_copy_announces_nothing(copy_of: int | None) -> None:
    """A copy in a split-off event makes no digest; a telling in own words does."""
    world = World()
    world.publish(1, 1)
    world.publish(2, 1)
    world.digest()
    world.move(2, 2)
    world.publish(3, 2, copy_of=copy_of and 2)
    assert kinds(world.digest()) == ([] if copy_of else ["new"])


def test_what_is_under_the_threshold_waits_for_a_digest_that_goes_out() -> None:
    """A minor event makes no digest; with news it is a line, and is told."""
    world = World(at_least=2)
    world.publish(1, 1)
    assert world.digest() is None
    assert world.open == {1}, "it waits"
    for story in (2, 3, 4):
        world.publish(story, 2)
    assert kinds(world.digest()) == ["new", "minor"]
    assert world.open == set()


def test_what_waits_may_grow_over_the_threshold() -> None:
    """An event that waits becomes a card when enough outlets tell it, also at once."""
    world = World(at_least=2)
    world.publish(1, 1)
    assert world.digest(INSTANT) is None
    world.publish(2, 1)
    assert world.digest(INSTANT) is None
    world.publish(3, 1)
    digest = world.digest(INSTANT)
    assert digest is not None
    assert [line.story for line in digest.cards[0].tellings] == [1, 2, 3]


def test_a_listed_event_that_grows_is_a_card_with_what_is_new() -> None:
    """Seen as a line only, an event over the threshold is announced with its further tellings."""
    world = World(at_least=2)
    world.publish(1, 1)
    for story in (2, 3, 4):
        world.publish(story, 2)
    world.digest()
    world.publish(6, 1, outlet="o6")
    assert world.digest() is None
    world.publish(7, 1, outlet="o7")
    digest = world.digest()
    assert digest is not None
    assert [line.story for line in digest.cards[0].tellings] == [6, 7]
    assert digest.cards[0].split_from == ""


@pytest.mark.parametrize("slot", [DAILY, INSTANT])
def test_what_waits_for_a_week_is_told_anyway(slot: str) -> None:
    """After a week under the threshold an event makes a digest of lines, so that none is lost."""
    world = World(at_least=9)
    world.publish(1, 1)
    world.hours = 7 * 24 - 1
    assert world.digest(slot) is None
    world.hours += 1
    assert kinds(world.digest(slot)) == ["minor"]


def test_an_alert_holds_no_minor_lines() -> None:
    """At once goes only what is over the threshold; the rest waits for a regular digest."""
    world = World(at_least=2)
    world.publish(1, 1)
    for story in (2, 3, 4):
        world.publish(story, 2)
    assert kinds(world.digest(INSTANT)) == ["new"]
    assert world.open == {1}


def test_cards_stand_by_tier_outlets_growth_and_novelty() -> None:
    """A topic of the first tier before many outlets, many before growth, the newest first."""
    world = World()
    world.publish(1, 1, minutes=9)
    world.stories[1] = replace(world.stories[1], tier=1)
    for story in (2, 3, 4):
        world.publish(story, 2, minutes=1)
    world.publish(5, 3, minutes=3)
    world.publish(6, 4, minutes=4)
    world.hours = 1
    digest = world.digest()
    assert digest is not None
    assert [card.event for card in digest.cards] == [1, 2, 4, 3]
    assert [card.importance.points for card in digest.cards] == [4, 2, 0, 0]


def test_growth_is_of_outlets_that_joined_within_a_day() -> None:
    """Outlets of the last day count as growth where others were there before; copies never."""
    world = World()
    world.publish(1, 1)
    world.hours = 30
    world.publish(2, 1)
    world.publish(3, 1)
    world.publish(4, 1, copy_of=1)
    digest = world.digest()
    assert digest is not None
    worth = digest.cards[0].importance
    assert (worth.outlets, worth.growth, worth.points) == (3, 2, 3)
