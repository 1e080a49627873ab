"""Family D: an old state system: tables, the date in the path, a meta line with views."""

from __future__ import annotations

from html import escape

from harborwatch.press.wide.boxes import tail, with_boxes
from harborwatch.press.wide.furniture import column, foot, head, metadata, sections, today
from harborwatch.press.wide.gold import Precision
from harborwatch.press.wide.layout import Layout
from harborwatch.press.wide.view import Placed, View

#: Chinese systems indent each paragraph by two ideographic spaces.
INDENT = {"zh": "　　", "zh-Hant": "　　"}
#: Some outlets sign "Copied by: NAME" instead of an editor.
COPIED = {"id": "Salin", "ms": "Salin"}


def path_of(view: View, placed: Placed) -> str:
    """Give the path: /n3/2018/0920/c90000-1.html or /2018/09/20/1s1.htm."""
    day = view.local(placed.published)
    if view.outlet.plain_language == "zh":
        return f"/n3/{day:%Y/%m%d}/c90000-{placed.number}.html"
    return f"/{day:%Y/%m/%d}/1s{placed.number}.htm"


def _line(view: View, placed: Placed) -> str:
    """Make the meta line: date, source, views."""
    phrases = view.phrases
    source = placed.text.agency or view.outlet.title
    views = phrases.views.format(n=placed.number % 977)
    return (
        f'<td align="center" class="sou">{view.printed(placed.published)[0]}&nbsp;&nbsp;&nbsp;'
        f'{phrases.source}：<a href="/">{escape(source)}</a>&nbsp;&nbsp;{views}</td>'
    )


def _signed(view: View, placed: Placed) -> str:
    label = COPIED.get(view.outlet.language, view.phrases.editor)
    return f'<div class="edit">({label}: {escape(placed.text.editor)})</div>'


def page(view: View, placed: Placed, _: int = 1) -> str:
    """Make the page of a story."""
    indent = INDENT.get(view.outlet.language, "&nbsp;&nbsp;&nbsp;&nbsp;")
    lines = [f"<p>{indent}{escape(line)}</p>" for line in placed.text.paragraphs]
    body = "\n".join(with_boxes(view, lines))
    address = view.base() + path_of(view, placed)
    return (
        head(view, placed.text.headline, metadata(view, placed, address), old=True)
        + f'<body>\n<table width="978" align="center"><tr><td><a href="/">'
        f"{escape(view.outlet.title)}</a></td><td>{today(view)}</td></tr>\n"
        f'<tr><td colspan="2" class="nav">{sections(view)}</td></tr></table>\n'
        '<table width="978" align="center" class="main"><tr><td width="650" valign="top">\n'
        f'<table width="100%"><tr><td align="center" class="title"><h1>'
        f"{escape(placed.text.headline)}</h1></td></tr>\n<tr>{_line(view, placed)}</tr>\n"
        f'<tr><td class="content"><div class="box_con">\n{body}\n</div>\n'
        f"{_signed(view, placed)}\n{tail(view)}</td></tr></table>\n</td>"
        f'<td valign="top">{column(view)}</td></tr></table>\n{foot(view, scripts=False)}'
    )


LAYOUT = Layout(
    path_of=path_of,
    page=page,
    pattern=r"^/(?:n3/)?(?P<year>\d{4})/(?P<month>\d{2})/?(?P<day>\d{2})/(?:c90000-|1s)\d+\.html?$",
    authored=False,
    dated=Precision.DAY,
)
