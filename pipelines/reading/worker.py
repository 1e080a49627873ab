"""Workers: processes that read hostile bytes, and can be killed.

C code that holds the interpreter cannot be stopped by a signal or a timer
(40,000 attributes on one tag keep feedparser busy for minutes), so each
worker is a process of its own with bounds on memory and time. This side
imports nothing that parses. It talks to its child over a socket pair with
length-prefixed pickles, and never relies on SIGCHLD, which others own.

`python -m pipelines.reading.worker` is the child (see serving).
"""

import asyncio
import logging
import os
import pickle
import socket
import struct
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

from news import Entry, FurtherPage, Outlet, ReadPage, Refused, SourceError, Way
from pipelines.reading.body.repeated import Furniture
from pipelines.reading.parts import Part
from pipelines.reading.processes import is_stopped, processor_seconds
from pipelines.reading.sources.shown import Shown

_log = logging.getLogger(__name__)
_LENGTH = struct.Struct("!Q")
#: Bytes of address space for a child; the largest real page needs a tenth of it.
MEMORY = 2 * 1024**3
#: On a busy machine a task may take so many times its seconds by the clock: a page
#: is refused for what it is, not for what else was running.
PATIENCE = 6
#: The share of its seconds after which a child is taken to have had them, and the
#: seconds of processor time below which it is taken to wait for nothing.
SHARE, IDLE = 0.8, 0.05
#: Seconds in which a child must have its imports done.
_START = 60.0
_NOTHING = Furniture()
#: ends that a child may come to without a fault of what it read
_FROM_OUTSIDE = ("worker-died", "frozen")


class _Ended(Exception):  # noqa: N818 - what happened, told to the caller as Refused
    """The child is gone: ("timeout" | "worker-died", what is known of it)."""

    def __init__(self, reason: str, detail: str) -> None:
        self.reason, self.detail = reason, detail
        super().__init__(reason)


class Worker:
    """One process for hostile or heavy work; started at its first task, and again after a death."""

    #: what the child runs: it is given socket, seconds and bytes of memory
    module: ClassVar[str] = "pipelines.reading.worker"

    def __init__(self, seconds: float = 20.0, memory: int = MEMORY) -> None:
        self._memory = memory
        #: that one task may take, of processor time where that is known, else of wall-clock
        #: time; in no case more than PATIENCE times as many by the clock
        self.seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    @property
    def pid(self) -> int | None:
        """The child's process id while it lives."""
        return self._child.pid if self._child else None

    async def ask(self, task: str, arguments: tuple[object, ...]) -> object:
        """Have the child do a task and return its answer.

        Raises what the task raises, Refused("timeout") after `seconds` of the processor
        (at most PATIENCE times as many by the clock),
        Refused("frozen") where somebody stopped the child meanwhile, and
        Refused("worker-died") when the child dies of it.
        """
        try:
            await self._ensure()
            kind, answer = await self._told(task, arguments)
        except _Ended as ended:
            await self.close()
            raise Refused(ended.reason, f"{task}: {ended.detail}") from ended
        except BaseException:
            # Cancelled with an answer under way: the next caller must not get it.
            await self.close()
            raise
        return _unwrapped(kind, answer)

    async def close(self) -> None:
        """Kill the child and wait for it; closing twice is no error."""
        child, writer = self._child, self._writer
        self._child = self._reader = self._writer = None
        if writer is not None:
            writer.close()
        if child is not None:
            child.kill()
            await asyncio.shield(asyncio.to_thread(child.wait))
        if writer is not None:
            try:
                await writer.wait_closed()
            except OSError:
                pass  # the child was killed amid a message: that was the intent

    async def _ensure(self) -> None:
        if self._child is not None and self._child.poll() is None:
            return
        await self.close()
        mine, theirs = socket.socketpair()
        with theirs:
            self._child = self._started(theirs.fileno())
        mine.setblocking(False)
        # Unlike open_connection this is right for uvloop too: the pair is AF_UNIX.
        self._reader, self._writer = await asyncio.open_unix_connection(sock=mine)
        await self._answer(_START)

    def _started(self, fd: int) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).parents[2])
        paths = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
        bounds = [str(fd), str(self.seconds), str(self._memory)]
        return subprocess.Popen(
            [sys.executable, "-m", self.module, *bounds],
            pass_fds=(fd,),
            stdin=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": paths},
        )

    async def _told(self, task: str, arguments: tuple[object, ...]) -> tuple[str, object]:
        assert self._writer is not None
        message = pickle.dumps((task, arguments), protocol=pickle.HIGHEST_PROTOCOL)
        self._writer.write(_LENGTH.pack(len(message)))
        self._writer.write(message)
        return await self._answer(self.seconds)

    async def _answer(self, seconds: float) -> tuple[str, object]:
        """Wait for the child's answer, longer where others keep it from the processor."""
        assert self._reader is not None
        begun = before = processor_seconds(self.pid)
        answer = asyncio.ensure_future(_read(self._reader))
        try:
            for _ in range(PATIENCE):
                await asyncio.wait([answer], timeout=seconds)
                used = processor_seconds(self.pid)
                if answer.done() or _had_its_share(begun, before, used, seconds):
                    break
                before = used
            if not answer.done():
                reason = "frozen" if is_stopped(self.pid) else "timeout"
                raise _Ended(reason, f"not done within {seconds:g} s")
            return await answer
        except (asyncio.IncompleteReadError, OSError) as error:
            used = processor_seconds(self.pid)
            if begun is not None and used is not None and used - begun >= SHARE * seconds:
                # Its own bound on the processor was quicker than our look at it.
                raise _Ended("timeout", f"not done within {seconds:g} s") from error
            raise _Ended("worker-died", "the reading process ended; see its last words") from error
        finally:
            answer.cancel()


