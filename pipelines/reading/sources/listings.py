"""Listing pages to entries: their links that lead to stories."""

import re
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from news import Entry, Outlet, Refused, SourceError
from pipelines.reading import addresses
from pipelines.reading.decoding.decode import decode
from pipelines.reading.markup import line, parse, text_of
from pipelines.reading.refusals import weight
from pipelines.reading.sources.shown import Shown, shown

#: A link's text that is as long as this (in Latin letters) may be a headline.
_HEADLINE = 20
#: Links of one page that are looked at; the fullest home pages have some two thousand.
_MOST = 20_000
_NO_PAGE = re.compile(r"\.(jpe?g|png|gif|webp|svg|pdf|mp4|mp3|zip|apk|css|js|xml)$", re.IGNORECASE)


def read_listing(
    body: bytes, content_type: str, address: str, outlet: Outlet, now: datetime
) -> Shown:
    """Return the stories that a listing page links to, in page order, each once.

    The headline is the longest text that links to it. A time that stands in
    the address is given too. Raises SourceError when the bytes are no page.
    """
    if not body.strip():
        raise SourceError(f"{address}: empty answer where a listing was expected; ask again later")
    try:
        tree = parse(decode(body, content_type)[0])
    except Refused as error:
        raise SourceError(f"{address}: {error.detail}; no listing can be read from it") from error
    found: dict[str, tuple[str, str]] = {}
    links = _links(tree, _base(tree, address))
    for link, text in links[:_MOST]:
        if _leads_to_story(link, text, outlet):
            key = addresses.key(link, outlet)
            first, longest = found.get(key, (link, ""))
            found[key] = (first, max(longest, text, key=len))
    entries = (_entry(link, text, outlet, now) for link, text in found.values())
    return shown(entries, too_many=max(0, len(links) - _MOST))


def _base(tree: HtmlElement, address: str) -> str:
    given = tree.find("head/base")
    href = given.get("href") if given is not None else None
    return _joined(address, href) or address if href else address


def _links(tree: HtmlElement, base: str) -> list[tuple[str, str]]:
    found = []
    for node in tree.iter("a"):
        link = _joined(base, (node.get("href") or "").strip())
        if link.startswith(("http://", "https://")):
            found.append((link, line(text_of(node).replace("\n", " ")) or line(node.get("title"))))
    return found


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return ""  # no address: nothing to follow


def _leads_to_story(link: str, text: str, outlet: Outlet) -> bool:
    if not addresses.is_story(link, outlet):
        return False
    if outlet.addresses.story:
        return True
    path = urlsplit(addresses.canonical(link, outlet)).path
    if _NO_PAGE.search(path) or weight(text) < _HEADLINE:
        return False
    return addresses.looks_like_story(path)


def _entry(link: str, text: str, outlet: Outlet, now: datetime) -> Entry:
    printed = addresses.printed_time(link, outlet)
    sure = printed if printed is not None and printed.at <= now else None
    return Entry(address=link, headline=text, published=sure)
