"""From what stands at an address to an HTTP answer: validators, conditions, compression."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from .document import PLAIN, Document, Found, Gone, Redirect

#: Bodies below this are not worth compressing.
GZIP_FROM_BYTES = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as the decisions see it."""

    method: str
    #: Virtual host without ".localhost" and port.
    host: str
    #: Path and query as asked for.
    target: str
    #: Names in lower case.
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def conditional(self) -> bool:
        """Say whether the request carries validators."""
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer, ready to be written."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    #: Real seconds to wait before answering.
    delay: float = 0.0
    #: Close the connection without a word.
    dropped: bool = False
    #: Makes the body piece by piece, in place of `body`: sent chunked, without a length.
    pieces: Callable[[], Iterator[bytes]] | None = None
    #: Real seconds to wait after each piece.
    pause: float = 0.0


def http_date(moment: datetime) -> str:
    """Give a moment as HTTP writes it (RFC 9110, 5.6.7)."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def etag(body: bytes) -> str:
    """Give the strong validator of a body."""
    return f'"{hashlib.blake2b(body, digest_size=10).hexdigest()}"'


def _names(header: str, tag: str) -> bool:
    """Compare weakly, as If-None-Match asks (RFC 9110, 13.1.2)."""
    given = (each.strip().removeprefix("W/") for each in header.split(","))
    return header.strip() == "*" or tag in given


def _seen_since(header: str, changed: datetime) -> bool:
    """Say whether the client's copy is as new as ours; an unreadable date counts as none."""
    try:
        seen = parsedate_to_datetime(header)
    except ValueError:
        return False
    if seen.tzinfo is None:
        seen = seen.replace(tzinfo=UTC)
    return changed.replace(microsecond=0) <= seen


def unchanged(headers: Mapping[str, str], tag: str, changed: datetime) -> bool:
    """Decide on 304; If-None-Match goes before If-Modified-Since (RFC 9110, 13.2.2)."""
    if "if-none-match" in headers:
        return _names(headers["if-none-match"], tag)
    if "if-modified-since" in headers:
        return _seen_since(headers["if-modified-since"], changed)
    return False


def wants_gzip(headers: Mapping[str, str]) -> bool:
    """Say whether Accept-Encoding takes gzip; q=0 refuses it."""
    for part in headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def respond(document: Document, headers: Mapping[str, str]) -> Response:
    """Answer with a document: 304, plain or compressed."""
    tag = etag(document.body)
    packed = wants_gzip(headers) and len(document.body) >= GZIP_FROM_BYTES
    common = (
        ("ETag", f"W/{tag}" if packed else tag),
        ("Last-Modified", http_date(document.changed)),
        ("Cache-Control", "max-age=0, must-revalidate"),
        ("Vary", "Accept-Encoding"),
    )
    if unchanged(headers, tag, document.changed):
        return Response(status=304, headers=common)
    typed = (*common, ("Content-Type", document.content_type))
    if packed:
        body = gzip.compress(document.body, compresslevel=4, mtime=0)
        return Response(status=200, headers=(*typed, ("Content-Encoding", "gzip")), body=body)
    return Response(status=200, headers=typed, body=document.body)


def refuse(status: int, reason: str, *headers: tuple[str, str]) -> Response:
    """Answer with an error page of a few words."""
    body = f"<html><head><title>{status}</title></head><body><h1>{reason}</h1></body></html>"
    typed = (("Content-Type", "text/html; charset=UTF-8"), *headers)
    return Response(status=status, headers=typed, body=body.encode())


def answer(found: Found | None, headers: Mapping[str, str]) -> Response:
    """Answer with whatever was found at the address."""
    if found is None:
        return refuse(404, "Not found")
    if isinstance(found, Gone):
        return refuse(410, "Gone")
    if isinstance(found, Redirect):
        return Response(status=301, headers=(("Location", found.to), ("Content-Type", PLAIN)))
    return respond(found, headers)
