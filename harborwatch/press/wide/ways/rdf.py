"""RSS 1.0 in RDF (web.resource.org/rss/1.0), items beside the channel."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from harborwatch.press.story import teaser
from harborwatch.press.wide.addresses import address_of
from harborwatch.press.wide.view import Placed, View

from .rss import declaration

OPENING = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
)


def _item(view: View, placed: Placed) -> str:
    address = address_of(view, placed)
    return (
        f"<item rdf:about={quoteattr(address)}>\n<title>{escape(placed.text.headline)}</title>\n"
        f"<link>{escape(address)}</link>\n"
        f"<description>{escape(teaser(placed.text.body, 200))}</description>\n"
        f"<dc:date>{view.local(placed.published).isoformat()}</dc:date>\n</item>\n"
    )


def make(view: View) -> str:
    """Make the feed."""
    title = escape(view.outlet.title)
    places = "".join(
        f"<rdf:li rdf:resource={quoteattr(address_of(view, placed))} />" for placed in view.stories
    )
    items = "".join(_item(view, placed) for placed in view.stories)
    return (
        f"{declaration(view)}{OPENING}<channel rdf:about={quoteattr(view.base() + '/index.rdf')}>\n"
        f"<title>{title}</title>\n<link>{view.base()}/</link>\n"
        f"<description>{title}</description>\n<items><rdf:Seq>{places}</rdf:Seq></items>\n"
        f"</channel>\n{items}</rdf:RDF>\n"
    )
