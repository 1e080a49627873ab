"""What a page tells of the outlet behind it: its name, its language, its ways in, its links."""

import re
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from pipelines.reading.decoding.decode import decode
from pipelines.reading.markup import line, parse, text_of
from pipelines.reading.scouting.scouted import Clues

#: Media types under which pages announce feeds (RSS board, RFC 4287, JSON Feed 1.1).
_FEEDS = frozenset({
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
    "text/xml", "application/xml", "application/json",
})  # fmt: skip
#: Links whose address looks like a feed's: outlets list theirs on a page.
_FEED_LINK = re.compile(
    r"(?:^|[/._-])(?:rss|atom|feeds?|rdf)(?:[/._?=-]|\d|$)|\.(?:rss|rdf|atom|xml)$", re.IGNORECASE
)
#: Links of one page that are taken; the fullest home pages have some two thousand.
_MOST = 5_000
#: Characters of a link's text and of a name that are kept.
_LONGEST = 300


def read_clues(body: bytes, content_type: str, address: str) -> Clues:
    """Return what a page tells of its outlet. Raises Refused("unreadable")."""
    tree = parse(decode(body, content_type)[0])
    head = [(_rel(node), node) for node in tree.iter("link")]
    meta = _meta(tree)
    base = next((_joined(address, node.get("href")) for node in tree.iter("base")), "") or address
    links = _links(tree, base)
    titles = [line(node.text_content()) for node in tree.findall("head/title")]
    return Clues(
        name=line(meta.get("og:site_name") or meta.get("application-name"))[:_LONGEST],
        title=" ".join(titles[:1])[:_LONGEST],
        language=(tree.get("lang") or meta.get("og:locale") or "").strip()[:20],
        canonical=_linked(head, "canonical", base) or _joined(base, meta.get("og:url")),
        amp=_linked(head, "amphtml", base),
        feeds=_feeds(head, base),
        feed_links=tuple(link for link, _ in links if _FEED_LINK.search(_path(link))),
        wordpress=_linked(head, "https://api.w.org/", base),
        links=links,
    )


def _meta(tree: HtmlElement) -> dict[str, str]:
    return {
        (node.get("property") or node.get("name") or "").lower(): node.get("content") or ""
        for node in tree.iter("meta")
    }


def _rel(node: HtmlElement) -> set[str]:
    return set((node.get("rel") or "").lower().split())


def _linked(head: list[tuple[set[str], HtmlElement]], rel: str, base: str) -> str:
    return next((_joined(base, node.get("href")) for names, node in head if rel in names), "")


def _feeds(head: list[tuple[set[str], HtmlElement]], base: str) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for names, node in head:
        kind = (node.get("type") or "").partition(";")[0].strip().lower()
        link = _joined(base, node.get("href"))
        if "alternate" in names and kind in _FEEDS and link and not node.get("hreflang"):
            found.setdefault(link, line(node.get("title"))[:_LONGEST])
    return tuple(found.items())


def _links(tree: HtmlElement, base: str) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for node in tree.iter("a"):
        link = _joined(base, node.get("href"))
        if link and (link in found or len(found) < _MOST):
            text = (line(text_of(node).replace("\n", " ")) or line(node.get("title")))[:_LONGEST]
            found[link] = max(found.get(link, ""), text, key=len)
    return tuple(found.items())


def _joined(base: str, link: str | None) -> str:
    try:
        joined = urljoin(base, (link or "").strip()).partition("#")[0] if link else ""
        parts = urlsplit(joined)
        return joined if parts.scheme in {"http", "https"} and parts.hostname else ""
    except ValueError:
        return ""  # no address: nothing to follow


def _path(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
