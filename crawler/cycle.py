"""One cycle: every source that is due is polled, every page that waits is fetched and read."""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.spiderloader import DummySpiderLoader
from scrapy.utils.misc import load_object

from archive.collecting import clock_back, sightings, sources
from archive.collecting.sources import DueSource
from archive.engine import is_the_archives
from archive.keeping import pages
from crawler import polling
from crawler import settings as defaults
from crawler.outcomes import OUTAGE_RETRY, Fetched
from crawler.shared_settings import SharedSettings
from crawler.spiders.article import LEFT, ArticleSpider
from crawler.spiders.feed import FeedSpider
from crawler.spiders.listing import ListingSpider
from crawler.spiders.sitemap import SitemapSpider
from crawler.spiders.source import LEASE, SourceSpider
from crawler.spiders.waiting import WaitingSpider
from crawler.spiders.wordpress import WordpressSpider
from pipelines.stages import PageStage, StoryStage, Tools, run

#: a spider and what it is given
Crawling = tuple[type[ArticleSpider], dict[str, Any]]
#: what a spider has counted, by name
Counts = Mapping[str, Any]
_log = logging.getLogger(__name__)

SPIDERS: tuple[type[SourceSpider], ...] = (
    FeedSpider,
    SitemapSpider,
    ListingSpider,
    WordpressSpider,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a cycle did, counted."""

    #: polls by outcome
    polls: Mapping[str, int] = field(default_factory=dict)
    #: entries shown, and those never seen before
    shown: int = 0
    new: int = 0
    #: answers to page requests by what was done with them
    fetches: Mapping[str, int] = field(default_factory=dict)
    #: new stories and revisions that reached the archive
    stored: int = 0
    #: pages that did not, by reason
    dropped: Mapping[str, int] = field(default_factory=dict)
    #: sources that did not answer because nobody did: our own outage
    cut_off: int = 0
    #: errors of ours; each stands in the log
    errors: int = 0

    @property
    def asked(self) -> int:
        """Return how many pages were asked for and settled; what is put off has its own time."""
        return sum(n for what, n in self.fetches.items() if what not in {LEFT, Fetched.LATER})

    def __add__(self, other: "Report") -> "Report":
        return Report(
            polls=_summed(self.polls, other.polls),
            shown=self.shown + other.shown,
            new=self.new + other.new,
            fetches=_summed(self.fetches, other.fetches),
            stored=self.stored + other.stored,
            dropped=_summed(self.dropped, other.dropped),
            # The same sources, as long as nobody answers.
            cut_off=max(self.cut_off, other.cut_off),
            errors=self.errors + other.errors,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Restarted:
    """What became of pages that were kept and not read to their end."""

    stored: int = 0
    #: errors of ours; each stands in the log
    failed: int = 0


NONE_RESTARTED = Restarted()


def crawl_settings(overrides: Mapping[str, Any]) -> Settings:
    """Return Scrapy's settings of this project with some changed."""
    made = SharedSettings()
    made.setmodule(defaults, priority="project")
    # Crawls are made of classes: the packages of spiders need not be walked through each time.
    made.set("SPIDER_LOADER_CLASS", DummySpiderLoader, priority="cmdline")
    made.setdict(dict(overrides), priority="cmdline")
    return made


async def run_cycle(
    tools: Tools,
    settings: Settings,
    *,
    outlets: Sequence[str] | None = None,
    stop: asyncio.Event | None = None,
    restart: bool = True,
) -> Report:
    """Poll what is due and fetch what waits; with `outlets`, theirs, due or not.

    When `stop` is set, requests under way are finished and no more are made.
    `restart` says whether pages that were kept and not read to their end are
    taken up first; where others read them too, it would be done twice.
    """
    restarted = await read_kept(tools) if restart else NONE_RESTARTED
    now = tools.clock.now()
    polling.look_at_all(tools.archive, polling.bounds_of(settings), now)
    with tools.archive.write() as db:
        back = clock_back.bring_back(db, now)
        due = sources.claim_due(db, now, LEASE, outlets=outlets)
        waits = sightings.fetches_wait(db, now)
    if back:
        _log.warning("the clock was set back by %s: all sources are polled now", back)
    waiting: list[Crawling] = [(WaitingSpider, {})] if waits else []
    try:
        counted = await crawl(tools, settings, [*crawls_of(due), *waiting], stop)
    finally:
        # Where a crawl was stopped before it began, its sources stay due, and anybody's.
        with tools.archive.write() as db:
            sources.release(db, [one.source.id for one in due], now + LEASE)
    now = tools.clock.now()
    with tools.archive.write() as db:
        silent = sources.forgive_outage(db, now, OUTAGE_RETRY)
    return report_of(counted, restarted, silent)


async def crawl(
    tools: Tools, settings: Settings, crawls: Sequence[Crawling], stop: asyncio.Event | None
) -> list[Counts]:
    """Run spiders side by side to their end; returns what each has counted."""
    runner = AsyncCrawlerRunner(settings)
    crawlers = [(runner.create_crawler(spider), given) for spider, given in crawls]
    for crawler, given in crawlers:
        runner.crawl(crawler, tools=tools, **given)
    await _join(runner, stop)
    return [crawler.stats.get_stats() for crawler, _ in crawlers if crawler.stats]


def crawls_of(due: Sequence[DueSource]) -> list[Crawling]:
    """Return the spiders that poll these sources, with what they are given."""
    by_way = [(spider, [one for one in due if one.source.way == spider.way]) for spider in SPIDERS]
    return [(spider, {"due": mine}) for spider, mine in by_way if mine]


async def _join(runner: AsyncCrawlerRunner, stop: asyncio.Event | None) -> None:
    ended = asyncio.ensure_future(runner.join())
    if stop is not None:
        stopped = asyncio.ensure_future(stop.wait())
        await asyncio.wait((ended, stopped), return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        while not ended.done():
            # A crawl that is stopped while it starts never ends.
            if all(crawler.engine and crawler.engine.running for crawler in runner.crawlers):
                await runner.stop()
            await asyncio.wait((ended,), timeout=0.1)
    await ended


async def read_kept(tools: Tools) -> Restarted:
    """Take pages that were kept and not read to their end through the stages that are left.

    Those of a crawl that was killed. A page that fails is tried again in the
    next round, and keeps nobody from polling meanwhile; an archive that fails
    is the whole round's trouble.
    """
    with tools.archive.read() as db:
        unread = pages.unread(db)
    if not unread:
        return Restarted()
    stages = stages_after_keep(tools)
    stored = failed = 0
    for number in unread:
        with tools.archive.read() as db:
            page = pages.load(db, number)
        tools.turns.enter(page.key, number)
        try:
            stored += await run(stages, page, tools.turns)
        except Exception as error:
            if is_the_archives(error):
                raise
            # One page must not hold up all others.
            ids = {"page": number, "source": page.source, "outlet": page.outlet}
            _log.exception("a page that was kept could not be read", extra=ids)
            failed += 1
    return Restarted(stored=stored, failed=failed)


def stages_after_keep(tools: Tools) -> list[PageStage | StoryStage]:
    """Return the life of a story from the kept page on."""
    return [load_object(stage)(tools) for stage in defaults.STAGES[1:]]


def stages_after_read(tools: Tools) -> list[StoryStage]:
    """Return the life of a story from what was read on."""
    after = defaults.STAGES.index("pipelines.read.Read") + 1
    return [load_object(stage)(tools) for stage in defaults.STAGES[after:]]


def report_of(
    counted: Sequence[Counts], restarted: Restarted = NONE_RESTARTED, silent: int = 0
) -> Report:
    """Return what spiders have counted as one report."""
    total: Counter[str] = Counter()
    for stats in counted:
        total.update({name: n for name, n in stats.items() if isinstance(n, int)})
    return Report(
        polls=_under(total, "harborwatch/polls/"),
        shown=total["harborwatch/sightings/all"],
        new=total["harborwatch/sightings/new"],
        fetches=_under(total, "harborwatch/fetches/"),
        stored=total["item_scraped_count"] + restarted.stored,
        dropped=_under(total, "harborwatch/dropped/"),
        cut_off=silent,
        errors=total["harborwatch/errors"] + restarted.failed,
    )


def _summed(one: Mapping[str, int], other: Mapping[str, int]) -> Mapping[str, int]:
    return dict(Counter(one) + Counter(other))


def _under(total: Mapping[str, int], begin: str) -> dict[str, int]:
    return {name[len(begin) :]: n for name, n in total.items() if name.startswith(begin) and n}
