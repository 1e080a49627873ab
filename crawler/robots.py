"""robots.txt: asked for once in a while, and of hosts that do not answer not missed."""

from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from archive import Archive

#: how long an answer holds; RFC 9309, section 2.4, allows a day
HOLDS = timedelta(hours=6)

#: what each host of a program's crawls answered, and until when it holds
_Answers = dict[str, tuple[datetime, Response]]
_known: WeakKeyDictionary[Archive, _Answers] = WeakKeyDictionary()


class SilentRobots:
    """Downloader middleware: one robots.txt for all crawls of some hours; none forbids nothing.

    Each crawl would ask every host for it anew, more often than for its news.
    Where a host does not answer, the request behind it shows what is wrong, as
    a poll with its outcome; Scrapy would print a traceback for every dead host.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware for one crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        """Return the robots.txt that is known, or let the host be asked."""
        if not _is_robots(request):
            return None
        until, response = self._answers().get(urlsplit(request.url).netloc, (None, None))
        return response if until is not None and until > self._now() else None

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep an answer that says something: the file, or that there is none.

        Where a server has trouble of its own, what it said before holds on
        (RFC 9309, section 2.4); of one that never said anything nothing is forbidden.
        """
        if not _is_robots(request):
            return response
        host = urlsplit(request.url).netloc
        if response.status == 200 or 400 <= response.status < 429:
            self._answers()[host] = (self._now() + HOLDS, response)
            return response
        _, before = self._answers().get(host, (None, response))
        return before

    def process_exception(self, request: Request, exception: Exception) -> Response | None:
        """Return what was said before in the place of a failure to get one, or an empty one."""
        if request.meta.get("dont_obey_robotstxt") and not isinstance(exception, IgnoreRequest):
            host = urlsplit(request.url).netloc
            return self._answers().get(host, (None, Response(request.url, status=503)))[1]
        return None

    def _tools(self) -> Any:
        return self._crawler.spider.tools  # type: ignore[union-attr]

    def _answers(self) -> _Answers:
        return _known.setdefault(self._tools().archive, {})

    def _now(self) -> datetime:
        now: datetime = self._tools().clock.now()
        return now


def _is_robots(request: Request) -> bool:
    asked = bool(request.meta.get("dont_obey_robotstxt"))
    return asked and urlsplit(request.url).path == "/robots.txt"
