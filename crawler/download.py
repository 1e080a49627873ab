"""Downloads over asyncio, with every name looked up through the guard."""

import aiohttp
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
from scrapy.crawler import Crawler

from crawler.guard import GuardedResolver


class GuardedDownload(AiohttpDownloadHandler):
    """Scrapy's aiohttp handler, whose connector asks the guarded resolver."""

    experimental = False  # we pin Scrapy, and our tests run on this handler

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        connector = self._session.connector
        assert isinstance(connector, aiohttp.TCPConnector), "Scrapy makes a TCP connector"
        # The connector takes a resolver only when it is made, and Scrapy makes it.
        connector._resolver = GuardedResolver(  # noqa: SLF001
            connector._resolver,  # noqa: SLF001
            allow_private=crawler.settings.getbool("HARBORWATCH_ALLOW_PRIVATE"),
        )
