"""A small HTTP/1.1 server on 127.0.0.1, in a thread with a loop of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from urllib.parse import urlsplit

from .answer import Request, Response, refuse

LOCALHOST = "127.0.0.1"
#: A head longer than this is refused.
HEAD_LIMIT = 65_536
Answer = Callable[[Request], Response]


class MalformedError(ValueError):
    """The bytes are no HTTP request that we read."""


def virtual_host(header: str) -> str:
    """Give the name before ".localhost", without port."""
    return header.partition(":")[0].strip().lower().removesuffix(".localhost")


def parse_head(head: bytes) -> Request:
    """Read a request's head. Raise MalformedError."""
    lines = head.decode("latin-1").split("\r\n")
    try:
        method, target, version = lines[0].split(" ")
    except ValueError as error:
        raise MalformedError(f"no request line: {lines[0]!r}") from error
    headers = {}
    for line in filter(None, lines[1:]):
        name, colon, value = line.partition(":")
        if not colon:
            raise MalformedError(f"no header: {line!r}")
        headers[name.strip().lower()] = value.strip()
    if version == "HTTP/1.0":
        headers.setdefault("connection", "close")
    host = headers.get("host", "")
    if target.startswith("http://"):
        parts = urlsplit(target)
        host, target = parts.netloc, parts._replace(scheme="", netloc="").geturl() or "/"
    return Request(method=method, host=virtual_host(host), target=target, headers=headers)


def written(response: Response, method: str, *, close: bool) -> bytes:
    """Give the bytes of an answer."""
    reason = HTTPStatus(response.status).phrase
    lines = [f"HTTP/1.1 {response.status} {reason}", "Server: press"]
    lines += [f"{name}: {value}" for name, value in response.headers]
    if response.pieces is not None:
        lines.append("Transfer-Encoding: chunked")
    elif response.status != HTTPStatus.NOT_MODIFIED:
        lines.append(f"Content-Length: {len(response.body)}")
    if close:
        lines.append("Connection: close")
    head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
    return head if method == "HEAD" else head + response.body


class Server:
    """Listens from `start` to `stop`; gives each request to `answer`, in one thread."""

    def __init__(self, answer: Answer, port: int = 0) -> None:
        self._answer = answer
        self._wanted = port
        self._socket: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._open: set[asyncio.Task[None]] = set()

    def start(self) -> int:
        """Bind, listen and give the port. Raise OSError where the port is taken."""
        self._socket = socket.create_server((LOCALHOST, self._wanted), backlog=256)
        port = int(self._socket.getsockname()[1])
        ready = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(ready)), name="press", daemon=True
        )
        self._thread.start()
        ready.wait()
        return port

    def stop(self) -> None:
        """Close all connections and wait for the thread to end."""
        if self._loop is not None and self._stopping is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()
        self._thread = None

    async def _serve(self, ready: threading.Event) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connected, sock=self._socket, limit=HEAD_LIMIT)
        ready.set()
        await self._stopping.wait()
        # asyncio of 3.11 loses a connection that is half accepted when the
        # server closes: stop accepting, let those end, then close.
        assert self._socket is not None
        self._loop.remove_reader(self._socket)
        ours = asyncio.current_task()
        while accepting := asyncio.all_tasks() - self._open - {ours}:
            await asyncio.wait(accepting)
        server.close()
        await server.wait_closed()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Start a task per connection; it closes also where it never took a step."""
        task = asyncio.create_task(self._converse(reader, writer))
        self._open.add(task)
        task.add_done_callback(self._open.discard)
        task.add_done_callback(lambda _: writer.close())

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            # The client has gone, or the server stops: either way the
            # connection ends here and nothing is owed.
            writer.transport.abort()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Read one request and answer it; say whether the connection goes on."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).rstrip(b"\r\n")
            request = await _with_body(parse_head(head), reader)
        except (MalformedError, asyncio.LimitOverrunError) as error:
            writer.write(written(refuse(400, str(error)), "GET", close=True))
            return False
        response = self._answer(request)
        if response.delay:
            await asyncio.sleep(response.delay)
        if response.dropped:
            return False
        close = request.headers.get("connection", "").lower() == "close"
        writer.write(written(response, request.method, close=close))
        if response.pieces is not None and request.method != "HEAD":
            await _stream(response.pieces(), response.pause, writer)
        await writer.drain()
        return not close


async def _stream(pieces: Iterator[bytes], pause: float, writer: asyncio.StreamWriter) -> None:
    """Send a body piece by piece (RFC 9112, 7.1); the others are served between the pieces."""
    for piece in pieces:
        writer.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        await writer.drain()
        await asyncio.sleep(pause)
    writer.write(b"0\r\n\r\n")


async def _with_body(request: Request, reader: asyncio.StreamReader) -> Request:
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > HEAD_LIMIT:
        raise MalformedError(f"Content-Length {length!r} is no number up to {HEAD_LIMIT}")
    if length == "0":
        return request
    body = await reader.readexactly(int(length))
    return Request(
        method=request.method,
        host=request.host,
        target=request.target,
        headers=request.headers,
        body=body,
    )
