"""The ways into an outlet of the wide press: feeds of four kinds, two APIs, sitemaps, listings.

A way is one small module with a `make`: from a view to text, before it is
written in the outlet's encoding. It leans on views and layouts only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harborwatch.press.wide.gold import Precision
from harborwatch.press.wide.view import View

from . import atom, jsonfeed, listing, rdf, rss, sitemap, wordpress


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One kind of way in."""

    path: str
    #: Without charset; the outlet's header adds it.
    media_type: str
    make: Callable[[View], str]
    #: How finely it tells the time; None if it tells none.
    precision: Precision | None
    #: As outlet files name it: feed, sitemap or listing.
    kind: str
    #: JSON is always UTF-8, whatever the outlet's pages are.
    always_utf8: bool = False
    gzipped: bool = False


WAYS: dict[str, Way] = {
    "rss": Way(
        path="/rss.xml", media_type="application/rss+xml", make=rss.make,
        precision=Precision.SECOND, kind="feed",
    ),
    "atom": Way(
        path="/atom.xml", media_type="application/atom+xml", make=atom.make,
        precision=Precision.SECOND, kind="feed",
    ),
    "rdf": Way(
        path="/index.rdf", media_type="application/rdf+xml", make=rdf.make,
        precision=Precision.SECOND, kind="feed",
    ),
    "jsonfeed": Way(
        path="/feed.json", media_type="application/feed+json", make=jsonfeed.make,
        precision=Precision.SECOND, kind="feed", always_utf8=True,
    ),
    "wordpress": Way(
        path="/wp-json/wp/v2/posts", media_type="application/json", make=wordpress.make,
        precision=Precision.SECOND, kind="feed", always_utf8=True,
    ),
    "sitemap": Way(
        path="/sitemap-news.xml", media_type="application/xml", make=sitemap.news,
        precision=Precision.SECOND, kind="sitemap", always_utf8=True,
    ),
    "gzip": Way(
        path="/sitemap-news.xml.gz", media_type="application/gzip", make=sitemap.news,
        precision=Precision.SECOND, kind="sitemap", always_utf8=True, gzipped=True,
    ),
    "index": Way(
        path="/sitemap.xml", media_type="application/xml", make=sitemap.index,
        precision=None, kind="sitemap", always_utf8=True,
    ),
    "listing": Way(
        path="/", media_type="text/html", make=listing.make, precision=None, kind="listing",
    ),
    "script": Way(
        path="/api/list.json", media_type="application/json", make=listing.script,
        precision=None, kind="feed", always_utf8=True,
    ),
}  # fmt: skip
