"""Downloads over asyncio: each at its host's pace, with every name looked up through the guard."""

import asyncio
import os
import ssl
import time
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit

import aiohttp
from scrapy import Request
from scrapy.core.downloader.handlers import _aiohttp
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.ssl import _make_ssl_context

from crawler.claims import CLAIM, Stopping
from crawler.guard import GuardedResolver
from crawler.pace import Pace

#: Names looked up at once. With libuv's own 4, names whose servers are silent
#: keep others waiting beyond their 30 seconds: without any network 205 of the
#: catalogue's 230 sources were told as slow instead of unknown, with 64 it was 27.
_LOOKUPS = "64"
#: what of the settings a TLS context is made of
_TLS_SETTINGS = (
    "DOWNLOAD_VERIFY_CERTIFICATES",
    "DOWNLOADER_CLIENT_TLS_CIPHERS",
    "DOWNLOAD_TLS_MIN_VERSION",
    "DOWNLOAD_TLS_MAX_VERSION",
)


#: seconds after which the system's certificates are read again
_CERTIFICATES_HOLD = 6 * 3600


@lru_cache(maxsize=2)
def _tls(_period: int, settings: tuple[tuple[str, object], ...]) -> ssl.SSLContext:
    return _make_ssl_context(BaseSettings(dict(settings)))


def _shared_tls(settings: BaseSettings) -> ssl.SSLContext:
    """Return the TLS context of all crawls with these settings."""
    asked = tuple((name, settings.get(name)) for name in _TLS_SETTINGS)
    return _tls(int(time.monotonic() // _CERTIFICATES_HOLD), asked)


# Scrapy makes one for every handler of every crawl, ten in a round: reading the
# system's certificates took 33 ms each time, half of all that a quiet round costs.
_aiohttp._make_ssl_context = _shared_tls  # type: ignore[attr-defined]  # noqa: SLF001


class GuardedDownload(AiohttpDownloadHandler):
    """Scrapy's aiohttp handler, paced, whose connector asks the guarded resolver."""

    experimental = False  # we pin Scrapy, and our tests run on this handler

    def __init__(self, crawler: Crawler) -> None:
        # libuv reads it at the first name that is looked up.
        os.environ.setdefault("UV_THREADPOOL_SIZE", _LOOKUPS)
        super().__init__(crawler)
        self._crawler = crawler
        self._pace = Pace.from_crawler(crawler)
        # Scrapy's own bound lets requests that begin in one turn of an asyncio
        # loop all through, and then they would wait for connections unpaced.
        most = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._open: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(most)
        )
        # aiohttp would send a request again, unpaced, where a kept connection is
        # dropped: seen as two requests to one host in the same moment (law 8).
        self._session._retry_connection = False  # noqa: SLF001
        connector = self._session.connector
        assert isinstance(connector, aiohttp.TCPConnector), "Scrapy makes a TCP connector"
        # The connector takes a resolver only when it is made, and Scrapy makes it.
        connector._resolver = GuardedResolver(  # noqa: SLF001
            connector._resolver,  # noqa: SLF001
            allow_private=crawler.settings.getbool("HARBORWATCH_ALLOW_PRIVATE"),
        )

    async def download_request(self, request: Request) -> Response:
        """Wait for the host's moment, then ask.

        Raises HostWaits where that is far off, NotAsked where another asks now or the crawl stops.
        """
        host = urlsplit(request.url).netloc
        async with self._open[host]:
            await self._wait(host, request)
            try:
                response = await super().download_request(request)
            except DownloadFailedError as error:
                if not isinstance(error.__cause__, aiohttp.ServerDisconnectedError):
                    raise
                # A kept connection may have grown old: once more, at the host's next moment.
                await self._wait(host, request)
                response = await super().download_request(request)
            self._pace.heed(host, response)
        return response

    async def _wait(self, host: str, request: Request) -> None:
        """Wait for the host's moment; the crawl must go on then, and what was claimed be ours still."""

        def look() -> None:
            if not self._crawler.crawling:
                raise Stopping(f"{request.url}: not asked any more, the crawl stops")
            still_ours: Callable[[], None] | None = request.meta.get(CLAIM)
            if still_ours is not None:
                still_ours()

        await self._pace.wait(host, look)
