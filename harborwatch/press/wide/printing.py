"""From a view to bytes and headers: pages, further pages, odd pages and ways."""

from __future__ import annotations

import gzip

from .addresses import paths
from .layouts import LAYOUTS
from .odd import ODD
from .outlet import WideOutlet
from .spelling import encoded
from .view import Placed, View
from .ways import WAYS
from .zawgyi import zawgyi


def spelt(outlet: WideOutlet, text: str) -> str:
    """Put a text into the outlet's code order."""
    return zawgyi(text) if outlet.zawgyi else text


def typed(outlet: WideOutlet, media_type: str) -> str:
    """Give a Content-Type header as the outlet sends it."""
    return f"{media_type}; charset={outlet.header}" if outlet.header else media_type


def page(view: View, placed: Placed, number: int = 1) -> bytes:
    """Write one page of a story."""
    text = LAYOUTS[view.outlet.layout].page(view, placed, number)
    return encoded(spelt(view.outlet, text), view.outlet.encoding)


def odd(view: View, kind: str) -> bytes:
    """Write a page that is no story."""
    text = ODD[kind].make(view)
    return encoded(spelt(view.outlet, text), view.outlet.encoding)


def way(view: View, name: str) -> tuple[bytes, str]:
    """Write a way in; give its bytes and content type."""
    made, outlet = WAYS[name], view.outlet
    text = spelt(outlet, made.make(view))
    if made.gzipped:
        return gzip.compress(text.encode(), mtime=0), made.media_type
    if made.always_utf8:
        return text.encode(), f"{made.media_type}; charset=utf-8"
    return encoded(text, outlet.encoding), typed(outlet, made.media_type)


def pages_at(view: View) -> dict[str, tuple[Placed, int]]:
    """Give all pages of all stories by path and query."""
    return {
        path: (placed, number)
        for placed in view.stories
        for number, path in enumerate(paths(view, placed), 1)
    }
