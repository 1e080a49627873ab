"""A server of hostile answers on 127.0.0.1, and a watch on the memory that they cost."""

import http.server
import json
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Pieces = Callable[[], Iterator[bytes]]

HEAD = b"<?xml version='1.0'?><rss version='2.0'><channel><title>S</title>"
TAIL = b"</channel></rss>"
GOOD = b"<item><title>The harbor opens on Thursday</title><link>http://10.0.0.1/good</link></item>"
ITEMS = 200_000


def _flood(item: str) -> Iterator[bytes]:
    yield HEAD
    for begin in range(0, ITEMS, 1000):
        yield "".join(item.format(n) for n in range(begin, begin + 1000)).encode()
    yield TAIL


def _description() -> Iterator[bytes]:
    yield HEAD + b"<item><title>Long</title><link>http://10.0.0.1/long</link><description>"
    for _ in range(50):
        yield b"The rain went on. " * 58_000
    yield b"</description></item>" + TAIL


def _bomb() -> Iterator[bytes]:
    # After a full flush each megabyte packs to the same bytes: one is packed and repeated.
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    yield packer.compress(HEAD) + packer.flush(zlib.Z_FULL_FLUSH)
    megabyte = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    yield megabyte * 500


def _drip() -> Iterator[bytes]:
    yield HEAD
    while True:
        yield b"<!-- wait -->"
        time.sleep(0.2)


def _torrent() -> Iterator[bytes]:
    yield HEAD
    while True:
        yield GOOD * 1_000


def _index(other: str) -> Iterator[bytes]:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    yield f"<sitemapindex xmlns='{space}'><sitemap><loc>/{other}</loc></sitemap></sitemapindex>".encode()


def _posts() -> Iterator[bytes]:
    post = {
        "link": "http://10.0.0.1/good",
        "title": {"rendered": "The harbor &amp; its opening"},
        "date_gmt": "2018-09-18T09:22:43",
    }
    yield json.dumps([post, {"id": 2, "title": {"rendered": "Nowhere"}}]).encode()


def _entities() -> bytes:
    kinds = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 11))
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "0123456789">{kinds}]><rss version="2.0">'
        "<channel><item><title>Bomb &e10;</title><link>http://10.0.0.1/bomb</link></item></channel></rss>"
    ).encode()


def _outside() -> bytes:
    return (
        b'<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item>'
        b"<title>Outside &f; in</title><link>http://10.0.0.1/out</link></item></channel></rss>"
    )


#: name of an outlet: what its feed answers
ANSWERS: dict[str, Pieces] = {
    "good": lambda: iter([HEAD, GOOD, TAIL]),
    "attributes": lambda: iter([
        HEAD, b"<item ", b" ".join(b'a%d="x"' % n for n in range(40_000)), b">", GOOD[6:], TAIL,
    ]),
    "crooked": lambda: iter([
        HEAD, b"<item ", b" ".join(b'a%d="x"' % n for n in range(40_000)), b"><b>", GOOD[6:], TAIL,
    ]),
    "flood": lambda: _flood("<item><link>http://10.0.0.1/{}</link></item>"),
    "mire": lambda: _flood("<item><b><link>http://10.0.0.1/{}</link></item>"),
    "description": _description,
    "bomb": _bomb,
    "drip": _drip,
    "torrent": _torrent,
    "deep": lambda: iter([HEAD, b"<item>" + b"<a>" * 30_000, GOOD[6:], TAIL]),
    "entities": lambda: iter([_entities()]),
    "outside": lambda: iter([_outside()]),
    "index": lambda: _index("index-two"),
    "index-two": lambda: _index("index"),
    "posts": _posts,
    "cut": lambda: iter([HEAD, GOOD, GOOD.replace(b"/good", b"/two")[:60]]),
    "broken-off": lambda: iter([HEAD, GOOD]),
    "nowhere": lambda: iter([HEAD, GOOD, GOOD.replace(b"10.0.0.1", b"a..b"), b"<item><title>x</title></item>", TAIL]),
}  # fmt: skip


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        pieces = ANSWERS.get(self.path.strip("/"))
        self.close_connection = True
        self.send_response(200 if pieces else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Connection", "close")
        if self.path == "/bomb":
            self.send_header("Content-Encoding", "gzip")
        if self.path == "/broken-off":
            self.send_header("Content-Length", "100000")
        self.end_headers()
        try:
            for piece in pieces() if pieces else ():
                self.wfile.write(piece)
        except OSError:
            pass  # the client has heard enough, which is what these answers are for

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def hostile_server() -> Iterator[int]:
    """Serve every hostile answer under its name; yields the port."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as running:
        running.daemon_threads = True
        running.block_on_close = False
        thread = threading.Thread(target=running.serve_forever, args=(0.05,))
        thread.start()
        yield running.server_address[1]
        running.shutdown()
        thread.join()


class Memory:
    """The most resident memory, in MB, of this process and of whichever reads for it."""

    def __init__(self, reader: Callable[[], int | None]) -> None:
        self.before = _resident("self")
        self.parent = self.worker = 0.0
        self._reader = reader
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    @property
    def grown(self) -> float:
        """How much this process grew at most."""
        return self.parent - self.before

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.01):
            self.parent = max(self.parent, _resident("self"))
            pid = self._reader()
            self.worker = max(self.worker, _resident(str(pid)) if pid else 0.0)


def _resident(process: str) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError):
        return 0.0  # it has just been killed
    return pages * 4096 / 1e6
