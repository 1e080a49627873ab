"""WordPress's own API, often open where the feed is closed: wp/v2/posts."""

from __future__ import annotations

import json
from html import escape

from harborwatch.press.wide.addresses import address_of
from harborwatch.press.wide.view import Placed, View


def _post(view: View, placed: Placed) -> dict[str, object]:
    """Make one post: local time without zone, and the same in GMT, as WordPress gives them."""
    lines = [f"<p>{escape(line)}</p>" for line in placed.text.paragraphs]
    return {
        "id": placed.number,
        "date": f"{view.local(placed.published):%Y-%m-%dT%H:%M:%S}",
        "date_gmt": f"{placed.published:%Y-%m-%dT%H:%M:%S}",
        "guid": {"rendered": f"{view.base()}/?p={placed.number}"},
        "slug": placed.text.slug,
        "status": "publish",
        "type": "post",
        "link": address_of(view, placed),
        "title": {"rendered": escape(placed.text.headline)},
        "content": {"rendered": "\n".join(lines), "protected": False},
        "excerpt": {"rendered": lines[0], "protected": False},
        "author": 1,
    }


def make(view: View) -> str:
    """List the posts."""
    return json.dumps([_post(view, placed) for placed in view.stories], ensure_ascii=True)
