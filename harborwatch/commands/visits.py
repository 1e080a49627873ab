"""What a command needs that asks outlets by hand: the crawl's settings, its pace, a scout."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from scrapy.settings import Settings

from archive import open_archive
from crawler.cycle import crawl_settings
from crawler.places import archive_address, named_elsewhere
from crawler.visiting import PaceKeeper
from harborwatch.config import NAME, load
from harborwatch.wiring import settings_of
from news import SystemClock
from pipelines.reading.scouting.scout import Scout


@dataclass(frozen=True, slots=True, kw_only=True)
class Outing:
    """Everything for a visit."""

    settings: Settings
    pace: PaceKeeper
    scout: Scout


@asynccontextmanager
async def outing(home: Path) -> AsyncIterator[Outing]:
    """Give what a visit needs, and close it afterwards.

    A home's archive knows when each host may be asked again, so that a visit
    keeps one pace with the program that runs beside it; without a home the
    visit keeps its own. Raises FileError or ArchiveError.
    """
    configured = (home / NAME).exists()
    settings = settings_of(load(home)) if configured else crawl_settings({"LOG_ENABLED": False})
    with TemporaryDirectory(prefix="harborwatch-") as nowhere:
        address = load(home).archive if configured else ""
        if not address and ((home / "archive.db").exists() or named_elsewhere()):
            address = archive_address(home)
        archive = open_archive(address or f"sqlite:///{nowhere}/archive.db")
        scout = Scout()
        try:
            pace = PaceKeeper(archive=archive, clock=SystemClock())
            yield Outing(settings=settings, pace=pace, scout=scout)
        finally:
            await scout.close()
            archive.close()
