"""What every spider does with a story's address: fetch it, keep it, or write down why not.

A story told on several pages comes page by page; it goes on as one.
"""

from collections.abc import AsyncIterator, Awaitable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self, TypeVar

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response

from archive.collecting import sightings, sources
from archive.collecting.sightings import Fetch
from archive.keeping import stories
from crawler import answers, further
from crawler.claims import CLAIM, ClaimLost, Claims, NotAsked, at_once
from crawler.outcomes import OUTAGE_RETRY, Fetched, fetched, outcome_of, try_again_at
from crawler.pace import HostWaits
from crawler.wiring import tools_from_environment
from news import Outcome, Page, Refused
from pipelines.keep import next_visit
from pipelines.reading.page_numbers import MOST as MOST_PAGES
from pipelines.reading.page_numbers import may_go_on
from pipelines.stages import Tools

#: how long a claimed address belongs to its spider, unless it prolongs its claim: what a
#: killed one had in hand waits so long
LEASE = timedelta(minutes=5)
#: addresses claimed at a time
MOST = 2000
#: how a page is counted that was ours and is another process's now
LEFT = "left to another"

#: what has begun is in memory only; of all else, history can wait
BEGUN_FIRST, HISTORY_LAST = 1, -1

Answer = TypeVar("Answer")


