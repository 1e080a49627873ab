"""Addresses that wait: fetches that failed or were cut off, and pages looked at again."""

from collections.abc import AsyncIterator

from scrapy import Request

from crawler.spiders.article import ArticleSpider


class WaitingSpider(ArticleSpider):
    """Fetches every address whose time has come, whatever source showed it."""

    name = "waiting"

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the pages."""
        for request in self.fetch_requests():
            yield request
