"""Family E: Joomla: the time in the address, line breaks for paragraphs, no h1."""

from __future__ import annotations

from html import escape

from harborwatch.press.layouts.pieces import link
from harborwatch.press.wide.boxes import glued
from harborwatch.press.wide.furniture import column, foot, head, headlines, sections, today
from harborwatch.press.wide.gold import Precision
from harborwatch.press.wide.layout import Layout
from harborwatch.press.wide.view import Placed, View


def path_of(view: View, placed: Placed) -> str:
    """Give the path: number and wall time, as Joomla makes an alias of a title it cannot spell."""
    time = view.local(placed.published)
    section = view.words.sections[placed.text.section].path
    return f"/index.php/{section}/{placed.number}-{time:%Y-%m-%d-%H-%M-%S}.html"


def _body(view: View, placed: Placed) -> str:
    """Part the paragraphs by line breaks; a line of links stands between two of them."""
    lines = [escape(line) for line in placed.text.paragraphs]
    first = f"<strong>{lines[0]}</strong>"
    rows = glued(placed, [first, *lines[1:]])
    if "read_also" in view.outlet.boxes:
        anchor = link("/arsip/1", view.headlines[0])
        rows.insert(2, f"<b>{view.words.read_also}</b>: {anchor}")
    return "<br />\n<br />\n".join(rows)


def page(view: View, placed: Placed, _: int = 1) -> str:
    """Make the page of a story."""
    extra = '<meta name="generator" content="Joomla! 1.5 - Open Source Content Management" />'
    date = view.printed(placed.published)[0]
    return (
        head(view, placed.text.headline, extra, old=True)
        + f'<body id="page_bg">\n<div id="header">{escape(view.outlet.title)}{today(view)}</div>\n'
        f'<div id="pillmenu">{sections(view)}</div>\n<div id="ja-mainbody">\n'
        f'<div class="componentheading">{view.words.latest}</div>\n'
        '<table class="contentpaneopen"><tr>'
        f'<td class="contentheading" width="100%">{escape(placed.text.headline)}</td>'
        '<td align="right" class="buttonheading"><a href="#">PDF</a></td></tr></table>\n'
        '<table class="contentpaneopen">\n<tr><td><span class="small">'
        f"{view.words.author} {escape(placed.text.author)}</span></td></tr>\n"
        f'<tr><td valign="top" class="createdate">{date}</td></tr>\n'
        f'<tr><td class="modifydate">{view.phrases.updated}: &nbsp;</td></tr>\n'
        f'<tr><td valign="top">\n{_body(view, placed)}\n</td></tr></table>\n'
        f'<span class="article_separator">&nbsp;</span>\n<h4>{view.words.related}</h4>'
        f"{headlines(view, 5, 2)}\n</div>\n{column(view)}{foot(view, scripts=False)}"
    )


LAYOUT = Layout(
    path_of=path_of,
    page=page,
    pattern=r"^/index\.php/[^/]+/(?P<key>\d+)-"
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})-\d{2}-\d{2}-\d{2}\.html$",
    coded=True,
    dated=Precision.SECOND,
)
