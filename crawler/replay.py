"""Replay: kept pages take the stages again, in the order in which they were kept (law 7)."""

from dataclasses import replace

from sqlalchemy import Connection

from archive import Archive
from archive.collecting import sightings, sources
from archive.keeping import pages
from crawler.cycle import stages_after_keep
from news import Page, Sighting, Source
from pipelines.keep import Keep
from pipelines.stages import Tools, run
from pipelines.turns import Turns


async def replay(tools: Tools, into: Archive) -> tuple[int, int]:
    """Fill an empty archive from another one's pages; returns pages read and stories stored."""
    here = replace(tools, archive=into, turns=Turns())
    stages = [Keep(here), *stages_after_keep(here)]
    with into.write() as db:
        known = [source for outlet in tools.outlets.values() for source in outlet.sources]
        sources.synchronise(db, known, tools.clock.now())
    read = stored = 0
    with tools.archive.read() as db:
        numbers = list(pages.every(db))
    for number in numbers:
        with tools.archive.read() as db:
            page = pages.load(db, number)
        with into.write() as db:
            sight(db, page)
        stored += await run(stages, _unkept(page), here.turns)
        read += 1
    return read, stored


def _unkept(page: Page) -> Page:
    """Return a page as it was before it was kept; its own mark would say that it is known."""
    return replace(page, id=None, conditions=replace(page.conditions, body_hash=""))


def sight(db: Connection, page: Page) -> None:
    """Write the sighting down that the page was fetched for."""
    sighting = Sighting(
        source=page.source,
        outlet=page.outlet,
        way="listing",
        address=page.address,
        key=page.key,
        seen_at=page.first_seen_at,
        entry=page.entry,
    )
    gone = Source(id=page.source, outlet=page.outlet, way="listing", address=page.address)
    sources.ensure(db, gone, page.first_seen_at)
    sightings.record(db, [sighting], history=page.history)
