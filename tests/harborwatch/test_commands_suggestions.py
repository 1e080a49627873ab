"""Names that a topic lacks, suggested from an archive, in ten languages."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from query_quays import HOTEL, QUAY, SAID
from sqlalchemy import update

from archive.tables import stories
from harborwatch.commands.try_story_inputs import StoryInput
from harborwatch.commands.try_telling import Newsroom, newsroom, tell
from harborwatch.topic_suggestions import found

TOPICS = Path(__file__).parents[2] / "query" / "topics"
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
NAMED = ("en", "Ministers met at the China-ASEAN Information Harbor on Monday.")


def told(room: Newsroom, texts: list[tuple[str, str]]) -> list[int]:
    """Tell stories of one outlet each; return their numbers."""
    return [
        tell(
            room,
            StoryInput(number=n, id=n, title="", text=text, language=language, outlet=f"o{n}"),
            NOON + timedelta(minutes=n),
        ).number
        for n, (language, text) in enumerate(texts, 1)
    ]


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    """Give an archive in which the harbor's event has stories that call it something else."""
    quays = [(code, one.format(QUAY[code])) for code, said in SAID.items() for one in said]
    hotels = [(code, one.format(HOTEL[code])) for code, said in SAID.items() for one in said]
    with newsroom([], [TOPICS]) as opened:
        numbers = told(opened, [NAMED, *quays, *hotels])
        mine = stories.c.id.in_(numbers[: len(quays) + 1])
        with opened.tools.archive.write() as db:
            # Copies and grouping are judged elsewhere; here these are one event.
            db.execute(update(stories).values(copy_of=None, event=None))
            db.execute(update(stories).where(mine).values(event=1))
        yield opened


@pytest.mark.parametrize("language", QUAY)
def test_the_other_name_of_the_event_is_suggested(room: Newsroom, language: str) -> None:
    """What stories of its event share and others have not comes first, with how often it stands."""
    topics = room.tools.topics
    with room.tools.archive.read() as db:
        first, *_ = found(db, topics.get("caih"), topics, language, 3)
    assert first.lacking.words == QUAY[language]
    assert (first.lacking.language, first.lacking.stories) == (language, 5)
    assert first.archive.n == 5


def test_a_topic_without_stories_lacks_nothing(room: Newsroom) -> None:
    """Beside no story there is nothing to suggest."""
    topics = room.tools.topics
    with room.tools.archive.read() as db:
        assert found(db, topics.get("rcep"), topics, "", 8) == []
