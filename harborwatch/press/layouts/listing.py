"""Listing pages: the home page, sections, and what a search shows."""

from __future__ import annotations

from html import escape

from harborwatch.press.dates import printed
from harborwatch.press.document import Document
from harborwatch.press.edition import Edition, Item
from harborwatch.press.story import teaser

from . import pieces


def row(edition: Edition, item: Item, address: str, with_teaser: bool) -> str:
    """Make one entry of a listing."""
    lead = f"<p>{escape(teaser(item.version.body, 140))}</p>" if with_teaser else ""
    moment = printed(edition.local(item.story.at), edition.outlet.date_form)
    picture = f'<img data-src="/images/{item.story.number}.jpg" alt="" />'
    return (
        f'<li><div class="thumb"><a href="{escape(address)}">{picture}</a></div><div>'
        f"<h2>{pieces.link(address, item.version.headline)}</h2>"
        f'<div class="date">{moment}</div>{lead}</div></li>'
    )


def page(
    edition: Edition,
    title: str,
    items: tuple[Item, ...],
    address: pieces.Address,
    section_path: str,
    *,
    with_teaser: bool = True,
) -> Document:
    """Make a listing page of these items."""
    rows = "\n".join(row(edition, item, address(item), with_teaser) for item in items[:20])
    text = (
        pieces.head(edition, title)
        + f'<body class="archive">\n{pieces.masthead(edition, section_path)}'
        + '<div class="adslot" data-place="top"></div>\n<div class="container content">\n<main>'
        + f'<h1 class="page-title">{escape(title)}</h1>\n<ul class="news-list">\n{rows}\n</ul>\n'
        + '<div class="pagination"><span>1</span></div></main>\n'
        + pieces.sidebar(edition, address)
        + f"</div>\n{pieces.footer(edition)}"
    )
    return pieces.document(edition, text)


def section_of(edition: Edition, path: str) -> str | None:
    """Give the section that has this part of a path, None if there is none."""
    pairs = edition.words.sections.items()
    return next((key for key, section in pairs if section.path == path), None)
