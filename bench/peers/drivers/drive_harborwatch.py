"""Ours: a home folder with its configuration, polled as `harborwatch poll` does it.

One subscriber is told at once of everything, and what waits for an idle hour is
done after each poll; over many pages only a topic is watched. Our clock is played beside the
press's, so that the pauses we leave between two requests to a host take no time.
"""

import asyncio
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from driving import drive, record
from processors import processor

from archive.keeping import stories
from archive.keeping.stories import LATEST
from archive.searching.search import search
from crawler.cycle import Report
from harborwatch import work
from harborwatch.config import NAME
from harborwatch.first_config import written
from harborwatch.wiring import put_together
from news import PlayedClock
from query import expand, parse

LANGUAGES = ("id", "ms", "en", "zh", "vi", "th", "km", "lo", "my", "fil")
WATCH = """
[[subscribers.watches]]
name = "{0}"
query = "lang:{0}"
rhythm = "instant"
"""


class Harborwatch:
    """The whole program, put together as its commands do."""

    def __init__(self, assignment: dict[str, Any]) -> None:
        home = Path(assignment["folder"], "home")
        home.mkdir(parents=True)
        (home / NAME).write_text(configuration(watched=assignment["watched"]), "utf-8")
        self.given = assignment
        self.clock = PlayedClock(datetime.fromisoformat(assignment["begin"]))
        self.loop = asyncio.Runner()
        #: processor seconds of what can wait
        self.idle = 0.0
        self.program = put_together(home, self.clock, [Path(assignment["catalogue"])])

    def poll(self, at: datetime, number: int) -> list[str]:
        return self.loop.run(self._poll(at))

    async def _poll(self, at: datetime) -> list[str]:
        self.clock.advance(max(at, self.clock.now()))
        report = await self.collect()
        told = await work.tell(self.program)
        if self.given["watched"]:
            await self.when_idle()
        print(work.said(report, told))
        return [
            telling.address
            for digest in told.digests
            for card in digest.cards
            if card.kind in {"new", "also", "minor"}
            for telling in card.tellings
        ]

    async def when_idle(self) -> None:
        """Make the vectors that events of several languages want, and tidy up."""
        before = processor(os.getpid())
        await work.understand(self.program, 600.0)
        await work.tidy(self.program)
        self.idle += processor(os.getpid()) - before

    async def collect(self) -> Report:
        """From the sockets to the archive: polls, pages, and the stages of each story."""
        return await work.poll_all(self.program)

    def result(self) -> dict[str, Any]:
        with self.program.tools.archive.read() as db:
            rows = stories.rows(db, db.execute(LATEST).all())
            found = {
                asked: [one.story.address for one in search(db, self._query(asked), limit=1000)]
                for asked in self.given["questions"]
            }
        self.loop.run(self.program.close())
        return {
            "records": [
                record(
                    one.address,
                    title=one.title,
                    text=one.body,
                    published=one.published_at.isoformat() if one.published_at else None,
                    topics=list(one.topics),
                    group=None if one.event is None else str(one.event),
                )
                for one in rows
            ],
            "found": found,
            "idle": self.idle,
        }

    def _query(self, asked: str) -> Any:
        return expand(parse(f'"{asked}"'), self.program.tools.topics)


def configuration(*, watched: bool) -> str:
    text = written("bench@example.org", "Asia/Jakarta", "17:00", "", "@caih")
    if watched:
        watches = "".join(WATCH.format(language) for language in LANGUAGES)
        text = text[: text.index("[[subscribers.watches]]")] + watches.lstrip()
    return text.replace("outlets = []", "outlets = []\nallow_private_addresses = true")


if __name__ == "__main__":
    drive(Harborwatch)
