"""The news sitemap, and the index that points to it (sitemaps.org 0.9, Google news 0.9)."""

from __future__ import annotations

from xml.sax.saxutils import escape

from harborwatch.press.sitemaps import HEAD, LANGUAGES, NEWS, SITEMAP
from harborwatch.press.wide.addresses import address_of
from harborwatch.press.wide.view import Placed, View


def _entry(view: View, placed: Placed) -> str:
    language = LANGUAGES.get(view.outlet.language, view.outlet.language)
    moment = view.local(placed.published).isoformat()
    return (
        f"<url>\n<loc>{escape(address_of(view, placed))}</loc>\n<news:news><news:publication>"
        f"<news:name>{escape(view.outlet.title)}</news:name>"
        f"<news:language>{language}</news:language></news:publication>\n"
        f"<news:publication_date>{moment}</news:publication_date>\n"
        f"<news:title>{escape(placed.text.headline)}</news:title></news:news>\n</url>\n"
    )


def news(view: View) -> str:
    """List all stories."""
    entries = "".join(_entry(view, placed) for placed in view.stories)
    return f'{HEAD}<urlset xmlns="{SITEMAP}" xmlns:news="{NEWS}">\n{entries}</urlset>\n'


def index(view: View) -> str:
    """Point to the outlet's news sitemap, gzipped where it has only that."""
    name = "/sitemap-news.xml.gz" if "gzip" in view.outlet.ways else "/sitemap-news.xml"
    place = f"<sitemap><loc>{view.base()}{name}</loc></sitemap>"
    return f'{HEAD}<sitemapindex xmlns="{SITEMAP}">\n{place}\n</sitemapindex>\n'
