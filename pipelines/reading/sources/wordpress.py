"""Posts of WordPress's own interface (/wp-json/wp/v2/posts) to entries.

The second way into many outlets whose feed is shut: the same stories with
their whole text, their times in UTC, and no page to be guessed at.
"""

from collections.abc import Mapping
from datetime import datetime

from news import Outlet, SourceError
from pipelines.reading.decoding.decode import decode
from pipelines.reading.sources.feed_entries import entries_of
from pipelines.reading.sources.feed_item import MOST, Item, ReadFeed
from pipelines.reading.sources.feed_json import objects, text_in
from pipelines.reading.sources.shown import Shown


def read_wordpress(
    body: bytes, content_type: str, address: str, outlet: Outlet, now: datetime
) -> Shown:
    """Return the posts that the interface lists.

    Raises SourceError when the bytes are no such list; what the server says of
    itself ("rest_no_route") stands in it.
    """
    text = decode(body, content_type)[0].strip("\ufeff \t\r\n")
    if not text.startswith(("[", "{")):
        raise SourceError(
            f"{address}: no JSON where WordPress posts were expected;"
            f" look whether {outlet.home} has a /wp-json/wp/v2/posts"
        )
    posts, _, cut = objects(text, address)
    feed = ReadFeed(
        items=tuple(map(_item, posts[:MOST])),
        too_many=max(0, len(posts) - MOST),
        cut=cut,
        torn=int(cut),
    )
    return entries_of(feed, address, outlet, now)


def _item(post: Mapping[str, object]) -> Item:
    # A guid of WordPress leads to the post too, whatever its slug becomes.
    return Item(
        links=(text_in(post, "link"), text_in(post, "guid", "rendered")),
        guid=text_in(post, "guid", "rendered"),
        title=text_in(post, "title", "rendered"),
        summary=text_in(post, "excerpt", "rendered"),
        contents=(_whole(post),),
        authors=_authors(post),
        published=_time(post, "date"),
        modified=_time(post, "modified"),
    )


def _whole(post: Mapping[str, object]) -> str:
    content = post.get("content")
    shut = isinstance(content, dict) and content.get("protected")
    return "" if shut else text_in(content, "rendered")


def _time(post: Mapping[str, object], name: str) -> str:
    # Without the field in UTC the site's own time stands there, in its zone.
    utc = text_in(post, f"{name}_gmt")
    return f"{utc}Z" if utc and not utc.endswith("Z") else utc or text_in(post, name)


def _authors(post: Mapping[str, object]) -> tuple[str, ...]:
    embedded = post.get("_embedded")
    listed = embedded.get("author") if isinstance(embedded, dict) else None
    names = [text_in(one, "name") for one in listed] if isinstance(listed, list) else []
    return tuple(filter(None, [*names, text_in(post, "yoast_head_json", "author")]))
