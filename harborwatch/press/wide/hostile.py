"""What hostile or broken servers send: bombs, floods, endless answers, false ways out.

Everything is made while it is sent, so that it costs the press no memory. All
stand on the host `hazards`; each answers as long as the client listens.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat

from harborwatch.press.answer import Response

HOST = "hazards"
FEED = "application/rss+xml; charset=utf-8"
PAGE = "text/html; charset=utf-8"
SITEMAP = "application/xml; charset=utf-8"
RSS_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Hazard</title>\n'
)
RSS_TAIL = "</channel></rss>\n"
ITEMS = 200_000
BATCH = 500
ATTRIBUTES = 40_000
#: Bytes of the long description, and of what the small gzip body unfolds to.
DESCRIPTION = 50 * 1024 * 1024
UNFOLDED = 512 * 1024 * 1024
MEGABYTE = b" " * (1024 * 1024)
NESTED = 100_000
Pieces = Callable[[], Iterator[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """One hostile answer."""

    name: str
    path: str
    #: What a client takes it for: page, feed or sitemap.
    kind: str
    #: What it does, in a line.
    about: str
    #: From the base address to the answer.
    answer: Callable[[str], Response]


def _item(base: str, number: int) -> str:
    return (
        f"<item><title>Item number {number} of the flood</title>"
        f"<link>{base}/item/{number}</link><guid>{base}/item/{number}</guid>"
        "<pubDate>Wed, 19 Sep 2018 08:00:00 +0000</pubDate></item>\n"
    )


def _typed(content_type: str, body: bytes) -> Response:
    return Response(status=200, headers=(("Content-Type", content_type),), body=body)


def _streamed(content_type: str, pieces: Pieces, pause: float = 0.0) -> Response:
    headers = (("Content-Type", content_type),)
    return Response(status=200, headers=headers, pieces=pieces, pause=pause)


def _to(place: str) -> Response:
    return Response(status=302, headers=(("Location", place), ("Content-Type", "text/plain")))


def _flood(base: str) -> Response:
    """Send a feed of 200,000 items, some 40 MB."""

    def pieces() -> Iterator[bytes]:
        yield RSS_HEAD.encode()
        for begin in range(0, ITEMS, BATCH):
            numbers = range(begin, begin + BATCH)
            yield "".join(_item(base, number) for number in numbers).encode()
        yield RSS_TAIL.encode()

    return _streamed(FEED, pieces)


def _description(base: str) -> Response:
    """Send a feed with one item whose description has 50 MB."""
    line = b"The rain went on over the bay and the lorries stood in it. "
    block = line * (65_536 // len(line))
    head = (RSS_HEAD + _item(base, 1).replace("</item>", "<description>")).encode()
    tail = ("</description></item>" + RSS_TAIL).encode()
    return _streamed(
        FEED, lambda: chain((head,), repeat(block, DESCRIPTION // len(block)), (tail,))
    )


def _attributes(content_type: str) -> Response:
    """Send some 418 KB, nearly all of it one tag with 40,000 attributes."""
    tag = "".join(f' a{number:05}=""' for number in range(ATTRIBUTES))
    item = f"<item{tag}><title>Many attributes</title></item>\n"
    filler = f"<description>{'x' * 17_600}</description>"
    if content_type == FEED:
        return _typed(FEED, (RSS_HEAD + filler + item + RSS_TAIL).encode())
    page = f"<!DOCTYPE html><html><body><div{tag}><p>{'x ' * 9_000}</p></div></body></html>"
    return _typed(PAGE, page.encode())


@cache
def bomb() -> bytes:
    """Make a gzip body of half a megabyte that unfolds to 512 MB of spaces.

    Each megabyte is flushed so that the next compresses to the same bytes:
    one of them is compressed and repeated.
    """
    count = UNFOLDED // len(MEGABYTE)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packer.compress(MEGABYTE)
    packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 0
    for _ in range(count):
        check = zlib.crc32(MEGABYTE, check)
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    size = UNFOLDED % (1 << 32)
    tail = packer.flush(zlib.Z_FINISH) + check.to_bytes(4, "little") + size.to_bytes(4, "little")
    return head + block * count + tail


def _gzip_bomb(content_type: str) -> Response:
    headers = (("Content-Type", content_type), ("Content-Encoding", "gzip"))
    return Response(status=200, headers=headers, body=bomb())


def _entity_bomb() -> Response:
    """Send ten generations of entities, each ten times the one before: 10^10 characters."""
    names = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 11)]
    kinds = "\n".join(['<!ENTITY e0 "0123456789">', *names])
    text = RSS_HEAD.replace("?>\n", f"?>\n<!DOCTYPE rss [\n{kinds}\n]>\n", 1)
    return _typed(FEED, f"{text}<item><title>&e10;</title></item>{RSS_TAIL}".encode())


def _outside(base: str) -> Response:
    """Send a feed that wants a file of the reader's machine and an address of its network."""
    kinds = (
        '<!ENTITY file SYSTEM "file:///etc/passwd">'
        f'<!ENTITY near SYSTEM "{base}/secret"><!ENTITY % more SYSTEM "{base}/more.dtd"> %more;'
    )
    text = RSS_HEAD.replace("?>\n", f"?>\n<!DOCTYPE rss [{kinds}]>\n", 1)
    items = f"<item><title>A&file;B&near;C</title><link>{base}/item/1</link></item>"
    return _typed(FEED, (text + items + RSS_TAIL).encode())


