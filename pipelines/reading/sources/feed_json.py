"""JSON Feed 1.0 and 1.1 (jsonfeed.org), and lists of JSON that were cut in the middle."""

import json
import re
from collections.abc import Mapping

from news import SourceError
from pipelines.reading.sources.feed_item import MOST, Item, ReadFeed
from pipelines.reading.sources.feed_markup import storable

_LIST = re.compile(r'"items"\s*:\s*\[')


def read_json_feed(text: str, address: str) -> ReadFeed:
    """Return a JSON Feed's items. Raises SourceError where it is none."""
    listed, feed, cut = objects(text, address)
    if not str(feed.get("version") or "").startswith("https://jsonfeed.org/version/1") and not cut:
        raise SourceError(
            f"{address}: JSON, but no JSON Feed; a list of posts is the way `wordpress`"
        )
    return ReadFeed(
        items=tuple(map(_item, listed[:MOST])),
        language=text_in(feed, "language"),
        too_many=max(0, len(listed) - MOST),
        cut=cut,
        torn=int(cut),
    )


def objects(
    text: str, address: str
) -> tuple[list[Mapping[str, object]], Mapping[str, object], bool]:
    """Return the objects of a JSON list or of the list "items", what stands round it, and
    whether the end is missing; of a list cut in the middle what came whole.

    Raises SourceError where there is no list.
    """
    whole: object
    try:
        whole, cut = json.loads(text, strict=False), False
    except RecursionError as error:
        raise SourceError(f"{address}: JSON nested too deep to be read") from error
    except ValueError as error:
        whole, cut = _salvaged(text), True
        if not whole:
            raise SourceError(f"{address}: JSON that cannot be read: {error}") from error
    feed: Mapping[str, object] = whole if isinstance(whole, dict) else {}
    listed = feed.get("items") if isinstance(whole, dict) else whole
    if not isinstance(listed, list):
        said = text_in(feed, "message") or text_in(feed, "code") or "no list of stories"
        raise SourceError(f"{address}: JSON that shows no stories: {said[:200]}")
    return [one for one in listed if isinstance(one, dict)], feed, cut


def text_in(said: object, *path: str) -> str:
    """Return the text at a path of keys; "" where there is none."""
    for name in path:
        said = said.get(name) if isinstance(said, dict) else None
    return storable(said).strip() if isinstance(said, str) else ""


def _salvaged(text: str) -> list[object]:
    begin = _LIST.search(text) if text.lstrip().startswith("{") else re.match(r"\s*\[", text)
    decoder, found = json.JSONDecoder(strict=False), []
    at = begin.end() if begin else len(text)
    while at < len(text):
        try:
            one, at = decoder.raw_decode(text, _next(text, at))
        except (ValueError, RecursionError):
            break
        found.append(one)
    return [one for one in found if isinstance(one, dict)]


def _next(text: str, at: int) -> int:
    match = re.compile(r"[\s,]*").match(text, at)
    return match.end() if match else at


def _item(said: Mapping[str, object]) -> Item:
    guid = text_in(said, "id") or _number(said.get("id"))
    return Item(
        links=(text_in(said, "url"), text_in(said, "external_url"), guid),
        guid=guid,
        title=_bare(said, "title"),
        summary=_bare(said, "summary") or _bare(said, "content_text"),
        contents=(text_in(said, "content_html"), _bare(said, "content_text")),
        authors=_authors(said),
        published=text_in(said, "date_published"),
        modified=text_in(said, "date_modified"),
        language=text_in(said, "language"),
        categories=tuple(tag for tag in _list(said.get("tags")) if isinstance(tag, str)),
    )


def _bare(said: Mapping[str, object], name: str) -> str:
    # JSON Feed has these as plain text, in which "<" begins no tag.
    return text_in(said, name).replace("<", "&lt;")


def _authors(said: Mapping[str, object]) -> tuple[str, ...]:
    # Version 1.0 has one author, 1.1 a list of them.
    listed = [*_list(said.get("authors")), said.get("author")]
    return tuple(filter(None, (text_in(one, "name") for one in listed)))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _number(value: object) -> str:
    return str(value) if isinstance(value, int) else ""
