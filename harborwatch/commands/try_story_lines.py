"""What `try stories` answers: what each story is once all are told, as JSON, each a line."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from archive import Archive
from archive.keeping import stories
from harborwatch.commands.try_inputs import BadLine
from harborwatch.commands.try_story_inputs import StoryInput, first_seen
from harborwatch.commands.try_telling import Newsroom, Told, give_vectors, tell
from news import Fact, Story, StoryRow
from pipelines.stages import Tools
from pipelines.topics import document_of, facets_of, standings
from query import Topics

Line = Mapping[str, object]

#: stories that are read back at a time: SQLite takes no more than 32,766 values
_AT_ONCE = 500


def story_lines(
    room: Newsroom, given: Sequence[StoryInput | BadLine], now: datetime
) -> Iterator[Line]:
    """Tell stories one after the other, and yield what each line is in the end, in their order."""
    good = [one for one in given if isinstance(one, StoryInput)]
    told = [tell(room, one, at) for one, at in zip(good, first_seen(good, now), strict=True)]
    asyncio.run(give_vectors(room.tools))
    answers = _told_lines(room.tools, told)
    for one in given:
        yield next(answers) if isinstance(one, StoryInput) else _bad_line(one)


def _told_lines(tools: Tools, told: Sequence[Told]) -> Iterator[Line]:
    ids = {one.number: one.given.id for one in told}
    rows = _rows(tools.archive, list(ids))
    first: dict[int | None, str | int] = {}
    for row in rows:
        first.setdefault(row.event, ids[row.id])
    for one, row in zip(told, rows, strict=True):
        yield {
            "id": one.given.id,
            "language": row.language,
            "topics": list(_topic_lines(one.story, tools.topics)),
            "copy_of": None if row.copy_of is None else ids[row.copy_of],
            "event": first[row.event],
            "facts": [_fact_line(fact) for fact in one.story.facts],
        }


def _rows(archive: Archive, numbers: Sequence[int]) -> list[StoryRow]:
    """Return stories as they stand now, in the order of their numbers."""
    found: list[StoryRow] = []
    with archive.read() as db:
        for begin in range(0, len(numbers), _AT_ONCE):
            found += stories.load(db, numbers[begin : begin + _AT_ONCE])
    return found


def _topic_lines(story: Story, topics: Topics) -> Iterator[Line]:
    """Yield the topics of a story, the one that it is most about first."""
    tiers = {topic.id: topic.tier for topic in topics}
    for one in standings(story.mentions, tiers):
        words = [mention.words for mention in story.mentions if mention.topic == one.topic]
        yield {
            "id": one.topic,
            "tier": tiers[one.topic],
            "score": one.score,
            "reasons": list(one.reasons),
            "words": list(dict.fromkeys(words)),
            "facets": list(facets_of(document_of(story), topics.get(one.topic))),
        }


def _fact_line(fact: Fact) -> Line:
    return {
        "kind": fact.kind,
        "value": fact.value,
        "high": fact.high,
        "unit": fact.unit,
        "what": fact.what,
        "text": fact.text,
    }


def _bad_line(bad: BadLine) -> Line:
    named = {} if bad.id is None else {"id": bad.id}
    return {**named, "line": bad.number, "error": bad.error}