def _nesting(content_type: str) -> Response:
    if content_type == FEED:
        inner = "<a>" * NESTED + "x" + "</a>" * NESTED
        return _typed(FEED, (RSS_HEAD + _item("", 1) + inner + RSS_TAIL).encode())
    page = "<html><body>" + "<div>" * NESTED + "<p>deep</p>" + "</div>" * NESTED
    return _typed(PAGE, page.encode())


def _endless(_: str) -> Response:
    head = b"<!DOCTYPE html><html><body><h1>Without end</h1>"
    line = b"<p>And then the next lorry came, and after it another one.</p>\n" * 1000
    return _streamed(PAGE, lambda: chain((head,), repeat(line)))


def _endless_feed(base: str) -> Response:
    items = (_item(base, 1) * BATCH).encode()
    return _streamed(FEED, lambda: chain((RSS_HEAD.encode(),), repeat(items)))


def _slow(_: str) -> Response:
    """Send a byte at a time, five in a second, for as long as it is asked."""
    head = (bytes([letter]) for letter in RSS_HEAD.encode())
    return _streamed(FEED, lambda: chain(head, repeat(b" ")), pause=0.2)


def _silent(_: str) -> Response:
    """Take the request and say nothing for an hour."""
    return Response(status=200, headers=(("Content-Type", PAGE),), body=b"late", delay=3600.0)


_MAKERS: tuple[tuple[str, str, str, str, Callable[[str], Response]], ...] = (
    ("items", "/items.xml", "feed", "200,000 items", _flood),
    ("description", "/description.xml", "feed", "a description of 50 MB", _description),
    ("attributes", "/attributes.xml", "feed", "418 KB, 40,000 attributes on one tag",
     lambda _: _attributes(FEED)),
    ("attributes-page", "/attributes.html", "page", "418 KB, 40,000 attributes on one tag",
     lambda _: _attributes(PAGE)),
    ("gzip-bomb", "/bomb.html", "page", "half a megabyte that unfolds to 512 MB",
     lambda _: _gzip_bomb(PAGE)),
    ("gzip-bomb-feed", "/bomb.xml", "feed", "half a megabyte that unfolds to 512 MB",
     lambda _: _gzip_bomb(FEED)),
    ("gzip-sitemap", "/sitemap-news.xml.gz", "sitemap", "a sitemap that unfolds to 512 MB",
     lambda _: _typed("application/gzip", bomb())),
    ("entities", "/entities.xml", "feed", "entities that unfold to 10^11 characters",
     lambda _: _entity_bomb()),
    ("outside", "/outside.xml", "feed", "entities from a file and from the network", _outside),
    ("nesting", "/nesting.html", "page", "100,000 elements, each inside the last",
     lambda _: _nesting(PAGE)),
    ("nesting-feed", "/nesting.xml", "feed", "100,000 elements, each inside the last",
     lambda _: _nesting(FEED)),
    ("endless", "/endless.html", "page", "a page without end", _endless),
    ("endless-feed", "/endless.xml", "feed", "a feed without end", _endless_feed),
    ("slow", "/slow.xml", "feed", "five bytes a second", _slow),
    ("silent", "/silent.html", "page", "no answer for an hour", _silent),
    ("private", "/private.xml", "feed", "leads to a private address",
     lambda _: _to("http://10.11.12.13/feed.xml")),
    ("metadata", "/metadata.html", "page", "leads to a link-local address",
     lambda _: _to("http://169.254.169.254/latest/meta-data/")),
    ("file", "/file.xml", "feed", "leads to a file", lambda _: _to("file:///etc/passwd")),
    ("loop", "/loop/a", "page", "leads to an address that leads back",
     lambda base: _to(f"{base}/loop/b")),
)  # fmt: skip
#: All hazards by path.
HAZARDS: dict[str, Hazard] = {
    path: Hazard(name=name, path=path, kind=kind, about=about, answer=answer)
    for name, path, kind, about, answer in _MAKERS
}


def answer(path: str, base: str) -> Response | None:
    """Answer an address of the host, None if nothing stands there."""
    if path == "/loop/b":
        return _to(f"{base}/loop/a")
    if path.startswith("/stairs/"):
        step = path.removeprefix("/stairs/")
        return _to(f"{base}/stairs/{int(step) + 1}") if step.isdigit() else None
    hazard = HAZARDS.get(path)
    return hazard.answer(base) if hazard else None
