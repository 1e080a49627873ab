"""The demo's days, played once, and what the archive and the press say of them."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from archive.keeping import stories
from archive.keeping.stories import LATEST
from archive.telling import digests
from archive.telling.digests import PastDigest
from harborwatch import demo
from harborwatch.press import Expected, Hit, Press
from harborwatch.wiring import Program
from news import Digest, Mention, PlayedClock, StoryRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What the days left."""

    home: Path
    press: Press
    program: Program
    #: what a perfect monitor would have
    expected: tuple[Expected, ...]
    #: by address, without the slash at its end
    rows: dict[str, StoryRow]
    #: as they were issued
    digests: tuple[Digest, ...]
    log: tuple[Hit, ...]

    def row(self, one: Expected) -> StoryRow:
        """Return the one story that the archive has of what was published."""
        (found,) = {a.rstrip("/") for a in one.addresses} & self.rows.keys()
        return self.rows[found]

    def one(self, outlet: str, begin: str) -> Expected:
        """Return the story of an outlet whose headline begins so."""
        (found,) = [
            e for e in self.expected if e.outlet == outlet and e.headline.startswith(begin)
        ]
        return found

    def happening(self, name: str) -> list[StoryRow]:
        """Return the tellings of a happening."""
        return [self.row(one) for one in self.expected if one.happening == name]

    def mentions(self, row: StoryRow) -> tuple[Mention, ...]:
        """Return a story's mentions at its latest revision."""
        with self.program.tools.archive.read() as db:
            return stories.mentions_of(db, row.id, row.revision)

    def past(self) -> list[PastDigest]:
        """Return the digests as they were archived."""
        with self.program.tools.archive.read() as db:
            return digests.past(db)


def play(home: Path, press: Press, program: Program, clock: PlayedClock) -> Played:
    """Play the days and gather what they left."""
    issued: list[Digest] = []

    async def days() -> None:
        async for one in demo.play(press, program, clock):
            issued.extend(one.digests)
        await program.tools.workers.close()
        if program.embedder is not None:
            await program.embedder.close()

    asyncio.run(days())
    with program.tools.archive.read() as db:
        rows = stories.rows(db, db.execute(LATEST).all())
    assert len({row.address for row in rows}) == len(rows), "an address is stored once"
    return Played(
        home=home,
        press=press,
        program=program,
        expected=press.expected(),
        rows={row.address: row for row in rows},
        digests=tuple(issued),
        log=press.log,
    )
