"""What stands inside a body and is none of the story: pictures, links, newsletters, tails."""

from __future__ import annotations

from html import escape

from harborwatch.press.layouts.pieces import link

from .furniture import headlines
from .view import Placed, View

#: After how many paragraphs each box stands.
PLACES = {"figure": 0, "read_also": 2, "related": 3, "newsletter": 4}


def caption(view: View) -> str:
    """Give the caption of a picture."""
    return view.phrases.caption.format(outlet=view.outlet.title)


def _figure(view: View) -> str:
    picture = '<img src="/images/1.jpg" width="640" height="420" alt="" />'
    return f"<figure>{picture}<figcaption>{escape(caption(view))}</figcaption></figure>"


def _read_also(view: View) -> str:
    anchor = link("/arsip/1", view.headlines[0])
    return f'<p class="read"><strong>{view.words.read_also}:</strong> {anchor}</p>'


def _related(view: View) -> str:
    return f'<div class="inline-related"><b>{view.words.related}</b>{headlines(view, 3, 1)}</div>'


def _newsletter(view: View) -> str:
    return (
        f'<div class="newsletter-inline"><h4>{view.words.newsletter}</h4>'
        f"<p>{view.phrases.newsletter}</p><form action='/letter' method='post'>"
        '<input type="email" name="email" /><button>OK</button></form></div>'
    )


MAKERS = {
    "figure": _figure,
    "read_also": _read_also,
    "related": _related,
    "newsletter": _newsletter,
}


def with_boxes(view: View, blocks: list[str]) -> list[str]:
    """Put the outlet's boxes between the blocks of a body, from the end so that places hold."""
    mixed = list(blocks)
    for name in sorted(view.outlet.boxes, key=lambda each: -PLACES[each]):
        if PLACES[name] < len(blocks):
            mixed.insert(PLACES[name], MAKERS[name](view))
    return mixed


def glued(placed: Placed, lines: list[str]) -> list[str]:
    """Glue the byline code to the last line, as IndoTelko and its like do."""
    code = placed.text.code
    return [*lines[:-1], f"{lines[-1]}({escape(code)})"] if code else lines


def tail(view: View) -> str:
    """Make the copyright line under a story."""
    year = view.local(view.at).year
    title = escape(view.outlet.title)
    return f'<p class="copyright">{view.phrases.tail} Copyright © {title} {year}</p>'
