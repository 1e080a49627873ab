"""A press of many stories: five outlets of the replicas, each with made-up stories of one day.

Their pages, feeds and sitemaps are those of the press; the texts are nonsense
in five languages, so that no two stories are alike.
"""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from made.stories import _sentence
from made.words import Vocabulary

from harborwatch.press.answer import Request, Response
from harborwatch.press.descriptions import write_catalogue
from harborwatch.press.desk import Desk
from harborwatch.press.loading import read_outlets
from harborwatch.press.server import Server
from harborwatch.press.story import Story
from harborwatch.press.words import read_words

#: outlets by the language of their stories
OUTLETS = {
    "id": "kabarniaga", "en": "strandledger", "vi": "songhong", "zh": "haixia", "th": "siamkankha",
}  # fmt: skip
NOW = datetime(2018, 9, 20, 12, tzinfo=UTC)
#: paragraphs of a story, and sentences of each: some 2.8 KB, as stories of the press are
PARAGRAPHS, SENTENCES = 8, 3


class ManyPages:
    """The press, on 127.0.0.1 while it is entered. `each` is how many stories an outlet has."""

    def __init__(self, each: int, seed: int = 1) -> None:
        known = {outlet.name: outlet for outlet in read_outlets()}
        outlets = [replace(known[name], feed_entries=each) for name in OUTLETS.values()]
        self.stories = tuple(
            story
            for language, name in OUTLETS.items()
            for story in _stories(name, Vocabulary.of(language), each, random.Random(seed))
        )
        #: the time that the press shows; earlier than its stories, it is empty
        self.at = NOW
        self.requests = self.bytes = 0
        self._desk = Desk(outlets, self.stories, read_words())
        self._server = Server(self._answer)

    def __enter__(self) -> Self:
        self._desk.port = self._server.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.stop()

    def write_catalogue(self, folder: Path) -> None:
        """Write the outlets' files with the real port."""
        write_catalogue(folder, self._desk.port, tuple(OUTLETS.values()))

    def _answer(self, request: Request) -> Response:
        response = self._desk.answer(request, self.at)
        self.requests += 1
        self.bytes += len(response.body)
        return response


def _stories(outlet: str, words: Vocabulary, each: int, chance: random.Random) -> list[Story]:
    return [
        Story(
            outlet=outlet,
            slug=f"story-{number}",
            at=NOW - timedelta(minutes=4 * number + 1),
            headline=_sentence(chance, words, 8).rstrip(".。"),
            section="economy",
            body="\n".join(_paragraph(chance, words) for _ in range(PARAGRAPHS)),
        )
        for number in range(each)
    ]


def _paragraph(chance: random.Random, words: Vocabulary) -> str:
    drawn = (_sentence(chance, words, chance.randint(8, 25)) for _ in range(SENTENCES))
    return " ".join(drawn)
