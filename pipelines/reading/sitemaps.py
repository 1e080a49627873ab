"""Sitemaps, plain, of news, and indexes of them, to entries and further addresses."""

import re
import zlib
from dataclasses import replace
from datetime import datetime
from urllib.parse import urljoin

from lxml import etree

from news import Dated, Entry, Outlet, SourceError
from pipelines.reading.dates import parse_printed
from pipelines.reading.decode import decode
from pipelines.reading.markup import line, parsable

#: The protocol's own bound for one sitemap is 50 MB (sitemaps.org); twice that
#: is read before a body is taken for a bomb.
_LARGEST = 100_000_000

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")


def read_sitemap(
    body: bytes, content_type: str, address: str, outlet: Outlet, now: datetime
) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Return a sitemap's entries, and the addresses of further sitemaps it names.

    A gzipped body is unpacked. Raises SourceError when it is no sitemap.
    """
    root = _root(_unpacked(body, address), content_type, address)
    kind = str(root.tag).rpartition("}")[2]
    if kind == "sitemapindex":
        found = (_child(node, "loc") for node in root.iterchildren("{*}sitemap"))
        return (), tuple(_joined(address, link) for link in found if link)
    if kind != "urlset":
        raise SourceError(
            f"{address}: <{kind}> where a sitemap was expected; look into {outlet.home}/robots.txt"
        )
    entries = (_entry(node, address, outlet, now) for node in root.iterchildren("{*}url"))
    return tuple(entry for entry in entries if entry.address.startswith("http")), ()


def _unpacked(body: bytes, address: str) -> bytes:
    if body[:2] != b"\x1f\x8b":
        return body
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = unpacker.decompress(body, _LARGEST)
    except zlib.error as error:
        raise SourceError(f"{address}: the gzipped sitemap is broken: {error}") from error
    if unpacker.unconsumed_tail:
        raise SourceError(f"{address}: the sitemap unpacks to over {_LARGEST} bytes; not read")
    return plain


def _root(body: bytes, content_type: str, address: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        # Decoded by our own rules: with raw bytes, libxml2 keeps broken names as they are.
        text = _DECLARATION.sub("", decode(body, content_type)[0])
        root = etree.fromstring(parsable(text.strip()), parser)
    except (etree.LxmlError, ValueError) as error:
        raise SourceError(f"{address}: the sitemap cannot be parsed: {error}") from error
    if root is None:
        raise SourceError(f"{address}: {content_type or 'nothing'} where a sitemap was expected")
    return root


def _entry(node: etree._Element, base: str, outlet: Outlet, now: datetime) -> Entry:
    changed = _time(_child(node, "lastmod"), outlet, now)
    news = node.find("{*}news")
    entry = Entry(address=_joined(base, _child(node, "loc")), modified=changed)
    if news is None:
        return entry
    return replace(
        entry,
        headline=line(_child(news, "title")),
        published=_time(_child(news, "publication_date"), outlet, now),
        language=_language(news),
    )


def _language(news: etree._Element) -> str:
    publication = news.find("{*}publication")
    code = _child(publication, "language").lower() if publication is not None else ""
    return {"zh-cn": "zh", "zh-tw": "zh", "tl": "fil", "in": "id"}.get(code, code)


def _child(node: etree._Element, name: str) -> str:
    found = node.find(f"{{*}}{name}")
    return "".join(map(str, found.itertext())).strip() if found is not None else ""


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return ""  # no address; its entry is left out


def _time(printed: str, outlet: Outlet, now: datetime) -> Dated | None:
    own = outlet.languages[0] if outlet.languages else ""
    moment = parse_printed(printed, own, outlet.zone, now) if printed else None
    return replace(moment, origin="sitemap") if moment else None
