"""Topics: which of the watched things in the world a story mentions, and by which words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from news import Mention, Story
from news.saying import say
from pipelines.stages import Stage, Tools
from query import (
    Document,
    Hit,
    Percolator,
    Query,
    Topic,
    cut_sentence,
    expand,
    match,
    sentence_around,
)
from query import Topics as TopicFiles

#: characters of a body that are its first paragraph, about
LEAD = 400
#: what a topic of each tier counts
_TIERS = {1: 1.0, 2: 0.8, 3: 0.6, 4: 0.4}
#: mentions kept per topic and story; the rest say nothing new
KEPT = 20


def mentions(story: Story, topics: Percolator[str], document: Document) -> tuple[Mention, ...]:
    """Return the mentions of all topics in a story; `topics` come from `together`."""
    return tuple(
        _mention(topic, hit, story)
        for topic, matched in topics.match(document).items()
        for hit in matched.hits[:KEPT]
    )


def document_of(story: Story) -> Document:
    """Return a story as the matcher wants it; the archive's search asks the same of its rows."""
    return Document.of(
        title=story.title,
        body=story.body,
        outlet=story.outlet,
        source=story.source,
        language=story.language,
        country=story.country,
        authors=story.authors,
        published=story.published.at if story.published else None,
        first_seen=story.first_seen_at,
    )


def _mention(topic: str, hit: Hit, story: Story) -> Mention:
    text = story.title if hit.field == "title" else story.body
    begin, end = sentence_around(text, hit.start, hit.end)
    return Mention(
        topic=topic,
        field=hit.field,
        start=hit.start,
        end=hit.end,
        words=hit.words,
        clause=hit.clause,
        sentence=cut_sentence(text, begin, end),
    )


@lru_cache(maxsize=2)
def together(topics: TopicFiles) -> Percolator[str]:
    """Return the topics by their ids, ready to be put to stories all at once.

    Those of the same files are made ready once: it takes 60 ms, and each crawl
    of a round has its own stages.
    """
    return Percolator({topic.id: expand(topic.query, topics) for topic in topics})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How much a story is about a topic, and why; it only ranks, the query decides."""

    topic: str
    #: 0 to 1
    score: float
    #: for a person: "tier 1", "in the headline", "3 mentions"
    reasons: tuple[str, ...]


def standings(found: Sequence[Mention], tiers: Mapping[str, int]) -> tuple[Standing, ...]:
    """Return how much a story is about each topic it mentions, the most first."""
    by_topic: dict[str, list[Mention]] = {}
    for mention in found:
        by_topic.setdefault(mention.topic, []).append(mention)
    made = [_standing(topic, ones, tiers.get(topic, 4)) for topic, ones in by_topic.items()]
    return tuple(sorted(made, key=lambda one: (-one.score, one.topic)))


def _standing(topic: str, found: Sequence[Mention], tier: int) -> Standing:
    """Weigh tier, the first place where the topic is named, and how many times it is.

    The weights are set by hand: a headline counts whole, a first paragraph
    three quarters, and each further mention halves what is missing to one.
    """
    places = {(mention.field, mention.start) for mention in found}
    headline = any(field == "title" for field, _ in places)
    lead = any(field == "body" and start < LEAD for field, start in places)
    place, where = (
        (1.0, say("in the headline"))
        if headline
        else (0.75, say("in the first paragraph"))
        if lead
        else (0.5, say("further down"))
    )
    times = say("1 mention") if len(places) == 1 else say("{n} mentions", n=len(places))
    score = _TIERS[tier] * place * (1 - 0.5 ** (len(places) + 1))
    return Standing(
        topic=topic, score=round(score, 3), reasons=(say("tier {n}", n=tier), where, times)
    )


def facets_of(document: Document, topic: Topic) -> dict[str, tuple[str, ...]]:
    """Return the sides of a topic that a story speaks of, with the words that say so.

    `@topic/facet` finds the story exactly if the facet is among these (law 1).
    """
    named = frozenset(hit.words for hit in _hits(topic.query, document))
    found: dict[str, tuple[str, ...]] = {}
    for facet in topic.facets.values():
        hits = _hits(facet.query, document)
        if hits:
            words = dict.fromkeys(hit.words for hit in hits if hit.words not in named)
            found[facet.id] = tuple(words)
    return found


def _hits(query: Query, document: Document) -> Sequence[Hit]:
    matched = match(query, document)
    return matched.hits if matched else ()


class Topics(Stage):
    """Story to story with its mentions."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._topics = together(tools.topics)

    def process_item(self, item: Story) -> Story:
        """Ask every topic's query."""
        return replace(item, mentions=mentions(item, self._topics, document_of(item)))
