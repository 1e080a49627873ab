"""A backfill as a crawl: the same pace, robots rules, guard and stages as the daily work."""

from collections.abc import Callable
from datetime import datetime

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from archive.collecting import backfills
from archive.collecting.backfills import Progress
from crawler.backfill_spider import BackfillSpider
from crawler.cycle import read_kept
from pipelines.stages import Tools


async def backfill(  # noqa: PLR0917 - what, from when to when, how much
    tools: Tools,
    settings: Settings,
    outlet: str,
    since: datetime,
    until: datetime,
    most: int,
    told: Callable[[Progress, str], None] | None = None,
    *,
    restart: bool = True,
) -> Progress:
    """Search an outlet's past; one that was cut off goes on. What it finds is history (law 5).

    `restart` as for a cycle.
    """
    if restart:
        await read_kept(tools)
    with tools.archive.write() as db:
        begun = backfills.begin(db, outlet, since, until, most, tools.clock.now())
    runner = AsyncCrawlerRunner(settings)
    await runner.crawl(BackfillSpider, tools=tools, backfill=begun, told=told)
    with tools.archive.read() as db:
        return backfills.progress(db, begun.id)