class ArticleSpider(Spider):
    """A spider that fetches story pages; subclasses say where the addresses come from."""

    #: of one host's addresses, how many are claimed at a time at most
    each: ClassVar[int] = MOST

    def __init__(self, tools: Tools | None = None, **given: Any) -> None:
        super().__init__(**given)
        self._tools = tools
        self._fetching = Claims(LEASE, sightings.prolong, sightings.give_back)
        #: of one host's addresses, how many are claimed at a time
        self._at_once = self.each

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **given: Any) -> Self:
        """Make the spider; started by hand, it takes its tools from the environment."""
        spider = super().from_crawler(crawler, *args, **given)
        if spider._tools is None:  # noqa: SLF001 - its own class
            spider._tools = tools_from_environment()  # noqa: SLF001 - its own class
        pace = crawler.settings.getfloat("HARBORWATCH_PACE")
        spider._at_once = at_once(LEASE, pace, cls.each)  # noqa: SLF001 - its own class
        return spider

    def closed(self, reason: str) -> None:
        """Give back what was claimed and not asked for; Scrapy calls it when all else has ended."""
        self._fetching.give_back(self.tools.archive)

    @property
    def tools(self) -> Tools:
        """Return what the stages lean on."""
        assert self._tools is not None, "made by from_crawler"
        return self._tools

    def count(self, name: str, by: int = 1) -> None:
        """Count for the cycle's report."""
        assert self.crawler.stats is not None, "a crawl counts"
        self.crawler.stats.inc_value(f"harborwatch/{name}", by)

    def fetch_requests(self, source: str | None = None) -> Iterator[Request]:
        """Claim due addresses, of one source or of all, and ask for their pages."""
        now = self.tools.clock.now()
        with self.tools.archive.write() as db:
            claimed = sightings.claim_fetches(
                db, now, LEASE, limit=MOST, each=self._at_once, source=source
            )
        yield from self._asked_for(claimed)

    def batch_requests(self, ids: Sequence[int], leased: datetime) -> Iterator[Request]:
        """Take over addresses that another process has claimed, and ask for their pages."""
        until = self.tools.clock.now() + LEASE
        with self.tools.archive.write() as db:
            claimed = sightings.take_over(db, ids, leased, until)
        yield from self._asked_for(claimed)

    def _asked_for(self, claimed: Sequence[Fetch]) -> Iterator[Request]:
        for fetch in claimed:
            self._fetching.took(fetch.address_id, fetch.leased)
        for fetch in claimed:
            yield Request(
                fetch.address,
                headers=answers.conditional(fetch.conditions),
                callback=self.parse_article,
                errback=self.fail_article,
                cb_kwargs={"fetch": fetch},
                meta=self._claim_of(fetch),
                priority=HISTORY_LAST if fetch.history else 0,
                dont_filter=True,
            )

    async def parse_article(
        self, response: Response, fetch: Fetch
    ) -> AsyncIterator[Page | Request]:
        """Take a page's answer: keep it with its further pages, or write down what it means."""
        what = fetched(response.status, fetch.attempts, fetch.visits)
        self.count(f"fetches/{what}")
        if what is Fetched.KEEP:
            page = answers.page_of(response, fetch, self.tools.clock.now())
            for one in await self._begin(page, fetch):
                yield one
        else:
            self._settle(fetch, what, f"HTTP {response.status}")

    async def parse_first(
        self, response: Response, page: Page, fetch: Fetch, steps: int
    ) -> AsyncIterator[Page | Request]:
        """Take the answer of the page at which a story begins; or the listed one stands alone."""
        if outcome_of(response.status) is Outcome.GOOD and further.is_near(response.url, page):
            page = further.begun_at(page, response)
            begun = await self._begin(page, fetch, steps + 1)
        else:
            begun = await self._go_on(page, fetch)
        for one in begun:
            yield one

    async def fail_first(self, failure: Any) -> AsyncIterator[Page | Request]:
        """Take the failure of a first page's request: the listed one stands alone."""
        if self._is_anothers(failure):
            return
        page, fetch = (failure.request.cb_kwargs[name] for name in ("page", "fetch"))
        for one in await self._go_on(page, fetch):
            yield one

    async def parse_further(
        self, response: Response, page: Page, fetch: Fetch
    ) -> AsyncIterator[Page | Request]:
        """Take the answer of a story's further page: go on to the next, or end the story here."""
        # Some outlets lead back to the first page from beyond the last.
        ended = further.is_had(response.url, page)
        longer = page if ended else further.with_answer(page, response)
        ended = ended or await self._tells_again(longer)
        for one in self._ended(page, fetch) if ended else await self._go_on(longer, fetch):
            yield one

    async def fail_further(self, failure: Any) -> AsyncIterator[Page]:
        """Take the failure of a further page's request: the story ends before it."""
        if self._is_anothers(failure):
            return
        page, fetch = (failure.request.cb_kwargs[name] for name in ("page", "fetch"))
        why = f"{answers.detail_of(failure.value)} at {failure.request.url}"
        for one in self._ended(further.cut(page, why), fetch):
            yield one

    async def fail_article(self, failure: Any) -> None:
        """Take the failure of a page's request: tried again, or refused after many tries."""
        if self._is_anothers(failure):
            return
        fetch: Fetch = failure.request.cb_kwargs["fetch"]
        what = answers.failed_fetch(failure.value, fetch)
        # Asking a host again before its time would only count as one more failure.
        until = failure.value.until if isinstance(failure.value, HostWaits) else None
        if answers.is_silence(failure.value) and self._is_cut_off():
            what, until = Fetched.LATER, self.tools.clock.now() + OUTAGE_RETRY
        self.count(f"fetches/{what}")
        self._settle(fetch, what, answers.detail_of(failure.value), until)

    def _claim_of(self, fetch: Fetch) -> dict[str, Any]:
        """Return a request's meta by which its claim is looked at before it is made."""
        tools = self.tools
        return {CLAIM: self._fetching.of(fetch.address_id, tools.archive, tools.clock)}

    def _is_anothers(self, failure: Any) -> bool:
        """Say whether a request was not made because another process does that work, or will."""
        left = isinstance(failure.value, NotAsked)
        if isinstance(failure.value, ClaimLost):
            self.logger.info("left to another process: %s", failure.value)
            self.count(f"fetches/{LEFT}")
        return left

    def _is_cut_off(self) -> bool:
        with self.tools.archive.read() as db:
            return sources.cut_off(db, self.tools.clock.now())

    async def _begin(self, page: Page, fetch: Fetch, steps: int = 0) -> list[Page | Request]:
        """Return the request for the page at which the story begins, or go on from this one."""
        if steps < MOST_PAGES and further.may_begin_elsewhere(page):
            last = further.last_of(page)
            address = await self._said(
                self.tools.workers.first_page(
                    last.body, last.content_type, last.address, self.tools.outlets[page.outlet]
                )
            )
            if address and further.is_near(address, page) and address != page.final_address:
                more = {"page": page, "fetch": fetch, "steps": steps}
                return [self._request(address, fetch, self.parse_first, self.fail_first, more)]
        return await self._go_on(page, fetch)

    async def _go_on(self, page: Page, fetch: Fetch) -> list[Page | Request]:
        """Return the request for the story's next page, or the story where it has no more."""
        last, outlet = further.last_of(page), self.tools.outlets[page.outlet]
        if page.cut or not may_go_on(last.body, last.address, outlet):
            return [*self._ended(page, fetch)]
        try:
            address = await self.tools.workers.next_page(
                last.body, last.content_type, last.address, outlet
            )
        except Refused as refused:
            why = f"{refused.reason}: {refused.detail}"
            return [*self._ended(further.cut(page, why), fetch)]
        if address is None or not further.follows(address, page):
            return [*self._ended(page, fetch)]
        more = {"page": page, "fetch": fetch}
        return [self._request(address, fetch, self.parse_further, self.fail_further, more)]

    async def _tells_again(self, page: Page) -> bool:
        """Say whether the page that came last tells the first one's text again."""
        if page.cut or not page.further:
            return False
        first, last = further.first_of(page), page.further[-1]
        outlet = self.tools.outlets[page.outlet]
        return bool(
            await self._said(self.tools.workers.tells_again(first, last, outlet, page.fetched_at))
        )

    async def _said(self, asked: Awaitable[Answer]) -> Answer | None:
        """Return a worker's answer; None where it could give none: then the page stands as it is."""
        try:
            return await asked
        except Refused as refused:
            self.logger.warning("not known where a story begins or ends: %s", refused)
            return None

    def _request(
        self, address: str, fetch: Fetch, callback: Any, errback: Any, more: dict[str, Any]
    ) -> Request:
        """Return the request for another page of a story."""
        return Request(
            address,
            callback=callback,
            errback=errback,
            cb_kwargs=more,
            meta=self._claim_of(fetch),
            priority=BEGUN_FIRST,
            dont_filter=True,
        )

    def _ended(self, page: Page, fetch: Fetch) -> Iterator[Page]:
        if further.is_worse(page, fetch):
            self._settle(fetch, Fetched.LATER, page.cut)
        else:
            yield page

    def _settle(
        self, fetch: Fetch, what: Fetched, detail: str, until: datetime | None = None
    ) -> None:
        now = self.tools.clock.now()
        with self.tools.archive.write() as db:
            match what:
                case Fetched.UNCHANGED:
                    visit = next_visit(fetch.first_seen_at, now, history=fetch.history)
                    sightings.unchanged(db, fetch.key, visit)
                case Fetched.GONE:
                    sightings.gone(db, fetch.key, detail)
                    stories.mark_gone(db, fetch.key, now)
                case Fetched.REFUSE if fetch.visits:
                    # An outage makes nothing of the story undone that was had before.
                    visit = next_visit(fetch.first_seen_at, now, history=fetch.history)
                    sightings.give_up_visit(db, fetch.key, detail, visit)
                case Fetched.REFUSE:
                    sightings.refuse(db, fetch.key, "unreachable", detail)
                case _:
                    again = until or try_again_at(fetch.attempts, now)
                    sightings.put_off(db, fetch.key, detail, again, failed=until is None)
