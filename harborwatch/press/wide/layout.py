"""What a layout of the wide press is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .gold import Precision
from .view import Placed, View


def whole(_: View, placed: Placed) -> tuple[tuple[str, ...], ...]:
    """Put all paragraphs on one page."""
    return (placed.text.paragraphs,)


def first_only(path: str, _: View, __: int) -> str:
    """Give the address of the only page."""
    return path


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One family of outlets."""

    path_of: Callable[[View, Placed], str]
    #: The page of that number, from 1.
    page: Callable[[View, Placed, int], str]
    #: The paragraphs of each page, in the order in which they are printed.
    parts: Callable[[View, Placed], tuple[tuple[str, ...], ...]] = whole
    #: The address of a page from the path of the first, and its number.
    numbered: Callable[[str, View, int], str] = first_only
    #: For the catalogue, with groups as outlet files have them.
    pattern: str
    #: The page prints the author.
    authored: bool = True
    #: The code is glued to the last paragraph.
    coded: bool = False
    #: What the address tells of the time.
    dated: Precision | None = None
    #: The page carries its time beside the printed one (a state in JSON).
    timed: bool = False
