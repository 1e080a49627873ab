"""What a story is about, in words: topics with score and reasons, and their facets. Pure."""

from collections.abc import Iterator

from archive.keeping.traces import StoryTrace
from archive.searching.search import document_of
from harborwatch.address_trail import Step
from news.saying import joined, say
from pipelines.topics import facets_of, standings
from query import Topic, Topics

#: words of a topic that are shown
WORDS = 8


def topic_steps(trace: StoryTrace, topics: Topics, language: str) -> Iterator[Step]:
    """Say which topics a story mentions, the one that it is most about first, and why.

    Mentions are those that were kept; tiers and facets are those of today's files, the titles
    of facets in a language.
    """
    tiers = {topic.id: topic.tier for topic in topics}
    for one in standings(trace.mentions, tiers):
        words = list(dict.fromkeys(m.words for m in trace.mentions if m.topic == one.topic))
        named = ", ".join(words[:WORDS])
        if len(words) > WORDS:
            named = say("{some} and {n} more", some=named, n=len(words) - WORDS)
        known = one.topic in tiers
        reasons = one.reasons if known else (say("no topic now"), *one.reasons[1:])
        text = say(
            "@{topic}: {named}; score {score:.2f}: {reasons}",
            topic=one.topic, named=named, score=one.score, reasons=joined(", ", reasons),
        )  # fmt: skip
        yield Step(about="topic", text=text)
        if known:
            yield from _facets(trace, topics.get(one.topic), language)
    if not trace.mentions:
        yield Step(about="topic", text=say("none when it was stored"))


def _facets(trace: StoryTrace, topic: Topic, language: str) -> Iterator[Step]:
    for facet, words in facets_of(document_of(trace.story), topic).items():
        title = topic.facets[facet].titled(language)
        text = f"@{topic.id}/{facet}, {title}: {', '.join(words[:WORDS])}"
        yield Step(about="facet", text=text)
