"""Puts the crawl's tools together: archive, catalogue, topics, workers, clock."""

from collections.abc import Collection, Iterable
from pathlib import Path

from archive import Archive, open_archive, sources
from crawler import catalogue
from crawler.places import archive_address, home, outlet_folders, topic_folders
from news import Clock, SystemClock
from pipelines.reading.worker import Workers
from pipelines.stages import Tools
from pipelines.turns import Turns
from query import Names, Topics


def open_tools(
    archive: Archive,
    outlets: Iterable[Path],
    topics: Iterable[Path],
    clock: Clock,
    only: Collection[str] = (),
) -> Tools:
    """Load outlet and topic files, bring the sources' table up to date, return the tools.

    `only` names the outlets to watch; none means all. Raises FileError where
    a file cannot be used.
    """
    loaded = catalogue.load(outlets)
    tools = Tools(
        archive=archive,
        outlets=loaded,
        topics=Topics.load(*topics),
        names=Names.shipped(),
        clock=clock,
        workers=Workers(),
        turns=Turns(),
    )
    watched = [outlet for outlet in loaded.values() if not only or outlet.id in only]
    with archive.write() as db:
        sources.synchronise(db, catalogue.sources_of(watched), clock.now())
    return tools


def tools_from_environment() -> Tools:
    """Return the tools of a crawl that was started by hand with `scrapy crawl`."""
    folder = home()
    return open_tools(
        open_archive(archive_address(folder)),
        outlet_folders(folder),
        topic_folders(folder),
        SystemClock(),
    )
