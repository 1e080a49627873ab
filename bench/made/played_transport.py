"""A transport that answers in the crawl's own process, at the pace that any request keeps."""

from typing import ClassVar
from urllib.parse import urlsplit

from made.many import Many
from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from crawler.pace import Pace


class PlayedTransport(BaseDownloadHandler):
    """What Scrapy takes for the network."""

    many: ClassVar[Many]

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pace = Pace.from_crawler(crawler)
        self._crawler = crawler

    async def download_request(self, request: Request) -> Response:
        parts = urlsplit(request.url)
        await self._pace.wait(parts.netloc)
        mark = (request.headers.get("If-None-Match") or b"").decode()
        now = self._crawler.spider.tools.clock.now()  # type: ignore[union-attr]
        status, headers, body = self.many.answer(parts.netloc, parts.path, mark, now)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
        response = kind(url=request.url, status=status, headers=headers, body=body)
        self._pace.heed(parts.netloc, response)
        return response
