"""Family F: a story over several pages; what one looks for often stands on the last."""

from __future__ import annotations

from html import escape

from harborwatch.press.layouts.pieces import link
from harborwatch.press.wide.boxes import with_boxes
from harborwatch.press.wide.furniture import column, foot, head, metadata, sections, today
from harborwatch.press.wide.layout import Layout
from harborwatch.press.wide.view import Placed, View

#: Paragraphs on a page.
SHARE = 3


def path_of(view: View, placed: Placed) -> str:
    """Give the path of the first page."""
    return f"/{view.words.sections[placed.text.section].path}/{placed.number}/{placed.text.slug}"


def parts(_: View, placed: Placed) -> tuple[tuple[str, ...], ...]:
    """Share the paragraphs among the pages."""
    lines = placed.text.paragraphs
    return tuple(lines[at : at + SHARE] for at in range(0, len(lines), SHARE))


def numbered(path: str, view: View, number: int) -> str:
    """Give the path of a page: ?page=2, /2 or /html/2."""
    forms = {"query": "{}?page={}", "slash": "{}/{}", "html": "{}/html/{}"}
    return path if number == 1 else forms[view.outlet.paging].format(path, number)


def _pager(view: View, path: str, number: int, of: int) -> str:
    """Link the other pages by number, and the next by word."""
    shown = [
        f'<span class="current">{n}</span>'
        if n == number
        else link(numbered(path, view, n), str(n))
        for n in range(1, of + 1)
    ]
    if number > 1:
        shown.insert(0, link(numbered(path, view, number - 1), f"« {view.phrases.previous}"))
    if number < of:
        shown.append(link(numbered(path, view, number + 1), f"{view.phrases.next} »"))
    label = view.phrases.page.format(n=number, of=of)
    return f'<div class="pagination"><span>{label}</span> {" ".join(shown)}</div>'


def _links(view: View, path: str, number: int, of: int) -> str:
    """Name the neighbours in the head; outlets that page by /2 do not."""
    if view.outlet.paging == "slash":
        return ""
    names = ((number - 1, "prev"), (number + 1, "next"))
    return "\n".join(
        f'<link rel="{name}" href="{escape(numbered(path, view, n))}" />'
        for n, name in names
        if 1 <= n <= of
    )


def _body(view: View, placed: Placed, number: int) -> str:
    """Make one page's share; pages by /html/ repeat the paragraph before it."""
    shares = parts(view, placed)
    blocks = [f"<p>{escape(line)}</p>" for line in shares[number - 1]]
    if number > 1 and view.outlet.paging == "html":
        blocks.insert(0, f"<p>{escape(shares[number - 2][-1])}</p>")
    return "\n".join(with_boxes(view, blocks) if number == 1 else blocks)


def page(view: View, placed: Placed, number: int = 1) -> str:
    """Make one page of a story."""
    path, of, text = path_of(view, placed), len(parts(view, placed)), placed.text
    label = view.phrases.page.format(n=number, of=of)
    title = text.headline if number == 1 else f"{text.headline} - {label}"
    extra = metadata(view, placed, view.base() + path) + "\n" + _links(view, path, number, of)
    return (
        head(view, title, extra)
        + f'<body>\n<header class="masthead">{today(view)}<a href="/">{escape(view.outlet.title)}</a>'
        f'</header>\n<nav class="topnav">{sections(view)}</nav>\n<div class="container content">\n'
        f'<article class="detail"><h1 class="detail__title">{escape(text.headline)}</h1>\n'
        f'<div class="detail__author">{escape(text.author)} - {escape(view.outlet.title)}</div>\n'
        f'<div class="detail__date">{view.printed(placed.published)[0]}</div>\n'
        f'<div class="detail__body">\n{_body(view, placed, number)}\n'
        f"{_pager(view, path, number, of)}\n</div></article>\n{column(view)}</div>\n{foot(view)}"
    )


LAYOUT = Layout(
    path_of=path_of,
    page=page,
    parts=parts,
    numbered=numbered,
    pattern=r"^/[^/]+/(?P<key>\d+)/[^/?]+",
)
