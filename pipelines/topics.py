"""Topics: which of the watched things in the world a story mentions, and by which words."""

from dataclasses import replace

from news import Mention, Story
from pipelines.stages import Stage, Tools
from query import Document, Hit, Percolator, expand, sentence_around
from query import Topics as TopicFiles

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
        sentence=text[begin:end],
    )


def together(topics: TopicFiles) -> Percolator[str]:
    """Return the topics by their ids, ready to be put to stories all at once."""
    return Percolator({topic.id: expand(topic.query, topics) for topic in topics})


class Topics(Stage):
    """Story to story with its mentions."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._topics = together(tools.topics)

    def process_item(self, item: Story) -> Story:
        """Ask every topic's query."""
        return replace(item, mentions=mentions(item, self._topics, document_of(item)))