async def _read(reader: asyncio.StreamReader) -> tuple[str, object]:
    (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
    # Only our own child writes here.
    kind, answer = pickle.loads(await reader.readexactly(length))  # noqa: S301
    return kind, answer


def _had_its_share(
    begun: float | None, before: float | None, used: float | None, seconds: float
) -> bool:
    """Return whether a child had the time it was promised, or does nothing with what it gets."""
    if begun is None or before is None or used is None:
        return True
    return used - begun >= SHARE * seconds or used - before < IDLE


class Workers:
    """A few workers behind one queue: who asks first is served first."""

    def __init__(self, count: int = 1, seconds: float = 20.0, memory: int = MEMORY) -> None:
        self._all = [Worker(seconds, memory) for _ in range(count)]
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        for worker in self._all:
            self._idle.put_nowait(worker)

    async def source(  # noqa: PLR0917 - the signature of the readers
        self, way: Way, body: bytes, content_type: str, address: str, outlet: Outlet,
        now: datetime,
    ) -> Shown:  # fmt: skip
        """Read what a source of this way answered; see the reader of the way's name.

        Raises SourceError, also when it takes too long.
        """
        try:
            answer: Any = await self._ask(way, (body, content_type, address, outlet, now))
        except Refused as refused:
            raise SourceError(f"{address}: {refused.reason}: {refused.detail}") from refused
        return answer  # type: ignore[no-any-return]  # the child answers with what the task returns

    async def feed(
        self, body: bytes, content_type: str, address: str, outlet: Outlet, now: datetime
    ) -> Shown:
        """Read a feed; see feeds.read_feed. Raises SourceError."""
        return await self.source("feed", body, content_type, address, outlet, now)

    async def sitemap(
        self, body: bytes, content_type: str, address: str, outlet: Outlet, now: datetime
    ) -> Shown:
        """Read a sitemap; see sitemaps.read_sitemap. Raises SourceError."""
        return await self.source("sitemap", body, content_type, address, outlet, now)

    async def listing(
        self, body: bytes, content_type: str, address: str, outlet: Outlet, now: datetime
    ) -> Shown:
        """Read a listing page; see listings.read_listing. Raises SourceError."""
        return await self.source("listing", body, content_type, address, outlet, now)

    async def wordpress(
        self, body: bytes, content_type: str, address: str, outlet: Outlet, now: datetime
    ) -> Shown:
        """Read a list of WordPress posts; see wordpress.read_wordpress. Raises SourceError."""
        return await self.source("wordpress", body, content_type, address, outlet, now)

    async def page(  # noqa: PLR0917 - the signature of pages.read_page
        self, body: bytes, content_type: str, address: str, entry: Entry, outlet: Outlet,
        now: datetime, further: Sequence[FurtherPage] = (), furniture: Furniture = _NOTHING,
    ) -> ReadPage:  # fmt: skip
        """Read a story's page and its further ones; see pages.read_page. Raises Refused.

        A further page that cannot be read takes nothing from the others.
        """
        given = (outlet, now, furniture)
        parts = [part for one in further if (part := await self._part(one, *given))]
        arguments = (body, content_type, address, entry, outlet, now, parts, furniture)
        answer: Any = await self._ask("page", arguments)
        return answer  # type: ignore[no-any-return]  # as above

    async def next_page(
        self, body: bytes, content_type: str, address: str, outlet: Outlet
    ) -> str | None:
        """Tell where a story's next page is, None on its last; see paging.next_of.

        Raises Refused where no worker can say.
        """
        answer: Any = await self._ask("next", (body, content_type, address, outlet))
        return answer  # type: ignore[no-any-return]  # as above

    async def first_page(
        self, body: bytes, content_type: str, address: str, outlet: Outlet
    ) -> str | None:
        """Tell where a story begins whose further page this is; see paging.first_of.

        Raises Refused where no worker can say.
        """
        answer: Any = await self._ask("first", (body, content_type, address, outlet))
        return answer  # type: ignore[no-any-return]  # as above

    async def tells_again(
        self, first: FurtherPage, came: FurtherPage, outlet: Outlet, now: datetime
    ) -> bool:
        """Tell whether a further page tells the first one's text again; see pages.tells_again.

        Raises Refused where no worker can say.
        """
        answer: Any = await self._ask("again", (first, came, outlet, now))
        return answer  # type: ignore[no-any-return]  # as above

    async def _part(
        self, page: FurtherPage, outlet: Outlet, now: datetime, furniture: Furniture
    ) -> Part | None:
        arguments = (page.body, page.content_type, page.address, outlet, now, furniture)
        try:
            answer: Any = await self._ask("further", arguments)
        except Refused as refused:
            # An error page, a form: no part of the story.
            _log.warning("%s: left out of its story: %s", page.address, refused)
            return None
        return answer  # type: ignore[no-any-return]  # as above

    async def close(self) -> None:
        """Kill all children. Tasks under way end as "worker-died"."""
        for worker in self._all:
            await worker.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def _ask(self, task: str, arguments: tuple[object, ...]) -> object:
        worker = await self._idle.get()
        try:
            return await self._asked(worker, task, arguments)
        finally:
            self._idle.put_nowait(worker)

    @staticmethod
    async def _asked(worker: Worker, task: str, arguments: tuple[object, ...]) -> object:
        """Ask once more where the child was killed or frozen from outside.

        A page that kills its reader does so again, and is refused then; a page
        whose reader somebody else killed (no memory left, a person) would else
        be lost: its bytes are those that were had, and are not read again.
        """
        try:
            return await worker.ask(task, arguments)
        except Refused as refused:
            if refused.reason not in _FROM_OUTSIDE:
                raise
            _log.warning("the reading process ended, it is asked once more: %s", refused)
            return await worker.ask(task, arguments)


def _unwrapped(kind: str, answer: object) -> object:
    if kind == "done":
        return answer
    if kind == "refused":
        assert isinstance(answer, tuple)
        raise Refused(*answer)
    if kind == "source":
        raise SourceError(str(answer))
    raise Refused("worker-error", str(answer))


if __name__ == "__main__":
    from pipelines.reading.serving import serve

    serve(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
