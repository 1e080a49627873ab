"""Family B: WordPress, with /feed/, category feeds, /?p= and a category of paid releases."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import parse_qs, quote, unquote

from harborwatch.press.dates import printed
from harborwatch.press.document import Document, Found, Gone, Redirect
from harborwatch.press.edition import Edition, Item
from harborwatch.press.feeds import atom, rss
from harborwatch.press.outlet import FeedBody
from harborwatch.press.sitemaps import news_sitemap, sitemap_index
from harborwatch.press.story import teaser

from . import listing, pieces

STORY = re.compile(r"^/(?P<day>\d{4}/\d{2}/\d{2})/(?P<slug>[^/]+)/?$")
SECTION = "/category/{}/"
NEWS_SITEMAP = "/news-sitemap.xml"


def _slug(item: Item) -> str:
    """Give the first slug: WordPress keeps a permalink when the headline changes."""
    return item.story.slug


def path_of(edition: Edition, item: Item) -> str:
    """Give the permalink's path: the day is the outlet's own."""
    return f"/{edition.local(item.story.at):%Y/%m/%d}/{quote(_slug(item))}/"


def _article(edition: Edition, item: Item) -> str:
    words, story = edition.words, item.story
    section = words.sections[story.section]
    author = (
        f'<span class="byline">{words.author} <a rel="author">{escape(story.author)}</a></span>'
    )
    return (
        f'<nav class="breadcrumbs">{pieces.link("/", words.home)} › '
        f"{pieces.link(SECTION.format(section.path), section.label)}</nav>\n"
        f'<article id="post-{story.number}" class="post-{story.number} post type-post '
        f'status-publish format-standard hentry category-{section.path}">\n'
        f'<header class="entry-header"><h1 class="entry-title">{escape(item.version.headline)}</h1>\n'
        f'<div class="entry-meta">{_posted(edition, item)} {author if story.author else ""}'
        f'</div></header>\n<div class="entry-content">\n{_content(edition, item)}\n</div>\n'
        f"{pieces.share_box(edition, edition.base() + path_of(edition, item), 'sharedaddy')}"
        "</article>\n"
    )


def _posted(edition: Edition, item: Item) -> str:
    local = edition.local(item.story.at)
    words = printed(local, edition.outlet.date_form)
    if edition.outlet.time_tag:
        moment = local.isoformat()
        words = f'<time class="entry-date published" datetime="{moment}">{words}</time>'
    return f'<span class="posted-on">{words}</span>'


def _content(edition: Edition, item: Item) -> str:
    if edition.outlet.feed_body is FeedBody.TEASER:
        more = f'<a class="more-link" href="#more">{edition.words.read_more}</a>'
        return f"<p>{escape(teaser(item.version.body))} {more}</p>"
    lines = [f"<p>{escape(line)}</p>" for line in item.version.paragraphs]
    if edition.outlet.read_also:
        for other in edition.others(item, 1):
            anchor = pieces.link(path_of(edition, other), other.version.headline)
            lines.insert(2, f"<p><strong>{edition.words.read_also}:</strong> {anchor}</p>")
    lines.insert(len(lines) // 2, '<div class="adslot" data-place="body"></div>')
    return "\n".join(lines)


def _comments(edition: Edition) -> str:
    label = edition.words.comments
    return (
        f'<div id="comments"><h3 class="box-title">{label}</h3><form class="comment-form" '
        'action="/wp-comments-post.php" method="post"><label for="comment">*</label>'
        '<textarea id="comment" name="comment" rows="6"></textarea>'
        '<label for="author">*</label><input id="author" name="author" type="text" />'
        '<input name="submit" type="submit" value="OK" /></form></div>\n'
    )


def story_page(edition: Edition, item: Item) -> Document:
    """Make the page of a story."""

    def address(each: Item) -> str:
        return path_of(edition, each)

    canonical = edition.base() + address(item)
    extra = (
        f'<meta name="generator" content="WordPress 4.9.8" />\n'
        f'<link rel="shortlink" href="{edition.base()}/?p={item.story.number}" />\n'
        f'<link rel="alternate" type="application/rss+xml" href="{edition.base()}/feed/" />'
    )
    text = (
        pieces.story_head(edition, item, canonical, extra)
        + f'<body class="post-template-default single single-post postid-{item.story.number}">\n'
        + pieces.masthead(edition, SECTION)
        + '<div class="adslot" data-place="top"></div>\n'
        + f'<div id="page" class="container content">\n<main id="main">\n{_article(edition, item)}'
        + f'<div class="related"><h3>{edition.words.related}</h3>\n'
        + pieces.links(edition, edition.others(item, 5), address)
        + f"</div>\n{_comments(edition)}</main>\n{pieces.sidebar(edition, address)}</div>\n"
        + pieces.footer(edition)
    )
    return pieces.document(edition, text)


def _feed(edition: Edition, path: str, section: str | None) -> Document:
    items = edition.items if section is None else edition.in_section(section)
    make = atom if path.endswith("/atom/") else rss
    base = edition.base()
    return make(
        edition,
        items,
        path,
        lambda item: base + path_of(edition, item),
        lambda item: f"{base}/?p={item.story.number}",
    )


def _story(edition: Edition, match: re.Match[str]) -> Found | None:
    def here(item: Item) -> bool:
        day = f"{edition.local(item.story.at):%Y/%m/%d}"
        return day == match["day"] and _slug(item) == unquote(match["slug"])

    item = next(filter(here, edition.items), None)
    if item is not None:
        return story_page(edition, item)
    return Gone() if any(map(here, edition.deleted)) else None


def _numbered(edition: Edition, number: str) -> Redirect | Gone | None:
    for item in edition.items:
        if str(item.story.number) == number:
            return Redirect(to=edition.base(edition.host) + path_of(edition, item))
    gone = any(str(item.story.number) == number for item in edition.deleted)
    return Gone() if gone else None


def _listing(edition: Edition, title: str, items: tuple[Item, ...]) -> Document:
    return listing.page(edition, title, items, lambda each: path_of(edition, each), SECTION)


def _category(edition: Edition, rest: str) -> Document | None:
    name, _, tail = rest.partition("/")
    section = listing.section_of(edition, name)
    if section is None or tail not in ("", "feed/", "feed/atom/"):
        return None
    if tail:
        return _feed(edition, f"/category/{rest}", section)
    return _listing(edition, edition.words.sections[section].label, edition.in_section(section))


def _way_in(edition: Edition, path: str) -> Document | None:
    """Give a feed or a sitemap."""
    if path in ("/feed/", "/feed/atom/"):
        return _feed(edition, path, None)
    if path == "/sitemap.xml":
        return sitemap_index(edition, (NEWS_SITEMAP,))
    if path == NEWS_SITEMAP:
        return news_sitemap(edition, lambda item: edition.base() + path_of(edition, item))
    return None


def find(edition: Edition, path: str, query: str) -> Found | None:
    """Give what stands at a path of the outlet, None if nothing does."""
    number = parse_qs(query).get("p")
    if path == "/" and number:
        return _numbered(edition, number[0])
    if path in ("/", "/search", "/wp-admin/"):
        return _listing(edition, edition.words.latest, edition.items)
    if path.startswith("/category/"):
        return _category(edition, path.removeprefix("/category/"))
    match = STORY.match(path)
    return _story(edition, match) if match else _way_in(edition, path)
