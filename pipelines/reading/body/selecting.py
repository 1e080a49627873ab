"""What an outlet's own selectors find on a page."""

from dataclasses import dataclass
from datetime import date

from cssselect import SelectorError
from lxml.html import HtmlElement

from news import Outlet, Refused, Selectors
from pipelines.reading.markup import text_of

#: Characters below which a selector has found a box, not a body.
A_BODY = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """What the outlet's own selectors find on a page."""

    title: str = ""
    body: str = ""
    date: str = ""
    author: str = ""


def select(tree: HtmlElement, outlet: Outlet, day: date | None) -> Selected:
    """Return what the outlet's selectors find, with the layout that fits.

    Layouts that were replaced before `day` are left out; of the rest the
    first one that finds a body wins, else the first that finds anything.
    Raises Refused("selector") where a selector is none.
    """
    found = [
        _selected(tree, selectors)
        for selectors in outlet.selectors
        if day is None or selectors.valid_until is None or day <= selectors.valid_until
    ]
    bodies = [one for one in found if len(one.body) >= A_BODY]
    partial = [one for one in found if one.title or one.date]
    return next(iter([*bodies, *partial]), Selected())


def _selected(tree: HtmlElement, selectors: Selectors) -> Selected:
    body = _nodes(tree, selectors.body)
    cut = [node for selector in selectors.cut for node in _nodes(tree, selector)]
    return Selected(
        title=" ".join(text_of(node) for node in _nodes(tree, selectors.title)[:1]),
        body="\n".join(text_of(node, cut) for node in body),
        date=" ".join(text_of(node) for node in _nodes(tree, selectors.date)[:1]),
        author=" ".join(text_of(node) for node in _nodes(tree, selectors.author)[:1]),
    )


def _nodes(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    if not selector:
        return []
    try:
        return list(tree.cssselect(selector))
    except SelectorError as error:
        # The catalogue refuses these with file and line; this is for pages read without it.
        raise Refused("selector", f"{selector!r} is no CSS selector: {error}") from error
