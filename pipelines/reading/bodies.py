"""The running text of a story: selectors first, then the best general reading.

Which reading wins was measured on news pages with hand-made gold (see
bench/gates): trafilatura with favor_precision is the best single one, but
prunes whole bodies now and then; a second and third opinion mend that.
"""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date

import trafilatura
from cssselect import SelectorError
from lxml.html import HtmlElement
from trafilatura.readability_lxml import Document

from news import Outlet, Refused, Selectors
from pipelines.reading.agreement import agreement
from pipelines.reading.markup import lines, text_of
from pipelines.reading.markup import plain as plain_text

#: A second reading this much longer than the precise one says that it pruned
#: too much. Swept 1.1 to 2.0 over the three sets of bench/gates: all within
#: .002 of each other; at 1.3 one page in five (16 of 76) is asked for a third reading.
_PRUNED = 1.3
#: JSON-LD text is taken where it agrees with the reading this far.
_AGREES = 0.6
#: Characters below which a selector has found a box, not a body.
_A_BODY = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A story's text with how it was found."""

    text: str
    #: "selectors", "json-ld", "trafilatura", "readability", "feed"
    method: str
    #: 0 to 1
    confidence: float


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
    """
    found = [
        _selected(tree, selectors)
        for selectors in outlet.selectors
        if day is None or selectors.valid_until is None or day <= selectors.valid_until
    ]
    bodies = [one for one in found if len(one.body) >= _A_BODY]
    partial = [one for one in found if one.title or one.date]
    return next(iter([*bodies, *partial]), Selected())


def find_body(tree: HtmlElement, told: str, selected: Selected) -> Body:
    """Return the page's running text; an empty one where there is none.

    `told` is the text that the page's JSON-LD carries, or "".
    Raises Refused("unreadable") where the markup breaks every reading.
    """
    if len(selected.body) >= _A_BODY:
        return Body(text=selected.body, method="selectors", confidence=0.95)
    return _with_told(_general(tree), told)


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


def _general(tree: HtmlElement) -> Body:
    precise = _trafilatura(tree, favor_precision=True)
    readable = _readability(tree)
    if len(readable) <= _PRUNED * len(precise):
        sure = 0.5 + 0.4 * agreement(precise, readable)
        return Body(text=precise, method="trafilatura", confidence=round(sure, 2))
    readings = {
        "trafilatura": precise,
        "trafilatura-default": _trafilatura(tree, favor_precision=False),
        "readability": readable,
    }
    scores = {
        name: sum(agreement(text, other) for other in readings.values() if other is not text)
        for name, text in readings.items()
        if text
    }
    best = max(scores, key=lambda name: scores[name])
    sure = 0.3 + 0.2 * min(2.0, scores[best])
    return Body(text=readings[best], method=best.split("-")[0], confidence=round(sure, 2))


def _with_told(read: Body, told: str) -> Body:
    # Taken blindly JSON-LD lowers the score: some sites put the lead there, or the next story.
    if len(told) < _A_BODY:
        return read
    if len(read.text) < 0.5 * len(told) or agreement(read.text, told) > _AGREES:
        return Body(text=told, method="json-ld", confidence=max(0.9, read.confidence))
    return read


def _trafilatura(tree: HtmlElement, *, favor_precision: bool) -> str:
    try:
        found = trafilatura.extract(
            deepcopy(tree), favor_precision=favor_precision, include_comments=False
        )
    except Exception as error:
        raise Refused("unreadable", f"{type(error).__name__}: {error}") from error
    return lines(str(found or ""))


def _readability(tree: HtmlElement) -> str:
    try:
        return plain_text(str(Document(deepcopy(tree)).summary()))
    except Refused:
        return ""
    except Exception as error:
        raise Refused("unreadable", f"{type(error).__name__}: {error}") from error
