"""What stands round the stories of the wide press: head, metadata, navigation, columns, foot."""

from __future__ import annotations

import json
from html import escape

from harborwatch.press.layouts.pieces import LOCALES, SCRIPTS, STYLE, link
from harborwatch.press.story import teaser

from .view import Placed, View

OLD = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
)


def charset(view: View, *, old: bool) -> str:
    """Name the charset as the outlet's pages do, or not at all."""
    name = view.outlet.meta
    if not name:
        return ""
    if old:
        return f'<meta http-equiv="Content-Type" content="text/html; charset={name}" />\n'
    return f'<meta charset="{name}" />\n'


def head(view: View, title: str, extra: str = "", *, old: bool = False) -> str:
    """Make the head of a page, in HTML 5 or as it was before."""
    language = view.outlet.language
    opening = f"{OLD}\n<html xmlns='http://www.w3.org/1999/xhtml'>" if old else "<!DOCTYPE html>"
    tag = "" if old else f'\n<html lang="{language}">'
    style = STYLE[:900] if old else STYLE
    return (
        f"{opening}{tag}\n<head>\n{charset(view, old=old)}"
        f"<title>{escape(title)} - {escape(view.outlet.title)}</title>\n{extra}\n"
        f"<style type='text/css'>\n{style}</style>\n</head>\n"
    )


def second_headline(placed: Placed) -> str:
    """Give the headline that the metadata carry."""
    return placed.text.short or placed.text.headline


def opengraph(view: View, placed: Placed, address: str) -> str:
    """Make the OpenGraph tags of a story."""
    values = {
        "og:type": "article",
        "og:locale": LOCALES[view.outlet.language],
        "og:site_name": view.outlet.title,
        "og:title": second_headline(placed),
        "og:description": teaser(placed.text.body, 150),
        "og:url": address,
        "article:published_time": view.local(placed.published).isoformat(),
    }
    return "\n".join(
        f'<meta property="{name}" content="{escape(value)}" />' for name, value in values.items()
    )


def jsonld(view: View, placed: Placed, address: str) -> str:
    """Make the JSON-LD of a story; live blogs and paywalled stories say what they are."""
    graph: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting" if placed.kind == "live" else "NewsArticle",
        "mainEntityOfPage": address,
        "headline": second_headline(placed),
        "datePublished": view.local(placed.published).isoformat(),
        "publisher": {"@type": "NewsMediaOrganization", "name": view.outlet.title},
    }
    if placed.text.author:
        graph["author"] = [{"@type": "Person", "name": placed.text.author}]
    if placed.kind == "paywall":
        graph["isAccessibleForFree"] = False
    text = json.dumps(graph, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>'


def metadata(view: View, placed: Placed, address: str) -> str:
    """Make the metadata that the outlet gives."""
    makers = {"opengraph": opengraph, "jsonld": jsonld}
    kinds = (kind for kind in view.outlet.metadata if kind in makers)
    parts = [makers[kind](view, placed, address) for kind in kinds]
    return "\n".join([f'<link rel="canonical" href="{escape(address)}" />', *parts])


def today(view: View) -> str:
    """Print today's date above the page, where the outlet does."""
    if not view.outlet.today:
        return ""
    return f'<div class="today">{view.words.today}: {view.printed(view.at)[0]}</div>'


def sections(view: View) -> str:
    """Link the sections."""
    each = view.words.sections.values()
    return " ".join(link(f"/rubrik/{one.path}/", one.label) for one in each)


def headlines(view: View, count: int, begin: int = 0) -> str:
    """List other news; the links lead to an archive, not to stories."""
    shown = [*view.headlines, *view.headlines][begin : begin + count]
    rows = (f"<li>{link(f'/arsip/{n}', text)}</li>" for n, text in enumerate(shown, begin + 1))
    return "<ul>" + "\n".join(rows) + "</ul>"


def column(view: View) -> str:
    """Make the column beside the story."""
    words = view.words
    return (
        f'<div class="sidebar"><h3>{words.latest}</h3>{headlines(view, 8)}\n'
        f"<h3>{words.popular}</h3>{headlines(view, 6, 3)}\n"
        f'<div class="widget newsletter"><h3>{words.newsletter}</h3>'
        '<input type="email" name="email" /></div></div>\n'
    )


def foot(view: View, *, scripts: bool = True) -> str:
    """Make the foot of a page."""
    words, year = view.words, view.local(view.at).year
    rows = " | ".join(link(f"/tentang/{n}", text) for n, text in enumerate(words.about, 1))
    return (
        f'<div class="footer"><p>{rows}</p><p>© {year} {escape(view.outlet.title)}. '
        f"{words.rights}.</p></div>\n{SCRIPTS if scripts else ''}</body>\n</html>\n"
    )
