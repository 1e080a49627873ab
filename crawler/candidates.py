"""Where an outlet's ways in may be: announced, named in robots.txt, or at a usual place. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from news import Way
from pipelines.reading.scouting.scouted import Clues

#: candidates of one kind that are asked; section feeds can be hundreds
_ANNOUNCED, _SITEMAPS, _LINKED = 5, 4, 6

#: Usual places, by what was seen most: WordPress, Blogger, Joomla, and the
#: names that the feeds of ASEAN's outlets have (rss, rss.xml, rss/latest …).
_FEEDS = (
    "/feed/", "/rss.xml", "/rss", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json",
    "/index.rdf", "/feeds/posts/default", "/index.php?format=feed&type=rss",
)  # fmt: skip
_NEWS_SITEMAPS = ("/sitemap-news.xml", "/news-sitemap.xml", "/sitemap.xml")
POSTS = "wp/v2/posts"
#: feeds of what readers say, and of one thing alone
_NO_NEWS = re.compile(
    r"/comments?/|comments=|/(?:tag|author|search|podcasts?|oembed)/", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An address that may be a way in, and why."""

    address: str
    why: str


def announced(clues: Clues, links: str, address: str) -> list[Candidate]:
    """Return what a page announces: its feeds, and WordPress's interface.

    `links` is the Link header of the answer.
    """
    found = [
        Candidate(address=feed, why="announced by the page" + (f' as "{title}"' if title else ""))
        for feed, title in clues.feeds
        if not _NO_NEWS.search(feed) and POSTS not in feed
    ][:_ANNOUNCED]
    root = clues.wordpress or _linked(links, "https://api.w.org/", address)
    if root:
        found.append(Candidate(address=urljoin(root, POSTS), why="WordPress names its interface"))
    return _once(found)


def linked(clues: Clues, site: str) -> list[Candidate]:
    """Return links of a page, within its site, that look like feeds or lists of them."""
    own = [one for one in clues.feed_links if site_of(one) == site and not _NO_NEWS.search(one)]
    return [Candidate(address=one, why="linked from a page") for one in own[:_LINKED]]


def in_robots(text: str, address: str) -> list[Candidate]:
    """Return the sitemaps that robots.txt names (sitemaps.org), those of news first."""
    named = re.findall(r"^\s*sitemap\s*:\s*(\S+)", text, re.IGNORECASE | re.MULTILINE)
    joined = [urljoin(address, one) for one in named]
    ordered = sorted(joined, key=lambda one: not is_of_news(one))
    return _once(Candidate(address=one, why="named in robots.txt") for one in ordered)[:_SITEMAPS]


def usual(kind: Way, home: str) -> Iterator[Candidate]:
    """Yield the usual places of a kind of way."""
    places = {"feed": _FEEDS, "sitemap": _NEWS_SITEMAPS, "wordpress": (f"/wp-json/{POSTS}",)}
    for place in places.get(kind, ()):
        yield Candidate(address=urljoin(home, place), why="at a usual place")


def is_of_news(address: str) -> bool:
    """Return whether a sitemap's name says that it is one of news."""
    return re.search(r"news|berita|tin|khao|latest|recent", urlsplit(address).path) is not None


def site_of(address: str) -> str:
    """Return what the hosts of one site have in common: "example.co.id" of "m.example.co.id"."""
    try:
        parts = urlsplit(address)
        labels = (parts.hostname or "").split(".")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    short = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3:] if short else labels[-2:]) + port


def way_of(body: bytes, address: str) -> Way | None:
    """Return the way that an answer looks like; None for a page."""
    head = body[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"{", b"[")):
        return "wordpress" if POSTS in address else "feed"
    if head.startswith(b"\x1f\x8b") or re.search(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", head):
        return "sitemap"
    if re.search(rb"<!doctype html|<html[\s>]|<body[\s>]", head, re.IGNORECASE):
        return None
    return "feed"


def _linked(header: str, rel: str, base: str) -> str:
    for found in re.finditer(r"<(?P<address>[^<>]*)>(?P<fields>[^<]*)", header):
        if f'"{rel}"' in found["fields"] or f"={rel}" in found["fields"]:
            return urljoin(base, str(found["address"]))
    return ""


def _once(found: Iterable[Candidate]) -> list[Candidate]:
    return list({one.address: one for one in found}.values())
