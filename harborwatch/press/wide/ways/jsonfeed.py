"""JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json

from harborwatch.press.wide.addresses import address_of
from harborwatch.press.wide.view import Placed, View


def _item(view: View, placed: Placed) -> dict[str, object]:
    return {
        "id": str(placed.number),
        "url": address_of(view, placed),
        "title": placed.text.headline,
        "content_text": "\n\n".join(placed.text.paragraphs[:2]),
        "date_published": view.local(placed.published).isoformat(),
        "authors": [{"name": placed.text.author}] if placed.text.author else [],
    }


def make(view: View) -> str:
    """Make the feed."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.outlet.title,
        "home_page_url": f"{view.base()}/",
        "feed_url": f"{view.base()}/feed.json",
        "language": view.outlet.language,
        "items": [_item(view, placed) for placed in view.stories],
    }
    return json.dumps(feed, ensure_ascii=False)
