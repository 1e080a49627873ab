"""Puts the crawl's tools together: archive, catalogue, topics, workers, clock."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from archive import Archive, open_archive
from archive.collecting import notices, sources
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
    *,
    watching: bool = True,
) -> Tools:
    """Load outlet and topic files, bring the sources' table up to date, return the tools.

    `only` names the outlets to watch; none means all. Who is not `watching`
    leaves the table as it is. Raises FileError where a topic file cannot be
    used; outlet files that cannot are in the tools.
    """
    loaded = catalogue.usable(outlets)
    tools = Tools(
        archive=archive,
        outlets=loaded.outlets,
        topics=Topics.load(*topics),
        names=Names.shipped(),
        clock=clock,
        workers=Workers(),
        turns=Turns(),
        broken=loaded.broken,
    )
    if watching:
        watch(tools, only)
    return tools


def read_again(tools: Tools, outlets: Iterable[Path], topics: Iterable[Path]) -> Tools:
    """Return the tools with outlet and topic files as they are now; writes nothing.

    An outlet whose file cannot be used any more goes on as it was. Raises
    FileError where a topic file cannot be used.
    """
    loaded = catalogue.usable(outlets)
    kept = {one.path.stem for one in loaded.broken} & set(tools.outlets)
    found = {name: tools.outlets[name] for name in kept} | loaded.outlets
    return replace(
        tools,
        outlets=dict(sorted(found.items())),
        topics=Topics.load(*topics),
        broken=loaded.broken,
    )


def watch(tools: Tools, only: Collection[str] = ()) -> None:
    """Let the sources of these outlets, or of all, be those that are polled."""
    watched = [one for one in tools.outlets.values() if not only or one.id in only]
    with tools.archive.write() as db:
        sources.synchronise(db, catalogue.sources_of(watched), tools.clock.now())
        notices.end_of_dropped(db, tools.clock.now())


def tools_from_environment() -> Tools:
    """Return the tools of a crawl that was started by hand with `scrapy crawl`."""
    folder = home()
    return open_tools(
        open_archive(archive_address(folder)),
        outlet_folders(folder),
        topic_folders(folder),
        SystemClock(),
    )
