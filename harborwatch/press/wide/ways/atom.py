"""Atom (RFC 4287)."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from harborwatch.press.story import teaser
from harborwatch.press.wide.addresses import address_of
from harborwatch.press.wide.view import Placed, View

from .rss import declaration


def _entry(view: View, placed: Placed) -> str:
    moment = view.local(placed.published).isoformat()
    author = placed.text.author or view.outlet.title
    return (
        f"<entry>\n<title>{escape(placed.text.headline)}</title>\n"
        f"<link href={quoteattr(address_of(view, placed))} />\n"
        f"<id>tag:{view.outlet.name}.localhost,2018:{placed.number}</id>\n"
        f"<published>{moment}</published>\n<updated>{moment}</updated>\n"
        f"<author><name>{escape(author)}</name></author>\n"
        f'<summary type="text">{escape(teaser(placed.text.body, 200))}</summary>\n</entry>\n'
    )


def make(view: View) -> str:
    """Make the feed."""
    newest = view.stories[0].published if view.stories else view.at
    entries = "".join(_entry(view, placed) for placed in view.stories)
    return (
        f'{declaration(view)}<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>{escape(view.outlet.title)}</title>\n<id>{view.base()}/</id>\n"
        f"<updated>{view.local(newest).isoformat()}</updated>\n{entries}</feed>\n"
    )
