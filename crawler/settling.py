"""Settling: kept pages go on one at a time, in the order in which they were kept (law 7).

Where many workers keep and read pages, this is the one place where their ways
meet. A page is read ahead by whoever is free; the stages that compare it with
the stories before it are run here, and only here. That two never settle one
page is decided by the archive: who writes a story first takes its page off
the list in the same transaction.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from scrapy.utils.misc import load_object

from archive.engine import is_the_archives
from archive.keeping import pages, readings
from archive.keeping.readings import Reading
from crawler import settings as defaults
from news import Page, Refused, Story
from pipelines.ahead import Ahead, Files, packed, unpacked
from pipelines.read import Read, story_of
from pipelines.stages import Dropped, StoryStage, Tools

_log = logging.getLogger(__name__)

#: how long a worker may have a page in hand before it is read in its turn
READING_LEASE = timedelta(seconds=60)
#: pages of one task of reading
TOGETHER = 20
#: pages looked up at a time
_AT_ONCE = 200
#: seconds after which a page that no stage could take is tried again
_REST = 60.0
#: what a reader meets that says nothing of the page: it is read again in its turn
_OF_THE_MACHINE = ("timeout", "worker-died", "frozen")
#: seconds between two looks for a reading that a worker has in hand
_GLANCE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of pages, counted."""

    stored: int = 0
    dropped: Counter[str] = field(default_factory=Counter)


class Line:
    """The line of kept pages; a process has one, made again when outlet or topic files change."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._read = Read(tools)
        self._alone: Sequence[StoryStage] = [load_object(one)(tools) for one in defaults.ALONE]
        self._in_turn: Sequence[StoryStage] = [load_object(one)(tools) for one in defaults.IN_TURN]
        #: pages that no stage could take, and when they are tried again
        self._resting: dict[int, float] = {}

    async def read_ahead(self, numbers: Sequence[int], stop: asyncio.Event | None = None) -> int:
        """Read pages before their turn; returns how many."""
        done = []
        for number in numbers:
            if stop is not None and stop.is_set():
                break
            with self._tools.archive.read() as db:
                page = pages.load(db, number)
            try:
                changed, ahead = await self._made(page)
            except Exception:  # noqa: BLE001 - it is read again in its turn, and told then
                _log.exception("a page could not be read ahead", extra={"page": number})
                continue
            if isinstance(ahead.made, Refused) and ahead.made.reason in _OF_THE_MACHINE:
                continue
            with self._tools.archive.write() as db:
                readings.put(db, number, changed, packed(ahead), self._tools.clock.now())
            done.append(number)
        left = [number for number in numbers if number not in done]
        if left:
            with self._tools.archive.write() as db:
                readings.release(db, left)
        return len(done)

    async def settle(
        self, stop: asyncio.Event | None = None, seconds: float = float("inf")
    ) -> Settled:
        """Settle pages in their order until none waits, it is told to stop, or time is over."""
        until, counted = time.monotonic() + seconds, Counter[str]()

        def over() -> bool:
            return time.monotonic() > until or (stop is not None and stop.is_set())

        while (waiting := self._waiting()) and not over():
            for number in waiting:
                why = await self._settle_one(number)
                counted[why] += 1
                # Where another process settles too, what waits is looked up anew.
                if why == "settled" or over():
                    break
        with self._tools.archive.write() as db:
            readings.forget(db)
        return Settled(stored=counted.pop("", 0), dropped=counted)

    def _waiting(self) -> list[int]:
        now = time.monotonic()
        self._resting = {page: until for page, until in self._resting.items() if until > now}
        with self._tools.archive.read() as db:
            waiting = pages.unread(db, _AT_ONCE + len(self._resting))
        return [page for page in waiting if page not in self._resting]

    async def _settle_one(self, number: int) -> str:
        """Settle a page; returns why it gave no story, "" where it did.

        A page that our own code fails on stays, is tried again later, and keeps
        nobody waiting meanwhile.
        """
        try:
            ahead = await self._ahead(number)
            if isinstance(ahead.made, Refused):
                return self._read.refuse(number, ahead.made)
            item = ahead.made
            for stage in self._in_turn:
                item = stage.process_item(item)
        except Dropped as dropped:
            return dropped.reason
        except Exception as error:
            if is_the_archives(error):
                raise
            _log.exception("a page could not be settled", extra={"page": number})
            self._resting[number] = time.monotonic() + _REST
            return "error"
        finally:
            await asyncio.sleep(0)
        return ""

    async def _ahead(self, number: int) -> Ahead:
        """Return what was read of a page, or read it now where that no longer holds."""
        reading = await self._made_by_another(number)
        if reading is not None and (ahead := self._holding(reading)) is not None:
            return ahead
        with self._tools.archive.read() as db:
            page = pages.load(db, number)
        _, ahead = await self._made(page)
        return ahead

    def _holding(self, reading: Reading) -> Ahead | None:
        """Return what another has read, where files and what was learnt are still the same."""
        ahead = unpacked(reading.made) if reading.made is not None else None
        if ahead is None or not ahead.files.holds(self._files(ahead.outlet)):
            return None
        if reading.changed is None or not self._read.holds(ahead.outlet, reading.changed):
            return None
        return ahead

    def _files(self, outlet: str) -> Files:
        return Files.of(self._tools.outlets.get(outlet), self._tools.topics)

    async def _made_by_another(self, number: int) -> Reading | None:
        """Return the reading of a page; waits while a worker has it in hand, for its lease."""
        # By our own count too: a clock that is set back must not stretch the lease.
        patience = time.monotonic() + READING_LEASE.total_seconds()
        while True:
            with self._tools.archive.read() as db:
                reading = readings.of(db, number)
            if reading is None or reading.made is not None:
                return reading
            if reading.lease_until <= self._tools.clock.now() or time.monotonic() > patience:
                return None
            await asyncio.sleep(_GLANCE)

    async def _made(self, page: Page) -> tuple[int, Ahead]:
        """Take a page as far as it goes by itself; returns by which furniture too."""
        reading = await self._read.ahead(page)
        made: Story | Refused
        if isinstance(reading.read, Refused):
            made = reading.read
        else:
            made = story_of(page, reading.read, self._tools.outlets[page.outlet])
            for stage in self._alone:
                made = stage.process_item(made)
        ahead = Ahead(outlet=page.outlet, files=self._files(page.outlet), made=made)
        return reading.changed, ahead
