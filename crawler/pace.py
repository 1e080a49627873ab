"""One host, one pace: over feeds and pages, spiders, workers and restarts (law 8)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from archive import Archive
from archive.collecting import hosts
from crawler.clock_witness import ClockWitness
from news import Clock

#: a request that would have to wait longer than this goes back to its table
PATIENCE = timedelta(seconds=120)
#: what a host that says "too many" without a time is given
DEFAULT_WAIT = timedelta(minutes=10)
#: no host can make us stay away for longer than this
LONGEST_WAIT = timedelta(days=1)


class HostWaits(IgnoreRequest):
    """A host wants to be left alone until a time that lies too far off to wait for."""

    def __init__(self, host: str, until: datetime) -> None:
        self.until = until
        super().__init__(f"{host} wants to be left alone until {until:%Y-%m-%d %H:%M:%S} UTC")


def retry_after(value: str, now: datetime) -> timedelta:
    """Return how long a Retry-After header asks to wait (RFC 9110, section 10.2.3)."""
    try:
        asked = timedelta(seconds=min(float(value), LONGEST_WAIT.total_seconds()))
    except (ValueError, OverflowError):
        try:
            asked = parsedate_to_datetime(value) - now
        except (ValueError, TypeError):
            asked = DEFAULT_WAIT
    return min(max(asked, timedelta(seconds=1)), LONGEST_WAIT)


class Pace:
    """Gives each request a moment of its own at its host, and waits for it.

    The download handler asks it, behind all of Scrapy's queues: what a slow
    answer held up there would else reach the host in one burst.
    """

    def __init__(self, delay: timedelta, tools: Callable[[], Any]) -> None:
        self._delay = delay
        self._tools = tools
        self._witness = ClockWitness()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the delay from the settings and the archive from the spider's tools."""
        delay = timedelta(seconds=crawler.settings.getfloat("HARBORWATCH_PACE"))
        return cls(delay, lambda: crawler.spider.tools)  # type: ignore[union-attr]

    async def wait(self, host: str, look: Callable[[], None] = lambda: None) -> None:
        """Return at a moment that is this request's alone. Raises HostWaits where none is near.

        Nothing is booked ahead: a Retry-After that comes while requests wait
        holds for them too. `look` is called before each look for a moment, and
        raises where the request is no longer to be made.
        """
        clock: Clock = self._tools().clock
        look()
        while (free_at := self._take(host, clock.now())) is not None:
            await clock.sleep((free_at - clock.now()).total_seconds())
            look()

    def heed(self, host: str, response: Response) -> None:
        """Leave a host alone that says so."""
        now = self._tools().clock.now()
        self._witness.hear(host, response, self._archive(), now)
        if response.status not in (429, 503):
            return
        header = (response.headers.get("Retry-After") or b"").decode("latin-1")
        if header or response.status == 429:
            with self._archive().write() as db:
                hosts.leave_alone(db, host, now + retry_after(header, now))

    def _take(self, host: str, now: datetime) -> datetime | None:
        """Take this moment at a host; where it is not free, return when it will be."""
        # Of those that wait for one host most look in vain: a look keeps no writer waiting.
        with self._archive().read() as db:
            free_at = hosts.free_at(db, host)
        if free_at is None or free_at <= now:
            with self._archive().write() as db:
                free_at = hosts.free_at(db, host)
                if free_at is None or free_at <= now:
                    hosts.book(db, host, now, self._delay)
                    return None
        if free_at > now + PATIENCE:
            raise HostWaits(host, free_at)
        return free_at

    def _archive(self) -> Archive:
        archive: Archive = self._tools().archive
        return archive
