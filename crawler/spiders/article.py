"""What every spider does with a story's address: fetch it, keep it, or write down why not.

A story told on several pages comes page by page; it goes on as one.
"""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response

from archive import sightings, sources, stories
from archive.sightings import Fetch
from crawler import answers, further
from crawler.outcomes import OUTAGE_RETRY, Fetched, fetched, try_again_at
from crawler.pace import HostWaits
from crawler.wiring import tools_from_environment
from news import Page, Refused
from pipelines.keep import next_visit
from pipelines.stages import Tools

#: how long a claimed address belongs to its spider
LEASE = timedelta(minutes=15)
#: addresses claimed at a time
MOST = 500


class ArticleSpider(Spider):
    """A spider that fetches story pages; subclasses say where the addresses come from."""

    def __init__(self, tools: Tools | None = None, **given: Any) -> None:
        super().__init__(**given)
        self._tools = tools

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **given: Any) -> Self:
        """Make the spider; started by hand, it takes its tools from the environment."""
        spider = super().from_crawler(crawler, *args, **given)
        if spider._tools is None:  # noqa: SLF001 - its own class
            spider._tools = tools_from_environment()  # noqa: SLF001 - its own class
        return spider

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
            claimed = sightings.claim_fetches(db, now, LEASE, limit=MOST, source=source)
        for fetch in claimed:
            yield Request(
                fetch.address,
                headers=answers.conditional(fetch.conditions),
                callback=self.parse_article,
                errback=self.fail_article,
                cb_kwargs={"fetch": fetch},
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
            for one in await self._go_on(page, fetch):
                yield one
        else:
            self._settle(fetch, what, f"HTTP {response.status}")

    async def parse_further(
        self, response: Response, page: Page, fetch: Fetch
    ) -> AsyncIterator[Page | Request]:
        """Take the answer of a story's further page: go on to the next, or end the story here."""
        # Some outlets lead back to the first page from beyond the last.
        ended = further.is_had(response.url, page)
        longer = page if ended else further.with_answer(page, response)
        for one in self._ended(page, fetch) if ended else await self._go_on(longer, fetch):
            yield one

    async def fail_further(self, failure: Any) -> AsyncIterator[Page]:
        """Take the failure of a further page's request: the story ends before it."""
        page, fetch = (failure.request.cb_kwargs[name] for name in ("page", "fetch"))
        why = f"{answers.detail_of(failure.value)} at {failure.request.url}"
        for one in self._ended(further.cut(page, why), fetch):
            yield one

    async def fail_article(self, failure: Any) -> None:
        """Take the failure of a page's request: tried again, or refused after many tries."""
        fetch: Fetch = failure.request.cb_kwargs["fetch"]
        what = answers.failed_fetch(failure.value, fetch)
        # Asking a host again before its time would only count as one more failure.
        until = failure.value.until if isinstance(failure.value, HostWaits) else None
        if answers.is_silence(failure.value) and self._is_cut_off():
            what, until = Fetched.LATER, self.tools.clock.now() + OUTAGE_RETRY
        self.count(f"fetches/{what}")
        self._settle(fetch, what, answers.detail_of(failure.value), until)

    def _is_cut_off(self) -> bool:
        with self.tools.archive.read() as db:
            return sources.cut_off(db, self.tools.clock.now())

    async def _go_on(self, page: Page, fetch: Fetch) -> list[Page | Request]:
        """Return the request for the story's next page, or the story where it has no more."""
        if page.cut:
            return [*self._ended(page, fetch)]
        last = further.last_of(page)
        try:
            address = await self.tools.workers.next_page(
                last.body, last.content_type, last.address, self.tools.outlets[page.outlet]
            )
        except Refused as refused:
            why = f"{refused.reason}: {refused.detail}"
            return [*self._ended(further.cut(page, why), fetch)]
        if address is None or not further.follows(address, page):
            return [*self._ended(page, fetch)]
        with self.tools.archive.write() as db:
            sightings.renew(db, fetch.key, self.tools.clock.now() + LEASE)
        return [self._further_request(address, page, fetch)]

    def _further_request(self, address: str, page: Page, fetch: Fetch) -> Request:
        return Request(
            address,
            callback=self.parse_further,
            errback=self.fail_further,
            cb_kwargs={"page": page, "fetch": fetch},
            # Before new stories: what was begun is in memory only.
            priority=1,
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
