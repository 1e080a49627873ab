"""Addresses that wait: fetches that failed or were cut off, and pages looked at again."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, Protocol

from scrapy import Request

from crawler.spiders.article import ArticleSpider


class Claimed(Protocol):
    """Addresses that were claimed for this crawl by another process."""

    @property
    def ids(self) -> tuple[int, ...]:
        """Return their numbers."""
        ...

    @property
    def leased(self) -> datetime:
        """Return when the claim ends."""
        ...


class WaitingSpider(ArticleSpider):
    """Fetches every address whose time has come, whatever source showed it, or those of a batch."""

    name = "waiting"

    def __init__(self, batch: Claimed | None = None, **given: Any) -> None:
        super().__init__(**given)
        self._batch = batch

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the pages."""
        given = self._batch
        requests = (
            self.fetch_requests()
            if given is None
            else self.batch_requests(given.ids, given.leased)
        )
        for request in requests:
            yield request
