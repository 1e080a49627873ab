"""News sitemaps and the index that points to them (sitemaps.org 0.9, Google news 0.9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from xml.sax.saxutils import escape

from .document import XML, Document
from .edition import Edition, Item

#: A news sitemap holds the stories of the last two days.
WINDOW = timedelta(days=2)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
#: The codes that news sitemaps use for Chinese.
LANGUAGES = {"zh": "zh-cn", "zh-Hant": "zh-tw"}


def _entry(edition: Edition, item: Item, address: str) -> str:
    language = LANGUAGES.get(edition.outlet.language, edition.outlet.language)
    published = edition.local(item.story.at).isoformat()
    return (
        f"<url>\n<loc>{escape(address)}</loc>\n<news:news>\n<news:publication>\n"
        f"<news:name>{escape(edition.outlet.title)}</news:name>\n"
        f"<news:language>{language}</news:language>\n</news:publication>\n"
        f"<news:publication_date>{published}</news:publication_date>\n"
        f"<news:title>{escape(item.version.headline)}</news:title>\n"
        f"</news:news>\n<lastmod>{edition.local(item.version.at).isoformat()}</lastmod>\n</url>\n"
    )


def news_sitemap(edition: Edition, address: Callable[[Item], str]) -> Document:
    """List the stories of the last two days with their addresses."""
    recent = tuple(item for item in edition.items if edition.changed - item.story.at <= WINDOW)
    entries = "".join(_entry(edition, item, address(item)) for item in recent)
    text = f'{HEAD}<urlset xmlns="{SITEMAP}" xmlns:news="{NEWS}">\n{entries}</urlset>\n'
    return Document(body=text.encode(), content_type=XML, changed=edition.changed)


def sitemap_index(edition: Edition, paths: tuple[str, ...]) -> Document:
    """Point to the sitemaps of the outlet."""
    moment = edition.local(edition.changed).isoformat()
    entries = "".join(
        f"<sitemap><loc>{edition.base()}{path}</loc><lastmod>{moment}</lastmod></sitemap>\n"
        for path in paths
    )
    text = f'{HEAD}<sitemapindex xmlns="{SITEMAP}">\n{entries}</sitemapindex>\n'
    return Document(body=text.encode(), content_type=XML, changed=edition.changed)
