"""Tells stories to an empty archive, through the stages that a crawl takes after reading."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[1] / "tests" / "pipelines")]

from pipelines_tellings import put, story, tools  # noqa: E402
from sqlalchemy import select  # noqa: E402

from archive import Archive, open_archive, tables  # noqa: E402
from pipelines.copies import Copies  # noqa: E402
from pipelines.embedding import embed, first_words  # noqa: E402
from pipelines.event_settling import Settler  # noqa: E402
from pipelines.events import Events  # noqa: E402
from pipelines.facts.stage import Facts  # noqa: E402
from pipelines.topics import Topics as Mentions  # noqa: E402
from query import Names, Topics  # noqa: E402
from query.sentences import sentence_around  # noqa: E402

Row = Mapping[str, Any]

#: two documents of the parallel news report one football match
SAME = {"bbc.381746": "scotsman.133791"}


@dataclass
class Newsroom:
    """An archive that stories are told to, and their numbers there by the ids of their rows."""

    archive: Archive
    stages: Sequence[Any]
    settler: Settler
    numbers: dict[str, int] = field(default_factory=dict)

    def tell(self, row: Row, *, settle: bool = True) -> int:
        """Archive a story, and settle it or only weigh its keys; returns its number."""
        at = datetime.fromisoformat(row.get("published", "2018-09-20T00:00:00+00:00"))
        language = row["language"].partition("-")[0]
        given = {"outlet": row.get("outlet", f"outlet-{row['id']}"), "first_seen_at": at}
        said = story(row["id"], row["title"], row["text"], language, **given)
        said = replace(said, fetched_at=at)
        for stage in self.stages:
            said = stage.process_item(said)
        number = put(self.archive, said)
        with self.archive.write() as db:
            if settle:
                self.settler.new(db, number, said)
            else:
                self.settler.likely(db, number)
        self.numbers[row["id"]] = number
        return number

    def understand(self, row: Row, vectors: "Vectors") -> None:
        """Give a story its vector."""
        with self.archive.write() as db:
            self.settler.understood(db, self.numbers[row["id"]], 1, vectors.of(row))

    def events(self) -> dict[str, int]:
        """Return the event that each row is in."""
        with self.archive.read() as db:
            found = dict(db.execute(select(tables.stories.c.id, tables.stories.c.event)).all())
        return {name: found[number] for name, number in self.numbers.items()}


class Vectors:
    """Vectors of rows, each made once; `cache` names a file of them to work faster by hand."""

    def __init__(self, cache: Path | None = None) -> None:
        self._known: dict[str, np.ndarray] = {}
        if cache is not None:
            kept = np.load(cache)
            self._known = dict(zip(kept["texts"].tolist(), kept["v"], strict=True))

    def of(self, row: Row) -> np.ndarray:
        text = first_words(row["title"], row["text"])
        if text not in self._known:
            self._known[text] = np.frombuffer(embed(text), np.float32)
        return self._known[text]


@contextmanager
def newsroom(topics: Topics, names: Names, *, copies: bool = True) -> Iterator[Newsroom]:
    """Open an empty archive for as long as it is needed; `copies` says whether they are looked for."""
    with tempfile.TemporaryDirectory() as folder:
        archive = open_archive(f"sqlite:///{folder}/archive.db")
        given = tools(archive, topics, names)
        kinds: list[Callable[[Any], Any]] = [Copies] if copies else []
        try:
            stages = [stage(given) for stage in [*kinds, Mentions, Facts, Events]]
            yield Newsroom(archive, stages, Settler.of(topics))
        finally:
            archive.close()


def parallel(folder: Path) -> list[Row]:
    """Return headline and two sentences of each document, all of one day."""
    rows = []
    lines = (folder / "parallel" / "stories.jsonl").read_text("utf-8").splitlines()
    for at, line in enumerate(lines):
        row = json.loads(line)
        document = SAME.get(row["event"], row["event"])
        rows.append({**row, "id": f"p{at}", "event": document, "text": two_sentences(row["text"])})
    return rows


def two_sentences(text: str) -> str:
    end = 0
    for _ in range(2):
        start = min(end, len(text) - 1)
        _, end = sentence_around(text, start, start + 1)
        end += 1
    return text[:end]
