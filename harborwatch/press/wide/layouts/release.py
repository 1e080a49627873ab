"""Family H: a paid release, printed as it came by ten hosts within the hour."""

from __future__ import annotations

from html import escape

from harborwatch.press.wide.furniture import column, foot, head, metadata, sections, today
from harborwatch.press.wide.layout import Layout
from harborwatch.press.wide.view import Placed, View

COMPANY = "Selat Data"


def path_of(_: View, placed: Placed) -> str:
    """Give the path."""
    return f"/news-releases/{placed.text.slug}-{placed.number}.html"


def page(view: View, placed: Placed, _: int = 1) -> str:
    """Make the page: the text as it came, the company's contact, the outlet's reserve."""
    text, phrases = placed.text, view.phrases
    body = "\n".join(f"<p>{escape(line)}</p>" for line in text.paragraphs)
    address = view.base() + path_of(view, placed)
    return (
        head(view, text.headline, metadata(view, placed, address))
        + f"<body>\n<header class='masthead'>{today(view)}{escape(view.outlet.title)}</header>\n"
        f'<nav class="topnav">{sections(view)}</nav>\n<div class="container content"><main>\n'
        f'<h1>{escape(text.headline)}</h1>\n<p class="meta">'
        f"{view.printed(placed.published)[0]} | {phrases.source}: PRNewswire</p>\n"
        f'<section class="release-body">\n{body}\n</section>\n'
        f'<div class="release-contact"><p>{phrases.contact}: {COMPANY}, press@selatdata.example, '
        f"+86 771 000 0000</p></div>\n<p class='disclaimer'><em>{phrases.release}</em></p>\n"
        f"</main>\n{column(view)}</div>\n{foot(view)}"
    )


LAYOUT = Layout(
    path_of=path_of,
    page=page,
    pattern=r"^/news-releases/[^/?]+-(?P<key>\d+)\.html$",
    authored=False,
)
