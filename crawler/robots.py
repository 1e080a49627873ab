"""robots.txt: asked for once in a while, and of hosts that do not answer not missed."""

from datetime import datetime, timedelta
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from archive import Archive
from archive.collecting import hosts
from archive.collecting.hosts import Robots

#: how long an answer holds; RFC 9309, section 2.4, allows a day
HOLDS = timedelta(hours=6)
#: bytes of it that are kept: the least that RFC 9309, section 2.5, has a crawler read
MOST = 500 * 1024
#: the flag of an answer from the archive: it must not make itself young again
KNOWN = "known"


class SilentRobots:
    """Downloader middleware: one robots.txt for all crawls of some hours; none forbids nothing.

    Each crawl would ask every host for it anew, more often than for its news;
    and each life of a program that is killed again and again would ask for
    nothing else. Where a host does not answer, the request behind it shows what
    is wrong, as a poll with its outcome; Scrapy would print a traceback for
    every dead host.
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
        known = self._known(request)
        return _answer(request, known) if known and _holds(known, self._now()) else None

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep an answer that says something: the file, or that there is none.

        Where a server has trouble of its own, what it said before holds on
        (RFC 9309, section 2.4); of one that never said anything nothing is forbidden.
        """
        if not _is_robots(request) or KNOWN in response.flags:
            return response
        if response.status == 200 or 400 <= response.status < 429:
            self._keep(request, response)
            return response
        known = self._known(request)
        return response if known is None else _answer(request, known)

    def process_exception(self, request: Request, exception: Exception) -> Response | None:
        """Return what was said before in the place of a failure to get one, or an empty one."""
        if request.meta.get("dont_obey_robotstxt") and not isinstance(exception, IgnoreRequest):
            known = self._known(request)
            return Response(request.url, status=503) if known is None else _answer(request, known)
        return None

    def _keep(self, request: Request, response: Response) -> None:
        body = response.body
        if len(body) > MOST:
            # A line cut in its midst could forbid more than it says.
            body = body[:MOST].rpartition(b"\n")[0]
        said = Robots(status=response.status, body=body, answered_at=self._now())
        with self._archive().write() as db:
            hosts.keep_robots(db, urlsplit(request.url).netloc, said)

    def _known(self, request: Request) -> Robots | None:
        with self._archive().read() as db:
            return hosts.robots_of(db, urlsplit(request.url).netloc)

    def _archive(self) -> Archive:
        archive: Archive = self._crawler.spider.tools.archive  # type: ignore[union-attr]
        return archive

    def _now(self) -> datetime:
        now: datetime = self._crawler.spider.tools.clock.now()  # type: ignore[union-attr]
        return now


def _holds(known: Robots, now: datetime) -> bool:
    """Say whether what was answered is young enough; not so where our clock was ahead then."""
    return known.answered_at <= now < known.answered_at + HOLDS


def _answer(request: Request, known: Robots) -> Response:
    return Response(request.url, status=known.status, body=known.body, flags=[KNOWN])


def _is_robots(request: Request) -> bool:
    asked = bool(request.meta.get("dont_obey_robotstxt"))
    return asked and urlsplit(request.url).path == "/robots.txt"
