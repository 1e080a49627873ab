"""A modern outlet: stories, galleries, live blogs and paywalled stories, with metadata.

Its home page may be listed by a script, closed to programs, or moved (family G).
"""

from __future__ import annotations

from datetime import timedelta
from html import escape

from harborwatch.press.wide.boxes import tail, with_boxes
from harborwatch.press.wide.furniture import (
    column,
    foot,
    head,
    headlines,
    metadata,
    sections,
    today,
)
from harborwatch.press.wide.layout import Layout
from harborwatch.press.wide.view import Placed, View

#: Paragraphs before a paywall.
FREE = 2
#: Between two entries of a live blog.
LIVE_STEP = timedelta(minutes=11)


def path_of(view: View, placed: Placed) -> str:
    """Give the path: section or kind, slug, number."""
    section = view.words.sections[placed.text.section].path
    begin = section if placed.kind == "story" else placed.kind
    return f"/{begin}/{placed.text.slug}-{placed.number}"


def parts(_: View, placed: Placed) -> tuple[tuple[str, ...], ...]:
    """Give what is shown: a live blog has its newest entry on top, a paywall hides the rest."""
    lines = placed.text.paragraphs
    if placed.kind == "live":
        return (tuple(reversed(lines)),)
    return (lines[:FREE],) if placed.kind == "paywall" else (lines,)


def _gallery(lines: tuple[str, ...]) -> list[str]:
    return [
        f'<figure class="slide"><img data-src="/images/{n}.jpg" alt="" />'
        f"<figcaption>{escape(line)}</figcaption></figure>"
        for n, line in enumerate(lines, 1)
    ]


def _live(view: View, placed: Placed, lines: tuple[str, ...]) -> list[str]:
    last = len(lines) - 1
    moments = (view.local(placed.published + LIVE_STEP * (last - n)) for n in range(len(lines)))
    return [
        f'<div class="entry"><span class="entry-time">{moment:%H:%M}</span>'
        f"<p>{escape(line)}</p></div>"
        for moment, line in zip(moments, lines, strict=True)
    ]


def _blocks(view: View, placed: Placed) -> list[str]:
    lines = parts(view, placed)[0]
    if placed.kind == "gallery":
        return _gallery(lines)
    if placed.kind == "live":
        return _live(view, placed, lines)
    blocks = with_boxes(view, [f"<p>{escape(line)}</p>" for line in lines])
    if placed.kind == "paywall":
        blocks.append(f'<div class="paywall"><p>{view.phrases.members}</p></div>')
    return blocks


def _date(view: View, placed: Placed) -> str:
    words = view.printed(placed.published)[0]
    if "time" not in view.outlet.metadata:
        return f'<span class="date">{words}</span>'
    return f'<time datetime="{view.local(placed.published).isoformat()}">{words}</time>'


def _label(view: View, placed: Placed) -> str:
    labels = {"gallery": view.phrases.gallery, "live": view.phrases.live}
    label = labels.get(placed.kind, view.words.sections[placed.text.section].label)
    return f'<span class="kicker">{label}</span>'


def page(view: View, placed: Placed, _: int = 1) -> str:
    """Make the page of a story of any kind."""
    text, body = placed.text, "\n".join(_blocks(view, placed))
    address = view.base() + path_of(view, placed)
    return (
        head(view, text.headline, metadata(view, placed, address))
        + f'<body class="{placed.kind}">\n<header class="masthead">{today(view)}<a class="brand" '
        f'href="/">{escape(view.outlet.title)}</a></header>\n<nav class="topnav">'
        f'{sections(view)}</nav>\n<div class="container content"><main>\n<article>\n<header>'
        f"{_label(view, placed)}<h1>{escape(text.headline)}</h1>\n<p class='byline'>"
        f'{view.words.author} <a rel="author" href="/penulis/1">{escape(text.author)}</a> · '
        f'{_date(view, placed)}</p></header>\n<div class="article-body">\n{body}\n'
        f"{tail(view)}</div>\n</article>\n<section class='more'><h2>{view.words.related}</h2>"
        f"{headlines(view, 5, 1)}</section></main>\n{column(view)}</div>\n{foot(view)}"
    )


LAYOUT = Layout(path_of=path_of, page=page, parts=parts, pattern=r"^/[^/]+/[^/?]+-(?P<key>\d+)$")
