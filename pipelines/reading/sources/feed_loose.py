"""Feeds whose markup does not nest, by feedparser, which reads them as they come.

It costs several times what a well-formed feed does, and 200,000 items take it
half a minute: only the worker's bounds make it safe.
"""

import re
from collections.abc import Mapping

import feedparser

from news import SourceError
from pipelines.reading.sources.feed_item import MOST, Item, ReadFeed
from pipelines.reading.sources.feed_markup import without_unfit_references

#: feedparser takes the square of one tag's attributes in time (40,000 of them: minutes);
#: a tag this long says nothing that is needed but its name.
_LONG_TAG = re.compile(r"<([\w.:-]{1,50})\s[^<>]{20000,}>")


def read_loosely(text: str, address: str) -> ReadFeed | None:
    """Return a feed's items; None where feedparser sees no feed.

    Raises SourceError where feedparser itself fails.
    """
    # Bytes they must be: feedparser opens a string that is an address. RFC 3023
    # lets a header overrule the bytes; this one says what they are.
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        parsed = feedparser.parse(
            without_unfit_references(_LONG_TAG.sub(r"<\1>", text)).encode("utf-8", "replace"),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:
        raise SourceError(
            f"{address}: the feed cannot be parsed: {type(error).__name__}: {error}"
        ) from error
    if not parsed.get("version") and not parsed.entries:
        return None
    return ReadFeed(
        items=tuple(map(_item, parsed.entries[:MOST])),
        language=str(parsed.feed.get("language") or ""),
        categories=_terms(parsed.feed),
        too_many=max(0, len(parsed.entries) - MOST),
    )


def _item(entry: Mapping[str, object]) -> Item:
    contents = entry.get("content")
    parts = contents if isinstance(contents, list) else []
    return Item(
        links=tuple(_text(entry, name) for name in ("feedburner_origlink", "link", "id")),
        guid=_text(entry, "id"),
        title=_text(entry, "title"),
        summary=_text(entry, "summary"),
        contents=tuple(_text(part, "value") for part in parts if isinstance(part, Mapping)),
        authors=_authors(entry),
        published=_text(entry, "published") or _text(entry, "created"),
        modified=_text(entry, "updated"),
        language=_text(entry, "language"),
        categories=_terms(entry),
    )


def _text(entry: Mapping[str, object], name: str) -> str:
    # feedparser warns when asked for an `updated` that is not there.
    value = entry[name] if name in entry else None  # noqa: SIM401
    return value if isinstance(value, str) else ""


def _authors(entry: Mapping[str, object]) -> tuple[str, ...]:
    listed = entry.get("authors")
    people = listed if isinstance(listed, list) else []
    names = [_text(one, "name") for one in people if isinstance(one, Mapping)]
    return tuple(filter(None, names)) or (_text(entry, "author"),)


def _terms(entry: Mapping[str, object]) -> tuple[str, ...]:
    listed = entry.get("tags")
    tags = listed if isinstance(listed, list) else []
    return tuple(filter(None, (_text(tag, "term") for tag in tags if isinstance(tag, Mapping))))
