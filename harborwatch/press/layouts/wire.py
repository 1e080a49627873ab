"""Family C: a wire with numbered paths, several hosts, AMP twins and utm_ queries in its feed."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from harborwatch.press.dates import printed
from harborwatch.press.document import Document, Found, Gone
from harborwatch.press.edition import Edition, Item
from harborwatch.press.feeds import rss
from harborwatch.press.sitemaps import news_sitemap, sitemap_index

from . import listing, pieces

STORY = re.compile(r"^/(?P<amp>amp/)?berita/(?P<number>\d+)(?:/[^/]*)?$")
SECTION = "/{}"
FEED = "/rss/terkini.xml"
NEWS_SITEMAP = "/sitemap-news.xml"
#: What an agency writes under a story: who translated it, who edited it.
TAIL = {"id": ("Penerjemah: ", "Editor: "), "zh": ("翻译：", "责任编辑：")}
UTM = "?utm_source=rss&utm_medium=feed&utm_campaign=terkini"


def path_of(item: Item) -> str:
    """Give the path of a story; the number stays when the slug changes."""
    return f"/berita/{item.story.number}/{quote(item.version.slug)}"


def _shown_at(edition: Edition, item: Item) -> str:
    """Give the address at the desk that wrote the story: feeds and sitemaps name it so."""
    return edition.base(item.story.host) + path_of(item)


def _lines(edition: Edition, item: Item) -> list[str]:
    lines = [f"<p>{escape(line)}</p>" for line in item.version.paragraphs]
    if edition.outlet.read_also:
        for place, other in zip((2, 5), edition.others(item, 2), strict=False):
            anchor = pieces.link(path_of(other), other.version.headline)
            lines.insert(place, f'<p class="baca-juga">{edition.words.read_also}: {anchor}</p>')
    return lines


def _tail(edition: Edition, item: Item) -> str:
    """Make the lines under an agency's story: who translated, who edited, whose right."""
    story, year = item.story, edition.local(item.story.at).year
    translated, edited = TAIL[edition.outlet.language]
    parts = [translated + story.translator] if story.translator else []
    if story.author:
        parts.append(edited + story.author)
    parts.append(f"Copyright © {edition.outlet.agency} {year}")
    return '<p class="text-muted small">' + "<br />\n".join(map(escape, parts)) + "</p>"


def _article(edition: Edition, item: Item) -> str:
    section = edition.words.sections[item.story.section]
    moment = printed(edition.local(item.story.at), edition.outlet.date_form)
    body = "\n".join(_lines(edition, item))
    return (
        f'<div class="breadcrumbs">{pieces.link("/", edition.words.home)} / '
        f"{pieces.link(SECTION.format(section.path), section.label)}</div>\n"
        f'<h1 class="post-title">{escape(item.version.headline)}</h1>\n'
        f'<p class="simple-share"><span class="article-date">{moment}</span></p>\n'
        f'{pieces.share_box(edition, edition.base() + path_of(item))}<div class="post-content '
        f'clearfix">\n{body}\n{_tail(edition, item)}\n</div>\n'
    )


def story_page(edition: Edition, item: Item) -> Document:
    """Make the page of a story; each host of the wire serves it."""
    canonical = edition.base() + path_of(item)
    amp = f'<link rel="amphtml" href="{edition.base()}/amp{escape(path_of(item))}" />'
    text = (
        pieces.story_head(edition, item, canonical, amp)
        + f'<body class="{edition.host.partition(".")[0]}">\n{pieces.masthead(edition, SECTION)}'
        + '<div class="adslot" data-place="top"></div>\n<div class="container content">\n'
        + f"<article>\n{_article(edition, item)}"
        + f'<div class="related"><h3>{edition.words.related}</h3>\n'
        + pieces.links(edition, edition.others(item, 6), path_of)
        + f"</div></article>\n{pieces.sidebar(edition, path_of)}</div>\n{pieces.footer(edition)}"
    )
    return pieces.document(edition, text)


def amp_page(edition: Edition, item: Item) -> Document:
    """Make the AMP twin: the same text and tail, little furniture."""
    moment = printed(edition.local(item.story.at), edition.outlet.date_form)
    text = (
        f'<!DOCTYPE html>\n<html amp lang="{edition.outlet.language}">\n<head>\n'
        f'<meta charset="utf-8" />\n<title>{escape(item.version.headline)}</title>\n'
        f'<link rel="canonical" href="{edition.base()}{escape(path_of(item))}" />\n</head>\n'
        f"<body>\n<h1>{escape(item.version.headline)}</h1>\n<span>{moment}</span>\n"
        + "\n".join(_lines(edition, item))
        + f"\n{_tail(edition, item)}\n</body>\n</html>\n"
    )
    return pieces.document(edition, text)


def _story(edition: Edition, match: re.Match[str]) -> Found | None:
    def here(item: Item) -> bool:
        return str(item.story.number) == match["number"]

    item = next(filter(here, edition.items), None)
    if item is None:
        return Gone() if any(map(here, edition.deleted)) else None
    return amp_page(edition, item) if match["amp"] else story_page(edition, item)


def _feed(edition: Edition) -> Document:
    return rss(
        edition,
        edition.items,
        FEED,
        lambda item: _shown_at(edition, item) + UTM,
        lambda item: f"{edition.base()}/berita/{item.story.number}",
    )


def _way_in(edition: Edition, path: str) -> Document | None:
    """Give a feed or a sitemap."""
    if path == FEED:
        return _feed(edition)
    if path == "/sitemap.xml":
        return sitemap_index(edition, (NEWS_SITEMAP,))
    if path == NEWS_SITEMAP:
        return news_sitemap(edition, lambda item: _shown_at(edition, item))
    return None


def find(edition: Edition, path: str, query: str) -> Found | None:
    """Give what stands at a path of the wire, None if nothing does; queries change nothing."""
    match = STORY.match(path)
    if match:
        return _story(edition, match)
    if path in ("/", "/search"):
        title = edition.words.latest
        return listing.page(edition, title, edition.items, path_of, SECTION)
    section = listing.section_of(edition, path.removeprefix("/"))
    if section is None:
        return _way_in(edition, path)
    label, items = edition.words.sections[section].label, edition.in_section(section)
    return listing.page(edition, label, items, path_of, SECTION)
