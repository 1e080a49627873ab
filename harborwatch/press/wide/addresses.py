"""Where a story of the wide press stands."""

from __future__ import annotations

from .layouts import LAYOUTS
from .view import Placed, View


def path_of(view: View, placed: Placed) -> str:
    """Give the path of a story's first page."""
    return LAYOUTS[view.outlet.layout].path_of(view, placed)


def address_of(view: View, placed: Placed) -> str:
    """Give the address of a story's first page."""
    return view.base() + path_of(view, placed)


def paths(view: View, placed: Placed) -> tuple[str, ...]:
    """Give the paths, with query, of all pages of a story."""
    layout = LAYOUTS[view.outlet.layout]
    first = layout.path_of(view, placed)
    count = len(layout.parts(view, placed))
    return tuple(layout.numbered(first, view, number) for number in range(1, count + 1))
