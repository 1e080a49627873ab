"""RSS 2.0."""

from __future__ import annotations

from email.utils import format_datetime
from xml.sax.saxutils import escape

from harborwatch.press.story import teaser
from harborwatch.press.wide.addresses import address_of
from harborwatch.press.wide.view import Placed, View


def declaration(view: View) -> str:
    """Make the XML declaration; it names the charset as the outlet does."""
    name = view.outlet.meta
    return f'<?xml version="1.0" encoding="{name}"?>\n' if name else '<?xml version="1.0"?>\n'


def item(view: View, placed: Placed) -> str:
    """Make one item."""
    address = escape(address_of(view, placed))
    return (
        f"<item>\n<title>{escape(placed.text.headline)}</title>\n<link>{address}</link>\n"
        f'<guid isPermaLink="true">{address}</guid>\n'
        f"<pubDate>{format_datetime(view.local(placed.published))}</pubDate>\n"
        f"<description>{escape(teaser(placed.text.body, 200))}</description>\n</item>\n"
    )


def make(view: View) -> str:
    """Make the feed."""
    title = escape(view.outlet.title)
    items = "".join(item(view, placed) for placed in view.stories)
    return (
        f'{declaration(view)}<rss version="2.0">\n<channel>\n<title>{title}</title>\n'
        f"<link>{view.base()}/</link>\n<description>{title}</description>\n"
        f"<language>{view.outlet.language}</language>\n{items}</channel>\n</rss>\n"
    )
