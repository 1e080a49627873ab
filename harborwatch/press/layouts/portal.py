"""Family A: a trade portal without a feed, modelled on IndoTelko.

Stories stand at /read/{unix}/{slug}: the number is the time of publication
and keeps its meaning when the slug changes. There is an AMP twin, an old form
/kanal?c=&it={slug}, a body div with a box of related links inside, and a date
in a bare div, by position only, in two layouts.
"""

from __future__ import annotations

import re
from datetime import datetime
from html import escape
from urllib.parse import parse_qs, quote

from harborwatch.press.dates import printed
from harborwatch.press.document import Document, Found, Gone, Redirect
from harborwatch.press.edition import Edition, Item

from . import listing, pieces

READ = re.compile(r"^/(?P<amp>amp/)?read/(?P<unix>\d{9,10})(?:/(?P<slug>[^/?]*))?$")
SECTION = "/kanal/{}"


def address(item: Item) -> str:
    """Give the path of a story."""
    return f"/read/{item.story.unix}/{quote(item.version.slug)}"


def _by_unix(items: tuple[Item, ...], unix: int) -> Item | None:
    return next((item for item in items if item.story.unix == unix), None)


def _by_slug(edition: Edition, slug: str) -> Redirect | None:
    item = next((each for each in edition.items if each.version.slug == slug), None)
    return None if item is None else Redirect(to=edition.base(edition.host) + address(item))


def _related(edition: Edition, item: Item) -> str:
    box = pieces.links(edition, edition.others(item, 3), address)
    return f'<div id="box_bj"><b>{edition.words.read_also}</b>\n{box}\n</div>'


def _old_body(edition: Edition, item: Item) -> str:
    """Paragraphs parted by line breaks, the box before them."""
    text = "<br /><br />\n".join(escape(line) for line in item.version.paragraphs)
    return f'<div id="font_news">{_related(edition, item)}\n{text}</div>'


def _new_body(edition: Edition, item: Item) -> str:
    """Paragraphs as such, the box after the second."""
    lines = [f"<p>{escape(line)}</p>" for line in item.version.paragraphs]
    lines.insert(min(2, len(lines)), _related(edition, item))
    return '<div id="font_news">\n' + "\n".join(lines) + "\n</div>"


def _is_old(edition: Edition, item: Item) -> bool:
    until = edition.outlet.old_layout_until
    return bool(until) and item.story.at < datetime.fromisoformat(until)


def _article(edition: Edition, item: Item) -> str:
    """Headline, date and body; the date is a bare div, second or third in #content."""
    title = f'<h1 id="title">{escape(item.version.headline)}</h1>'
    date = f"<div>{printed(edition.local(item.story.at), edition.outlet.date_form)}</div>"
    section = edition.words.sections[item.story.section]
    where = f"<div>{pieces.link(SECTION.format(section.path), section.label)}</div>"
    share = pieces.share_box(edition, edition.base() + address(item))
    if _is_old(edition, item):
        return f"{where}\n{date}\n{title}\n{_old_body(edition, item)}\n{share}"
    return f"{where}\n{title}\n{share}\n{date}\n{_new_body(edition, item)}"


def story_page(edition: Edition, item: Item) -> Document:
    """Make the page of a story."""
    canonical = edition.base() + address(item)
    amp = f'<link rel="amphtml" href="{edition.base()}/amp{escape(address(item))}" />'
    text = (
        pieces.story_head(edition, item, canonical, amp)
        + f"<body>\n{pieces.masthead(edition, SECTION)}"
        + '<div class="container content">\n<div id="content">\n'
        + _article(edition, item)
        + f'\n<div class="related"><h3>{edition.words.related}</h3>\n'
        + pieces.links(edition, edition.others(item, 6), address)
        + f"</div>\n</div>\n{pieces.sidebar(edition, address)}</div>\n{pieces.footer(edition)}"
    )
    return pieces.document(edition, text)


def amp_page(edition: Edition, item: Item) -> Document:
    """Make the AMP twin: the same text, little furniture."""
    canonical = edition.base() + address(item)
    date = printed(edition.local(item.story.at), edition.outlet.date_form)
    lines = "\n".join(f"<p>{escape(line)}</p>" for line in item.version.paragraphs)
    text = (
        f'<!DOCTYPE html>\n<html amp lang="{edition.outlet.language}">\n<head>\n'
        f'<meta charset="utf-8" />\n<title>{escape(item.version.headline)}</title>\n'
        f'<link rel="canonical" href="{escape(canonical)}" />\n'
        f"<style amp-custom>{pieces.STYLE[:1200]}</style>\n</head>\n<body>\n"
        f'<h1 id="title">{escape(item.version.headline)}</h1>\n<div>{date}</div>\n'
        f'<div id="font_news">\n{lines}\n</div>\n</body>\n</html>\n'
    )
    return pieces.document(edition, text)


def _story(edition: Edition, match: re.Match[str]) -> Found | None:
    unix = int(match["unix"])
    item = _by_unix(edition.items, unix)
    if item is None:
        return Gone() if _by_unix(edition.deleted, unix) else None
    return amp_page(edition, item) if match["amp"] else story_page(edition, item)


def find(edition: Edition, path: str, query: str) -> Found | None:
    """Give what stands at a path of the portal, None if nothing does."""
    if path == "/kanal":
        slugs = parse_qs(query).get("it", [""])
        return _by_slug(edition, slugs[0])
    match = READ.match(path)
    if match:
        return _story(edition, match)
    if path in ("/", "/cari", "/search"):
        title = edition.words.latest
        return listing.page(edition, title, edition.items, address, SECTION, with_teaser=False)
    section = listing.section_of(edition, path.removeprefix("/kanal/"))
    if not path.startswith("/kanal/") or section is None:
        return None
    label, items = edition.words.sections[section].label, edition.in_section(section)
    return listing.page(edition, label, items, address, SECTION, with_teaser=False)
