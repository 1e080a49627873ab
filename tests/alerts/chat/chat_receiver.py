"""A local HTTP receiver: every chat service in one, with the answers it was told."""

import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from requests.adapters import HTTPAdapter


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request that came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, list[str]]:
        return parse_qs(self.body.decode())


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer; "close" hangs up without one, "hang" waits, "drip" never ends."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = "{}"
    act: str = ""


@dataclass
class Receiver:
    """Keeps what comes; answers from a list, then with `usual`."""

    port: int
    usual: Reply = Reply()
    replies: list[Reply] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    #: a path at which it answers 404
    refuses: str = ""
    done: threading.Event = field(default_factory=threading.Event)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a receiver on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def _take(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            asked = Asked(
                method=self.command,
                path=self.path,
                headers=dict(self.headers),
                body=self.rfile.read(length),
            )
            if len(asked.body) < length:
                # The sender died in the midst of its request: nothing arrived.
                raise ConnectionAbortedError
            receiver.asked.append(asked)
            reply = receiver.replies.pop(0) if receiver.replies else receiver.usual
            if asked.path == receiver.refuses:
                reply = Reply(status=404)
            if reply.act == "hang":
                receiver.done.wait(20)
            if reply.act in ("hang", "close"):
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.act != "drip":
                self.send_header("Content-Length", str(len(reply.body.encode())))
            self.end_headers()
            self.wfile.write(reply.body.encode())
            while reply.act == "drip" and not receiver.done.is_set():
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.02)

        do_GET = do_POST = do_PUT = _take  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except OSError:
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    receiver = Receiver(port=server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.done.set()
        server.shutdown()
        thread.join()
        server.server_close()


class ToReceiver(HTTPAdapter):
    """Carries what is meant for a service's own host to the receiver, over a real socket."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port

    def send(self, request: Any, **kwargs: Any) -> Any:
        parts = urlsplit(request.url)
        request.headers["X-Meant-For"] = parts.netloc
        request.url = parts._replace(scheme="http", netloc=f"127.0.0.1:{self._port}").geturl()
        return super().send(request, **kwargs)
