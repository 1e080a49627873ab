"""The health address: /healthz and /metrics over HTTP, for machines that look after machines."""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus

from harborwatch import metrics
from harborwatch.pulse import Pulse
from harborwatch.running import HealthAddress
from harborwatch.tasks.standing import standing
from harborwatch.wiring import Program
from news import FileError

_log = logging.getLogger(__name__)

#: seconds that a request may take to come, and its longest head
_PATIENCE, _LONGEST_HEAD = 5.0, 8_192
#: seconds that the archive's sums are good for: adding them up reads whole tables
_FRESH = 60.0
_TEXT, _JSON = "text/plain; version=0.0.4; charset=utf-8", "application/json"


class Health:
    """Answers for a program that runs; `program` returns it as it is now."""

    def __init__(self, program: Callable[[], Program], pulse: Pulse) -> None:
        self._program = program
        self._pulse = pulse
        self._sums = ""
        self._summed_at = -_FRESH
        self._summing = asyncio.Lock()

    async def answer(self, path: str) -> tuple[HTTPStatus, str, str]:
        """Return status, content type and body for a path."""
        if path == "/healthz":
            trouble = await self._trouble()
            status = HTTPStatus.SERVICE_UNAVAILABLE if trouble else HTTPStatus.OK
            return status, _JSON, json.dumps({"well": not trouble, "trouble": trouble}) + "\n"
        if path == "/metrics":
            return HTTPStatus.OK, _TEXT, await self._archive() + self._own()
        return HTTPStatus.NOT_FOUND, _TEXT, "/healthz or /metrics\n"

    def _own(self) -> str:
        return metrics.written(metrics.of_pulse(self._pulse))

    async def _trouble(self) -> str:
        if trouble := self._pulse.trouble():
            return trouble
        try:
            await asyncio.wait_for(asyncio.to_thread(self._touch), _PATIENCE)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer
            return f"the archive cannot be read: {error or type(error).__name__}"
        return ""

    def _touch(self) -> None:
        with self._program().tools.archive.read() as db:
            db.exec_driver_sql("SELECT count(*) FROM archive_facts")

    async def _archive(self) -> str:
        async with self._summing:
            if time.monotonic() - self._summed_at >= _FRESH:
                self._sums = await asyncio.to_thread(self._sum)
                self._summed_at = time.monotonic()
            return self._sums

    def _sum(self) -> str:
        tools = self._program().tools
        with tools.archive.read() as db:
            found = metrics.of_archive(db, tools.clock.now())
            if self._program().config.engine.is_shared:
                found += metrics.of_tasks(standing(db))
            return metrics.written(found)


@asynccontextmanager
async def serving(health: Health, address: HealthAddress | None) -> AsyncIterator[int]:
    """Serve health meanwhile; gives the port, 0 where nothing is served.

    Raises FileError where the address is taken.
    """
    if address is None:
        yield 0
        return

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _serve(health, reader, writer)

    try:
        server = await asyncio.start_server(serve, address.host, address.port, limit=_LONGEST_HEAD)
    except OSError as error:
        raise _taken(health, address, error) from error
    async with server:
        yield server.sockets[0].getsockname()[1]


def _taken(health: Health, address: HealthAddress, error: OSError) -> FileError:
    path = health._program().config.path  # noqa: SLF001 - its own module
    what = f"health cannot be served at {address.host}:{address.port}: {error}"
    return FileError(path, None, what, "name another port in [run] health")


async def _serve(
    health: Health, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Answer one request, and hang up."""
    try:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _PATIENCE)
        method, _, rest = head.decode("latin-1").partition(" ")
        path = rest.partition(" ")[0].partition("?")[0]
        if method in {"GET", "HEAD"}:
            status, kind, body = await health.answer(path)
        else:
            status, kind, body = HTTPStatus.METHOD_NOT_ALLOWED, _TEXT, "GET or HEAD\n"
        writer.write(_response(status, kind, body, with_body=method != "HEAD"))
        await writer.drain()
    except (TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
        pass  # who asks slowly, too much or not at all gets no answer
    except Exception:  # noqa: BLE001 - a question must never end the background job
        _log.exception("a question about health could not be answered")
        writer.write(_response(HTTPStatus.INTERNAL_SERVER_ERROR, _TEXT, "see the log\n"))
    finally:
        writer.close()


def _response(status: HTTPStatus, kind: str, body: str, *, with_body: bool = True) -> bytes:
    data = body.encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(data)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
    )
    return head.encode("latin-1") + (data if with_body else b"")
