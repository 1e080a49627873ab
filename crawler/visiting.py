"""A visit: a few requests by hand, with the crawl's own downloader, pace, robots rules and guard."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import Settings

from archive import Archive
from crawler import answers
from crawler.outcomes import outcome_of
from crawler.pace import HostWaits
from news import Clock, HarborwatchError, Outcome

Got = TypeVar("Got")

#: nothing of a visit is stored, so no stage and no turn belongs to it
_NOTHING_KEPT: dict[str, dict[str, int]] = {"ITEM_PIPELINES": {}, "EXTENSIONS": {}}


class UnansweredError(HarborwatchError):
    """An address gave no answer; says why: robots.txt, a private address, no connection."""

    def __init__(self, what: str, outcome: Outcome = Outcome.TEMPORARY) -> None:
        self.outcome = outcome
        super().__init__(what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered."""

    #: as asked for, and where redirects led
    asked: str
    address: str
    status: int
    content_type: str
    body: bytes
    #: the address has moved for good (RFC 9110: 301, 308), at every step of the way
    moved: bool = False
    #: the Link header (RFC 8288), where WordPress names its interface
    links: str = ""

    @property
    def good(self) -> bool:
        """Whether the status says that the body is what was asked for."""
        return outcome_of(self.status) is Outcome.GOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceKeeper:
    """What the pace leans on: the archive that books the hosts' moments, and the time."""

    archive: Archive
    clock: Clock


class Visit:
    """A visit under way: asks for addresses, one at a time, and counts the requests."""

    def __init__(self, spider: "VisitSpider") -> None:
        self._spider = spider

    @property
    def requests(self) -> int:
        """Requests made so far, those for robots.txt and after redirects included."""
        stats = self._spider.crawler.stats
        assert stats is not None, "a crawl counts"
        return int(stats.get_value("downloader/request_count", 0))

    async def ask(self, address: str) -> Answer:
        """Return what stands at an address. Raises UnansweredError."""
        engine = self._spider.crawler.engine
        assert engine is not None, "a visit is made by a running crawl"
        try:
            response = await engine.download_async(Request(address, dont_filter=True))
        except ValueError as error:
            raise UnansweredError(
                f"{address}: is no address that can be asked: {error}"
            ) from error
        except Exception as error:
            raise UnansweredError(
                f"{address}: {answers.detail_of(error)}", _outcome(error)
            ) from error
        return _answer(response, address)


class VisitSpider(Spider):
    """Runs a visit inside a crawl; nothing that it asks for becomes an item."""

    name = "visit"

    def __init__(self, tools: PaceKeeper, work: Callable[[Visit], Awaitable[None]]) -> None:
        super().__init__()
        self.tools = tools
        self._work = work

    async def start(self) -> AsyncIterator[Request]:
        """Do the visit's work; the crawl ends with it."""
        await self._work(Visit(self))
        nothing: tuple[Request, ...] = ()
        for request in nothing:  # Scrapy wants a generator
            yield request


async def visit(
    settings: Settings, tools: PaceKeeper, work: Callable[[Visit], Awaitable[Got]]
) -> Got:
    """Do some work that asks for addresses, at the crawl's pace; returns what the work returns.

    Raises what the work raises.
    """
    ended: asyncio.Future[Got] = asyncio.get_running_loop().create_future()

    async def worked(under_way: Visit) -> None:
        # Scrapy writes what a spider raises into a log; here the caller is told.
        try:
            ended.set_result(await work(under_way))
        except Exception as error:  # noqa: BLE001 - handed on to the caller, whatever it is
            ended.set_exception(error)

    own = settings.copy()
    own.setdict(_NOTHING_KEPT, priority="cmdline")
    await AsyncCrawlerRunner(own).crawl(VisitSpider, tools=tools, work=worked)
    if not ended.done():
        raise UnansweredError("the crawl ended before its work; see the log")
    return ended.result()


def _outcome(error: Exception) -> Outcome:
    if isinstance(error, HostWaits):
        return Outcome.TOLD_TO_WAIT
    if answers.is_too_large(error):
        return Outcome.UNREADABLE
    # robots.txt, or an address of a private network
    return Outcome.BLOCKED if isinstance(error, IgnoreRequest) else Outcome.TEMPORARY


def _moved(response: Response) -> bool:
    """Return whether every redirect that led to an answer was one for good."""
    reasons = response.request.meta.get("redirect_reasons", ()) if response.request else ()
    return bool(reasons) and all(reason in (301, 308) for reason in reasons)


def _answer(response: Response, asked: str) -> Answer:
    return Answer(
        asked=asked,
        address=response.url,
        status=response.status,
        content_type=answers.content_type(response),
        body=response.body,
        moved=_moved(response),
        links=(response.headers.get("Link") or b"").decode("latin-1"),
    )
