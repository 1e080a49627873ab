"""Feeds to entries: RSS, RDF, Atom and JSON Feed, well made or not."""

import re
from dataclasses import replace
from datetime import datetime

from news import Outlet, SourceError
from pipelines.reading.decoding.decode import decode
from pipelines.reading.sources.feed_elements import read_elements
from pipelines.reading.sources.feed_entries import entries_of
from pipelines.reading.sources.feed_item import ReadFeed
from pipelines.reading.sources.feed_json import read_json_feed
from pipelines.reading.sources.feed_loose import read_loosely
from pipelines.reading.sources.feed_markup import is_cut, parse_feed, storable
from pipelines.reading.sources.shown import Shown


def read_feed(
    body: bytes, content_type: str, address: str, outlet: Outlet, now: datetime
) -> Shown:
    """Return what a feed says of each of its stories, in its order.

    Well-formed markup is read in one parse, markup that does not nest by
    feedparser. Items without any address are counted, and what a cut answer
    still shows is kept. Raises SourceError when the bytes are no feed.
    """
    if not body.strip():
        raise SourceError(f"{address}: empty answer where a feed was expected; ask again later")
    # Servers send Latin-1 out of habit, and templates declare what they once
    # were written in: the bytes are decoded by our own rules.
    text = storable(decode(body, content_type)[0]).lstrip("\ufeff \t\r\n")
    feed = read_json_feed(text, address) if text.startswith(("{", "[")) else _read(text, address)
    if feed is None:
        what = "HTML" if _is_html(text) else "neither RSS nor Atom nor JSON Feed"
        raise SourceError(
            f"{address}: {what} where a feed was expected; look on {outlet.home} for its feed"
        )
    return entries_of(feed, address, outlet, now)


def _read(text: str, address: str) -> ReadFeed | None:
    parsed = parse_feed(text)
    if parsed is None:
        loose = read_loosely(text, address)
        # Of a cut feed the last item may end anywhere, within its address too.
        return _without_last(loose) if loose and loose.items and is_cut(text) else loose
    feed = read_elements(parsed.root)
    if not feed.items and (loose := read_loosely(text, address)):
        return loose  # in capital letters, or of a form that only feedparser knows
    return replace(feed, torn=parsed.torn, cut=parsed.cut)


def _without_last(feed: ReadFeed) -> ReadFeed:
    return replace(feed, items=feed.items[:-1], torn=1, cut=True)


def _is_html(text: str) -> bool:
    return re.search(r"<!doctype html|<html|<body", text[:2000], re.IGNORECASE) is not None
