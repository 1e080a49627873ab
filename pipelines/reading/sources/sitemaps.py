"""Sitemaps, plain, of news, and indexes of them, to entries and further addresses."""

import re
import zlib
from dataclasses import replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml import etree

from news import Dated, Entry, Outlet, SourceError
from pipelines.reading.decoding.decode import decode
from pipelines.reading.markup import line, parsable
from pipelines.reading.sources.feed_times import feed_time
from pipelines.reading.sources.shown import Shown, shown

#: The protocol's own bound for one sitemap is 50 MB (sitemaps.org); twice that
#: is read before a body is taken for a bomb.
_LARGEST = 100_000_000
#: Addresses of one sitemap that are read. The protocol allows 50,000, sitemaps
#: of news hold up to 1,000; of a longer one the newest are taken.
_MOST = 5_000
#: Sitemaps of one index that are asked, the newest first: the older ones of a
#: year's index hold the stories of years ago.
_MOST_FURTHER = 20
_END = re.compile(r"</[\w.:-]*urlset\s*>|<[\w.:-]*urlset[^>]*/>")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")


def read_sitemap(
    body: bytes, content_type: str, address: str, outlet: Outlet, now: datetime
) -> Shown:
    """Return a sitemap's entries, or the addresses of further sitemaps it names.

    A gzipped body is unpacked. Raises SourceError when it is no sitemap.
    """
    text = decode(_unpacked(body, address), content_type)[0]
    root = _root(text, content_type, address)
    kind = str(root.tag).rpartition("}")[2]
    if kind == "sitemapindex":
        named = _further(list(root.iterchildren("{*}sitemap")), address)
        return Shown(further=named[:_MOST_FURTHER], unasked=len(named[_MOST_FURTHER:]))
    if kind != "urlset":
        raise SourceError(
            f"{address}: <{kind}> where a sitemap was expected; look into {outlet.home}/robots.txt"
        )
    cut = not _END.search(text[-5_000:])
    nodes = list(root.iterchildren("{*}url"))
    # What was being said when the answer ended may end within its address.
    torn = int(cut and bool(nodes) and text.rfind("<url>") > text.rfind("</url>"))
    nodes = nodes[: len(nodes) - torn]
    entries = (_entry(node, address, outlet, now) for node in _newest(nodes))
    return shown(entries, too_many=max(0, len(nodes) - _MOST), torn=torn, cut=cut)


def _further(nodes: list[etree._Element], address: str) -> tuple[str, ...]:
    newest = sorted(nodes, key=lambda node: _child(node, "lastmod"), reverse=True)
    links = (_joined(address, _child(node, "loc")) for node in newest)
    return tuple(link for link in dict.fromkeys(links) if link and link != address)


def _newest(nodes: list[etree._Element]) -> list[etree._Element]:
    if len(nodes) <= _MOST:
        return nodes
    # Times are printed as the protocol wants, so that they sort as text.
    order = sorted(range(len(nodes)), key=lambda at: _child(nodes[at], "lastmod"), reverse=True)
    return [nodes[at] for at in sorted(order[:_MOST])]


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


def _root(text: str, content_type: str, address: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        # Decoded by our own rules: with raw bytes, libxml2 keeps broken names as they are.
        bare = _DECLARATION.sub("", text.strip("\ufeff \t\r\n"))
        root = etree.fromstring(parsable(bare.strip()), parser)
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
        joined = urljoin(base, link) if link else ""
        parts = urlsplit(joined)
        return joined if parts.scheme in {"http", "https"} and parts.hostname else ""
    except ValueError:
        return ""  # no address; its entry is counted as such


def _time(printed: str, outlet: Outlet, now: datetime) -> Dated | None:
    moment = feed_time(printed, outlet, now)
    return replace(moment, origin="sitemap") if moment else None
