"""One program that crawls the press, and what its archive and the press say of it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from scrapy.settings import Settings
from sqlalchemy import select

from archive.collecting import hosts
from archive.tables import polls, stories
from crawler.cycle import Report, run_cycle
from harborwatch.press import Hit, Press
from news import PlayedClock
from pipelines.stages import Tools

BEGIN = datetime(2018, 9, 19, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Crawl:
    """One program that crawls the press."""

    press: Press
    tools: Tools
    settings: Settings

    async def poll(self, *outlets: str) -> Report:
        """Poll what is due, or these outlets due or not."""
        return await run_cycle(self.tools, self.settings, outlets=outlets or None)

    def pass_time(self, seconds: float) -> None:
        """Let time pass for the program and for the press."""
        clock = self.tools.clock
        assert isinstance(clock, PlayedClock)
        clock.advance(clock.now() + timedelta(seconds=seconds))
        self.press.advance(max(self.press.now, clock.now()))

    def outcomes(self) -> dict[str, str]:
        """Return how each source's last poll ended."""
        with self.tools.archive.read() as db:
            rows = db.execute(select(polls.c.source, polls.c.outcome).order_by(polls.c.id))
            return {row.source: str(row.outcome) for row in rows}

    def details(self) -> dict[str, str]:
        """Return what each source's last poll says of itself."""
        with self.tools.archive.read() as db:
            rows = db.execute(select(polls.c.source, polls.c.detail).order_by(polls.c.id))
            return {row.source: row.detail for row in rows}

    def stored(self, outlet: str) -> list[str]:
        """Return the addresses of an outlet's stories."""
        with self.tools.archive.read() as db:
            wanted = select(stories.c.address).where(stories.c.outlet == outlet)
            return list(db.scalars(wanted.order_by(stories.c.id)))

    def free_at(self, outlet: str) -> datetime | None:
        """Return when the outlet's host may be asked again."""
        with self.tools.archive.read() as db:
            return hosts.free_at(db, self.press.base(outlet).removeprefix("http://"))

    def hits(self, host: str, begin: str = "/") -> list[Hit]:
        """Return what the press was asked at a host."""
        return [hit for hit in self.press.log if hit.host == host and hit.path.startswith(begin)]
