"""Kept pages as WARC 1.1 (ISO 28500:2017), which web archives and their tools read. Pure.

A page is a response record with its bytes as they were kept, decoded, and a
metadata record that says what we know of it. Of the answer's headers only
some were kept: those stand there, and none is made up. Each record is
compressed by itself, so that a reader can begin at any of them.
"""

import io
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from alerts.clean import clean
from archive.keeping.page_choices import Verdict
from news import Page

#: what may stand in a URI as it is (RFC 3986, sections 2.2 and 2.3)
_URI = ":/?#[]@!$&'()*+,;=-._~%"
#: the namespace of our records' names (RFC 4122, version 5): the same page, the same names
_NAMES = uuid.UUID("1f9f4d52-6a0e-5a55-8c0b-7a51c9f0d7e4")
NOT_KEPT = (
    "bodies are decoded (no Content-Encoding, no chunks); of the status lines only the code, and of "
    "the HTTP headers only Content-Type, ETag and Last-Modified were kept; requests and redirects "
    "were not"
)


def warcinfo(version: str, at: datetime) -> bytes:
    """Return the record that begins a file: who wrote it, and what is not in it."""
    says = {
        "software": f"harborwatch {version}",
        "format": "WARC File Format 1.1",
        "description": f"pages as Harborwatch kept them: {NOT_KEPT}",
    }
    out = io.BytesIO()
    writer = _writer(out)
    record = _record(writer, "", "warcinfo", at, _fields(says.items()), name="")
    writer.write_record(record)
    return out.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What came from one address."""

    address: str
    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    #: what is known of this answer beyond the page
    said: tuple[tuple[str, str], ...] = ()


def warc_records(page: Page, verdict: Verdict) -> bytes:
    """Return a kept page's records: a response and its metadata, then its further pages' likewise."""
    out = io.BytesIO()
    writer = _writer(out)
    for one in _answers(page):
        _write(writer, page, one, [*_known(page, verdict), *one.said])
    return out.getvalue()


def _answers(page: Page) -> Iterator[_Answer]:
    conditions = page.conditions
    yield _Answer(
        address=page.final_address,
        status=str(page.status),
        headers=(
            ("Content-Type", page.content_type),
            ("ETag", conditions.etag),
            ("Last-Modified", conditions.last_modified),
        ),
        body=page.body,
    )
    for number, one in enumerate(page.further, 2):
        yield _Answer(
            address=one.address,
            # They are taken only where the answer was good.
            status="200",
            headers=(("Content-Type", one.content_type),),
            body=one.body,
            said=(
                ("page-of-story", str(number)),
                ("not-kept-either", "its own time and status: those are of the first page"),
            ),
        )


def _write(writer: WARCWriter, page: Page, one: _Answer, said: list[tuple[str, str]]) -> None:
    kept = [(name, clean(value)) for name, value in one.headers if clean(value)]
    # A reason is no part of what was kept, and may be empty (RFC 9112, section 4).
    http = StatusAndHeaders(f"{one.status} ", kept, protocol="HTTP/1.1")
    name = f"{page.id} {page.key} {page.fetched_at.isoformat()} {one.address}"
    uri, at = _uri(one.address), page.fetched_at
    response = _record(writer, uri, "response", at, one.body, name=name, http=http)
    writer.write_record(response)
    about = {"WARC-Refers-To": response.rec_headers.get_header("WARC-Record-ID")}
    block, name = _fields(said), f"{name} metadata"
    writer.write_record(_record(writer, uri, "metadata", at, block, name=name, also=about))


def _known(page: Page, verdict: Verdict) -> Iterator[tuple[str, str]]:
    """Yield what the archive knows of a page, by the words of its commands."""
    yield "harborwatch-page", str(verdict.page)
    for story, revision in verdict.stories:
        yield "harborwatch-story", f"{story} revision {revision}"
    yield "outlet", page.outlet
    yield "source", page.source
    yield "asked-for", page.address
    yield "first-seen", _stamp(page.first_seen_at)
    yield "state", verdict.state
    yield "reason", verdict.reason
    yield "further-pages-missing", page.cut
    yield "not-kept", NOT_KEPT


def _record(
    writer: WARCWriter,
    uri: str,
    kind: str,
    at: datetime,
    block: bytes,
    *,
    name: str,
    http: StatusAndHeaders | None = None,
    also: dict[str, str] | None = None,
) -> ArcWarcRecord:
    number = uuid.uuid5(_NAMES, name) if name else uuid.uuid4()
    named = {"WARC-Record-ID": f"<urn:uuid:{number}>", "WARC-Date": _stamp(at)}
    return writer.create_warc_record(
        uri,
        kind,
        payload=io.BytesIO(block),
        length=len(block),
        warc_headers_dict=named | (also or {}),
        http_headers=http,
    )


def _writer(out: io.BytesIO) -> WARCWriter:
    return WARCWriter(out, gzip=True, warc_version="1.1")


def _fields(said: Iterable[tuple[str, str]]) -> bytes:
    """Return names and what they say as application/warc-fields; empty ones are left out."""
    lines = [f"{name}: {text}\r\n" for name, value in said if (text := clean(value))]
    return "".join(lines).encode()


def _uri(address: str) -> str:
    """Return an address as a URI: what may not stand in one is percent-encoded."""
    return quote(clean(address), safe=_URI)


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
