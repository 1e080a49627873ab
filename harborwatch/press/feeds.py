"""Feeds: RSS 2.0 and Atom."""

from __future__ import annotations

from collections.abc import Callable
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from .document import ATOM, RSS, Document
from .edition import Edition, Item
from .outlet import FeedBody
from .story import teaser

#: Gives the address of an item as this feed prints it.
Address = Callable[[Item], str]

RSS_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" \
xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel>
<title>{title}</title>
<atom:link href={own} rel="self" type="application/rss+xml" />
<link>{home}</link>
<description>{title}</description>
<lastBuildDate>{built}</lastBuildDate>
<language>{language}</language>
<sy:updatePeriod>hourly</sy:updatePeriod>
"""


def _cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def full_text(item: Item) -> str:
    """Give a story's body as HTML paragraphs."""
    return "\n".join(f"<p>{escape(line)}</p>" for line in item.version.paragraphs)


def _title(edition: Edition, item: Item) -> str:
    if not edition.outlet.section_in_title:
        return item.version.headline
    return f"{edition.words.sections[item.story.section].label} : {item.version.headline}"


def _rss_item(edition: Edition, item: Item, address: str, guid: str) -> str:
    published = format_datetime(edition.local(item.story.at))
    lines = [
        f"<title>{escape(_title(edition, item))}</title>",
        f"<link>{escape(address)}</link>",
        f'<guid isPermaLink="false">{escape(guid)}</guid>',
        f"<pubDate>{published}</pubDate>",
        f"<category>{_cdata(edition.words.sections[item.story.section].label)}</category>",
        f"<description>{_cdata(escape(teaser(item.version.body)))}</description>",
    ]
    if item.story.author:
        lines.append(f"<dc:creator>{_cdata(item.story.author)}</dc:creator>")
    if edition.outlet.feed_body is FeedBody.FULL:
        lines.append(f"<content:encoded>{_cdata(full_text(item))}</content:encoded>")
    return "<item>\n" + "\n".join(lines) + "\n</item>\n"


def rss(
    edition: Edition, items: tuple[Item, ...], path: str, address: Address, guid: Address
) -> Document:
    """Make an RSS 2.0 feed of the newest of the items."""
    shown = items[: edition.outlet.feed_entries]
    head = RSS_HEAD.format(
        title=escape(edition.outlet.title),
        own=quoteattr(edition.base() + path),
        home=edition.base(),
        built=format_datetime(edition.local(edition.changed)),
        language=edition.outlet.language,
    )
    entries = "".join(_rss_item(edition, item, address(item), guid(item)) for item in shown)
    text = f"{head}{entries}</channel>\n</rss>\n"
    return Document(body=text.encode(), content_type=RSS, changed=edition.changed)


def _atom_entry(edition: Edition, item: Item, address: str, guid: str) -> str:
    full = edition.outlet.feed_body is FeedBody.FULL
    content = f'<content type="html">{_cdata(full_text(item))}</content>\n' if full else ""
    return (
        "<entry>\n"
        f'<title type="html">{_cdata(escape(_title(edition, item)))}</title>\n'
        f"<link href={quoteattr(address)} rel='alternate' type='text/html' />\n"
        f"<id>{escape(guid)}</id>\n"
        f"<updated>{edition.local(item.version.at).isoformat()}</updated>\n"
        f"<published>{edition.local(item.story.at).isoformat()}</published>\n"
        f'<summary type="html">{_cdata(escape(teaser(item.version.body)))}</summary>\n'
        f"{content}"
        f"<author><name>{escape(item.story.author or edition.outlet.title)}</name></author>\n"
        "</entry>\n"
    )


def atom(
    edition: Edition, items: tuple[Item, ...], path: str, address: Address, guid: Address
) -> Document:
    """Make an Atom feed (RFC 4287) of the newest of the items."""
    shown = items[: edition.outlet.feed_entries]
    entries = "".join(_atom_entry(edition, item, address(item), guid(item)) for item in shown)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{edition.outlet.language}">\n'
        f'<title type="text">{escape(edition.outlet.title)}</title>\n'
        f"<updated>{edition.local(edition.changed).isoformat()}</updated>\n"
        f"<id>{edition.base()}{path}</id>\n"
        f"<link href={quoteattr(edition.base() + path)} rel='self' />\n"
        f"{entries}</feed>\n"
    )
    return Document(body=text.encode(), content_type=ATOM, changed=edition.changed)
