"""Searches an outlet's past, one address after the other, and fetches what it finds as history.

ask one address ─ fetch what it showed, some pages at a time ─ idle? ask the next one
"""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta
from typing import Any, ClassVar, Self
from urllib.parse import urljoin

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response

from archive.collecting import backfills, sightings, sources
from archive.collecting.backfills import Backfill, BackfillStep, Progress
from archive.collecting.sources import DueSource, Seen
from crawler import answers, deeper
from crawler.deeper import Step
from crawler.sighted import sightings_of
from crawler.spiders.article import LEASE, ArticleSpider
from news import Conditions, Entry, Outcome, Outlet, Poll, SourceError
from pipelines.reading.sources.shown import Shown

#: addresses whose form says where the pages of days stand
_SAMPLE = 50
#: requests of one backfill; deeper pages without an end must have one
MOST_STEPS = 2_000
#: pages that are claimed at a time: a run that was killed holds no others, and not for long
MOST_PAGES = 50
#: Scrapy asks an idle spider so often whether it goes on
_ASKED_AGAIN = timedelta(seconds=5)
#: where sitemaps of all stories stand by habit
_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml")


class BackfillSpider(ArticleSpider):
    """Goes through a backfill's steps; killed and begun again, it goes on where it was."""

    name = "backfill"
    each: ClassVar[int] = MOST_PAGES

    def __init__(
        self, backfill: Backfill, told: Callable[[Progress, str], None] | None = None, **given: Any
    ) -> None:
        super().__init__(**given)
        self.backfill = backfill
        self._told = told
        self._waited = timedelta()
        self._finished = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **given: Any) -> Self:
        """Make the spider; whenever nothing is left to do it is asked for more."""
        spider = super().from_crawler(crawler, *args, **given)
        crawler.signals.connect(spider.go_on, signal=signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Plan the first steps; fetch what an earlier run left, or ask the first address."""
        outlet = self.tools.outlets[self.backfill.outlet]
        with self.tools.archive.write() as db:
            known = backfills.some_addresses(db, outlet.id, _SAMPLE)
            backfills.plan(db, self.backfill.id, _first_steps(self.backfill, outlet, known))
        for request in self._pages() or self._next():
            yield request

    def go_on(self) -> None:
        """Ask for the next pages, then for the next address; raises DontCloseSpider while there is any.

        What a killed run had in hand is waited for: its claims end soon.
        """
        requests = self._pages() or ([] if self._finished else self._next())
        assert self.crawler.engine is not None, "it is the engine that asks"
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests or self._waits():
            raise DontCloseSpider

    def _pages(self) -> list[Request]:
        found: list[Request] = []
        for source in self.tools.outlets[self.backfill.outlet].sources:
            if not found:
                found = list(self.fetch_requests(source=source.id))
        return found

    def _waits(self) -> bool:
        """Return whether pages are still claimed by another run, and say so once."""
        with self.tools.archive.read() as db:
            held = sightings.held(db, self.backfill.outlet, self.tools.clock.now())
            done = backfills.progress(db, self.backfill.id)
        if held is None or self._waited > LEASE:
            return False
        if not self._waited and self._told is not None:
            number, until = held
            said = f"{number} pages are in another run's hands until {until:%H:%M:%S} UTC"
            self._told(done, said)
        self._waited += _ASKED_AGAIN
        return True

    def _next(self) -> list[Request]:
        with self.tools.archive.write() as db:
            step = backfills.next_step(db, self.backfill.id)
            done = backfills.progress(db, self.backfill.id)
            full = done.new >= self.backfill.most or done.steps - done.open >= MOST_STEPS
            if step is None:
                backfills.finish(db, self.backfill.id, self.tools.clock.now())
        if self._told is not None:
            end = "its limit is reached" if full and step is not None else ""
            self._told(done, step.address if step is not None and not full else end)
        self._finished = step is None or full
        if step is None or full:
            return []
        return [
            Request(
                step.address,
                callback=self.parse_step,
                errback=self.fail_step,
                cb_kwargs={"step": step},
                dont_filter=True,
            )
        ]

    async def parse_step(self, response: Response, step: BackfillStep) -> AsyncIterator[Request]:
        """Take what a step shows, within the range, as history; go on."""
        now, outlet = self.tools.clock.now(), self.tools.outlets[self.backfill.outlet]
        planned = _step_of(step, outlet)
        poll = answers.poll_of(response, _asked_for(planned), now)
        shown = Shown()
        if poll.outcome is Outcome.GOOD:
            try:
                shown = await self.tools.workers.source(
                    planned.way, response.body, answers.content_type(response), response.url, outlet, now
                )  # fmt: skip
            except SourceError as error:
                poll = answers.unreadable(poll, str(error))
        self._take(planned, poll, shown)
        for request in self._pages() or self._next():
            yield request

    async def fail_step(self, failure: Any) -> AsyncIterator[Request]:
        """Take the failure of a step's request: it is written down, the next one is asked."""
        if self._is_anothers(failure):
            return
        step: BackfillStep = failure.request.cb_kwargs["step"]
        planned = _step_of(step, self.tools.outlets[self.backfill.outlet])
        poll = answers.failed_poll(failure.value, _asked_for(planned), self.tools.clock.now())
        self._take(planned, poll, Shown())
        for request in self._next():
            yield request

    def _take(self, step: Step, poll: Poll, shown: Shown) -> None:
        outlet, mine = self.tools.outlets[self.backfill.outlet], self.backfill
        within = [entry for entry in shown.entries if _is_within(entry, mine)]
        sighted, unusable = sightings_of(step.source, outlet, within, poll.started_at)
        further = [
            BackfillStep(
                address=address, way="sitemap", source=step.source.id, family="sitemaps", page=1
            )
            for address in shown.further
        ]
        with self.tools.archive.write() as db:
            left = max(0, mine.most - backfills.progress(db, mine.id).new)
            known = sightings.known_keys(db, [one.key for one in sighted])
            unknown = [one for one in sighted if one.key not in known]
            new = unknown[:left]
            # What is known stays as it is: the past says nothing newer of it.
            seen = sightings.record(db, new, history=True) if new else Seen()
            sources.record_request(db, poll, seen, history=True, purpose="backfill")
            follower = deeper.after(step) if _goes_on(shown, mine) else None
            if follower is not None:
                further.append(_planned(follower))
            backfills.plan(db, mine.id, further)
            detail = "; ".join(filter(None, (poll.detail, shown.note, f"{unusable} unusable" if unusable else "")))  # fmt: skip
            # What the limit left of a page is taken when the search goes on.
            if len(new) == len(unknown):
                backfills.asked(
                    db, mine.id, step.address, shown=len(shown.entries), new=seen.new,
                    failed=poll.outcome is not Outcome.GOOD, detail=detail,
                )  # fmt: skip
            else:
                backfills.left_open(db, mine.id, step.address, new=seen.new)
        self.count("sightings/new", seen.new)


def _first_steps(backfill: Backfill, outlet: Outlet, known: Sequence[str]) -> list[BackfillStep]:
    """Return where the past may stand: sitemaps, the ways themselves, their pages, days."""
    first = outlet.sources[0]
    maps = [
        BackfillStep(address=urljoin(outlet.home, path), way="sitemap", source=first.id,
                     family="sitemaps", page=1)
        for path in _SITEMAPS
    ]  # fmt: skip
    own = [
        BackfillStep(address=one.address, way=one.way, source=one.id, family=one.id, page=1)
        for one in outlet.sources
    ]
    pages = [_planned(step) for one in outlet.sources for step in deeper.pages(one)]
    days = deeper.days(first, outlet, known, backfill.since.date(), backfill.until.date())
    return [*maps, *own, *pages, *map(_planned, days)]


def _planned(step: Step) -> BackfillStep:
    return BackfillStep(
        address=step.address, way=step.way, source=step.source.id, family=step.family, page=step.page
    )  # fmt: skip


def _step_of(step: BackfillStep, outlet: Outlet) -> Step:
    source = next(one for one in outlet.sources if one.id == step.source)
    way: Any = step.way
    return Step(family=step.family, page=step.page, way=way, source=source, address=step.address)


def _is_within(entry: Entry, backfill: Backfill) -> bool:
    """Return whether an entry belongs into the range; where nothing says its date, its page will."""
    date = entry.published or entry.modified
    return date is None or backfill.since <= date.at < backfill.until


def _goes_on(shown: Shown, backfill: Backfill) -> bool:
    """Return whether the page after this one may still show something of the range."""
    dates = [entry.published.at for entry in shown.entries if entry.published is not None]
    return bool(shown.entries) and (not dates or max(dates) >= backfill.since)


def _asked_for(step: Step) -> DueSource:
    return DueSource(
        source=step.source, conditions=Conditions(), unproved=False, failures=0, anew=True
    )
