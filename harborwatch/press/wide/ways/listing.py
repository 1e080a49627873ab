"""The home page, in three makes, and the list that a script fetches."""

from __future__ import annotations

import json
from html import escape

from harborwatch.press.layouts.pieces import link
from harborwatch.press.story import teaser
from harborwatch.press.wide.addresses import path_of
from harborwatch.press.wide.furniture import column, foot, head, sections, today
from harborwatch.press.wide.view import Placed, View

OLD = ("state", "joomla")
FETCH = (
    "<script>fetch('/api/list.json').then(function(r){return r.json()}).then(function(d){"
    "document.getElementById('list').innerHTML=d.items.map(function(i){return '<h2><a href=\"'+"
    "i.href+'\">'+i.title+'</a></h2>'}).join('')});</script>"
)


def _row(view: View, placed: Placed) -> str:
    anchor = link(path_of(view, placed), placed.text.headline)
    if view.outlet.layout in OLD:
        return (
            f"<tr><td>·</td><td>{anchor}</td><td>[{view.local(placed.published):%m-%d}]</td></tr>"
        )
    lead = escape(teaser(placed.text.body, 120))
    return f'<div class="card"><h2>{anchor}</h2><p>{lead}</p></div>'


def _rows(view: View) -> str:
    if view.outlet.scripted:
        return f'<div id="list"></div>{FETCH}'
    rows = "\n".join(_row(view, placed) for placed in view.stories)
    return f"<table>{rows}</table>" if view.outlet.layout in OLD else f"<div>{rows}</div>"


def make(view: View) -> str:
    """Make the home page."""
    old = view.outlet.layout in OLD
    return (
        head(view, view.words.latest, old=old)
        + f'<body>\n<div class="masthead">{escape(view.outlet.title)}{today(view)}</div>\n'
        f'<div class="topnav">{sections(view)}</div>\n<div class="content">\n{_rows(view)}\n'
        f'<div class="pages">1 {link("/?page=2", view.phrases.next)}</div></div>\n'
        f"{column(view)}{foot(view, scripts=not old)}"
    )


def script(view: View) -> str:
    """Make the list that the home page's script fetches."""
    items = [
        {"href": path_of(view, placed), "title": placed.text.headline} for placed in view.stories
    ]
    return json.dumps({"items": items}, ensure_ascii=False)
