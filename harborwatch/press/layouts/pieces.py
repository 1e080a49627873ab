"""What stands round every story: head, navigation, boxes of links, footer, scripts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path

from harborwatch.press.dates import printed
from harborwatch.press.document import HTML, Document
from harborwatch.press.edition import Edition, Item
from harborwatch.press.story import teaser

HERE = Path(__file__).parent
STYLE = (HERE / "style.css").read_text("utf-8")
SCRIPTS = (HERE / "scripts.html").read_text("utf-8")
#: Codes that OpenGraph wants with a country.
LOCALES = {
    "id": "id_ID", "ms": "ms_MY", "en": "en_SG", "zh": "zh_CN", "zh-Hant": "zh_TW",
    "vi": "vi_VN", "th": "th_TH", "km": "km_KH", "lo": "lo_LA", "my": "my_MM", "fil": "tl_PH",
}  # fmt: skip
NETS = ("facebook", "twitter", "whatsapp", "line", "telegram", "mail")

Address = Callable[[Item], str]


def link(address: str, text: str) -> str:
    """Make an anchor."""
    return f'<a href="{escape(address)}">{escape(text)}</a>'


def links(edition: Edition, items: Iterable[Item], address: Address) -> str:
    """Make a list of links to stories."""
    rows = (
        f"<li>{link(address(item), item.version.headline)}"
        f' <span class="date">{edition.local(item.story.at):%H:%M}</span></li>'
        for item in items
    )
    return "<ul>\n" + "\n".join(rows) + "\n</ul>"


def opengraph(edition: Edition, item: Item, address: str) -> str:
    """Make the OpenGraph and Twitter tags of a story."""
    values = {
        "og:type": "article",
        "og:locale": LOCALES[edition.outlet.language],
        "og:site_name": edition.outlet.title,
        "og:title": item.version.headline,
        "og:description": teaser(item.version.body, 160),
        "og:url": address,
        "og:image": f"{edition.base()}/images/{item.story.number}.jpg",
        "article:published_time": edition.local(item.story.at).isoformat(),
        "article:modified_time": edition.local(item.version.at).isoformat(),
        "article:section": edition.words.sections[item.story.section].label,
    }
    return "\n".join(
        f'<meta property="{name}" content="{escape(value)}" />' for name, value in values.items()
    )


def jsonld(edition: Edition, item: Item, address: str) -> str:
    """Make the JSON-LD of a story, as schema.org's NewsArticle."""
    publisher = {"@type": "Organization", "name": edition.outlet.title}
    graph = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "headline": item.version.headline,
        "datePublished": edition.local(item.story.at).isoformat(),
        "dateModified": edition.local(item.version.at).isoformat(),
        "inLanguage": edition.outlet.language,
        "description": teaser(item.version.body, 160),
        "author": {"@type": "Person", "name": item.story.author}
        if item.story.author
        else publisher,
        "publisher": publisher,
    }
    text = json.dumps(graph, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>'


def head(edition: Edition, title: str, extra: str = "") -> str:
    """Make the head of a page."""
    return (
        f'<!DOCTYPE html>\n<html lang="{edition.outlet.language}">\n<head>\n'
        '<meta charset="UTF-8" />\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1" />\n'
        f"<title>{escape(title)} - {escape(edition.outlet.title)}</title>\n{extra}\n"
        f"<style>\n{STYLE}</style>\n</head>\n"
    )


def story_head(edition: Edition, item: Item, address: str, extra: str = "") -> str:
    """Make the head of a story's page, as rich as the outlet's options say."""
    parts = [f'<link rel="canonical" href="{escape(address)}" />', extra]
    if edition.outlet.opengraph:
        parts.append(opengraph(edition, item, address))
    if edition.outlet.jsonld:
        parts.append(jsonld(edition, item, address))
    return head(edition, item.version.headline, "\n".join(part for part in parts if part))


def masthead(edition: Edition, section_path: str) -> str:
    """Make the name of the outlet, its navigation and the search box."""
    words = edition.words
    today = ""
    if edition.outlet.today:
        moment = printed(edition.local(edition.at), edition.outlet.date_form)
        today = f'<span class="today">{words.today}: {moment}</span>'
    rows = []
    for section in words.sections.values():
        target = section_path.format(section.path)
        below = "".join(f"<li>{link(f'{target}#{each}', each)}</li>" for each in words.about[:4])
        rows.append(f"<li>{link(target, section.label)}<ul>{below}</ul></li>")
    return (
        f'<header class="masthead"><div class="container">{today}'
        f'<a class="brand" href="/">{escape(edition.outlet.title)}</a></div></header>\n'
        f'<nav class="topnav"><div class="container"><button class="menu-toggle" '
        f'aria-expanded="false">≡</button><ul><li>{link("/", words.home)}</li>'
        f"{''.join(rows)}</ul>\n{search_box(edition)}</div></nav>\n"
    )


def search_box(edition: Edition) -> str:
    """Make the search form; it leads to the path that robots.txt disallows."""
    label = edition.words.search
    return (
        f'<form class="searchbox" action="/search" method="get" role="search">'
        f'<label class="screen-reader-text" for="s">{label}</label>'
        f'<input id="s" name="q" type="search" placeholder="{label}…" />'
        f"<button>{label}</button></form>"
    )


def sidebar(edition: Edition, address: Address) -> str:
    """Make the column beside the story: newest, most read, topics, newsletter."""
    words = edition.words
    tags = "".join(link(f"/tag/{each.path}/", each.label) for each in words.sections.values())
    popular = sorted(edition.items, key=lambda item: item.story.number * 7919 % 101)
    return (
        '<aside class="sidebar widget-area">\n'
        '<div class="adslot" data-place="side"></div>\n'
        f'<section class="widget"><h2 class="widget-title">{words.latest}</h2>'
        f"{links(edition, edition.items[:8], address)}</section>\n"
        f'<section class="widget"><h2 class="widget-title">{words.popular}</h2>'
        f"{links(edition, popular[:6], address)}</section>\n"
        f'<section class="widget"><h2 class="widget-title">{words.tags}</h2>'
        f'<div class="tagcloud">{tags}</div></section>\n'
        f'<section class="widget newsletter"><h2 class="widget-title">{words.newsletter}</h2>'
        '<input type="email" name="email" placeholder="e-mail" /></section>\n</aside>\n'
    )


def share_box(edition: Edition, address: str, css: str = "share") -> str:
    """Make the row of share buttons."""
    rows = "".join(
        f'<li><a data-net="{net}" href="https://{net}.example/share?u={escape(address)}">{net}</a></li>'
        for net in NETS
    )
    return f'<div class="{css}"><h3 class="box-title">{edition.words.share}</h3><ul>{rows}</ul></div>\n'


def footer(edition: Edition) -> str:
    """Make the foot of the page, with the scripts."""
    words = edition.words
    rows = "".join(f"<li>{link(f'/p/{n}', text)}</li>" for n, text in enumerate(words.about, 1))
    year = edition.local(edition.at).year
    return (
        '<div class="adslot" data-place="foot"></div>\n'
        f'<footer class="site-footer"><div class="container"><ul>{rows}</ul>'
        f"<p>© {year} {escape(edition.outlet.title)}. {words.rights}.</p></div></footer>\n"
        f'<div class="cookie-bar">{words.cookies} <button>OK</button></div>\n'
        f"{SCRIPTS}</body>\n</html>\n"
    )


def document(edition: Edition, text: str) -> Document:
    """Wrap a finished page."""
    return Document(body=text.encode(), content_type=HTML, changed=edition.at)
