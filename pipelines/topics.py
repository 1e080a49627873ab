"""Topics: which of the watched things in the world a story mentions, and by which words."""

from collections.abc import Iterable
from dataclasses import replace

from news import Mention, Story
from pipelines.stages import Stage, Tools
from query import Document, Hit, Topic, expand, match, sentence_around
from query import Topics as TopicFiles

#: mentions kept per topic and story; the rest say nothing new
KEPT = 20


def mentions(story: Story, topics: Iterable[Topic], document: Document) -> tuple[Mention, ...]:
    """Return the mentions of all topics in a story; `topics` hold expanded queries."""
    found: list[Mention] = []
    for topic in topics:
        matched = match(topic.query, document)
        if matched is not None:
            found += [_mention(topic.id, hit, story) for hit in matched.hits[:KEPT]]
    return tuple(found)


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
        sentence=text[begin:end],
    )


def expanded(topics: TopicFiles) -> tuple[Topic, ...]:
    """Return the topics with every topic they name written out."""
    return tuple(replace(topic, query=expand(topic.query, topics)) for topic in topics)


class Topics(Stage):
    """Story to story with its mentions."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._topics = expanded(tools.topics)

    def process_item(self, item: Story) -> Story:
        """Ask every topic's query."""
        return replace(item, mentions=mentions(item, self._topics, document_of(item)))
