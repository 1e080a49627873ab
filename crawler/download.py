"""Downloads over asyncio: each at its host's pace, with every name looked up through the guard."""

import asyncio
from collections import defaultdict
from urllib.parse import urlsplit

import aiohttp
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.guard import GuardedResolver
from crawler.pace import Pace


class GuardedDownload(AiohttpDownloadHandler):
    """Scrapy's aiohttp handler, paced, whose connector asks the guarded resolver."""

    experimental = False  # we pin Scrapy, and our tests run on this handler

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pace = Pace.from_crawler(crawler)
        # Scrapy's own bound lets requests that begin in one turn of an asyncio
        # loop all through, and then they would wait for connections unpaced.
        most = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._open: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(most)
        )
        connector = self._session.connector
        assert isinstance(connector, aiohttp.TCPConnector), "Scrapy makes a TCP connector"
        # The connector takes a resolver only when it is made, and Scrapy makes it.
        connector._resolver = GuardedResolver(  # noqa: SLF001
            connector._resolver,  # noqa: SLF001
            allow_private=crawler.settings.getbool("HARBORWATCH_ALLOW_PRIVATE"),
        )

    async def download_request(self, request: Request) -> Response:
        """Wait for the host's moment, then ask. Raises HostWaits where that is far off."""
        host = urlsplit(request.url).netloc
        async with self._open[host]:
            await self._pace.wait(host)
            response = await super().download_request(request)
            self._pace.heed(host, response)
        return response
