"""The running text of a story: selectors first, then our own judgement of the page.

The blocks of a page are judged by its structure (traits, judge); where that
leaves doubt, two general extractors are heard as well. F1 with every publisher
judged by weights learnt without it (bench/learn/blocks.py), on the pages of
bench/gates (Indonesian, Fundus, Asian scripts) and on two more collections, of
78 and 880 pages of all kinds; behind it the speed of the whole reading beside
trafilatura alone (bench/reading.py):

    trafilatura, favor_precision    .867  .945  .975    .949  .927    1.00
    ours alone                      .946  .971  .986    .943  .936    1.08
    advised where in doubt          .944  .972  .986    .948  .942     .90
    advised always                  .943  .967  .978    .950  .945     .55
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from lxml.html import HtmlElement

from pipelines.reading.agreement import Reading
from pipelines.reading.body.blocks import Block, blocks_of
from pipelines.reading.body.briefs import is_listing
from pipelines.reading.body.galleries import pictures_of
from pipelines.reading.body.judge import Kind, judge
from pipelines.reading.body.opinions import precise, readable
from pipelines.reading.body.repeated import Furniture
from pipelines.reading.body.selecting import A_BODY, Selected
from pipelines.reading.body.states import carried
from pipelines.reading.body.traits import Known, traits_of
from pipelines.reading.markup import lines
from pipelines.reading.refusals import weight

#: How much is spent on a page: "none" asks no other extractor, "cheap" only
#: where there is doubt, "all" always. The curve is printed by bench/reading.py.
Spending = Literal["none", "cheap", "all"]
#: Under this confidence other opinions are asked for. Swept .8 to .95: within .002 of
#: each other; at .9 one page in four is asked about, at .85 one in seven, a tenth faster.
_DOUBT = 0.9
#: A text that the page carries as data is taken where ours is under this share of it.
#: Taken wherever the two agree over .6 it lowered F1 (Fundus .971 to .965), as
#: publishers leave headings and lists out of it.
_STUB = 0.5
#: Letters (see refusals.weight) under which a page may be an empty shell whose text is
#: in its scripts, and the confidence in such a text: nobody can see it on the page.
_SHELL, _DATA = 800, 0.7
#: Confidence in captions as the story: they are plainly there, but not all may belong.
_PICTURES = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A story's text with how it was found."""

    text: str
    #: "selectors", "blocks", "blocks-advised", "gallery", "json-ld", "state", "feed"
    method: str
    #: 0 to 1: the F1 to be expected
    confidence: float
    #: it reads like a list of other stories
    listing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a page's other parts say that helps to find its body."""

    title: str
    #: the sentence in its meta fields
    description: str = ""
    #: text that the page's JSON-LD carries
    told: str = ""
    #: lines that the outlet is known to repeat under its stories
    furniture: Furniture = field(default_factory=Furniture)


def description_of(fields: Mapping[str, list[str]]) -> str:
    """Return what a page's meta fields say of its story in a sentence, or ""."""
    return next(
        (fields[name][0] for name in ("og:description", "description") if name in fields), ""
    )


def find_body(
    tree: HtmlElement, hints: Hints, selected: Selected, spending: Spending = "cheap"
) -> Body:
    """Return the page's running text; an empty one where there is none.

    Raises Refused("unreadable") where the markup breaks every reading.
    """
    if len(selected.body) >= A_BODY:
        return Body(text=selected.body, method="selectors", confidence=0.95)
    return _or_carried(_read(tree, hints, spending), tree, hints)


def _read(tree: HtmlElement, hints: Hints, spending: Spending) -> Body:
    blocks = _own(blocks_of(tree), hints.furniture)
    if not blocks:
        return Body(text="", method="blocks", confidence=0.0)
    found = Body(text="", method="blocks", confidence=0.0)
    if spending != "all":
        found = _judged(blocks, Known(title=hints.title, description=hints.description), "alone")
    if spending == "none" or found.confidence >= _DOUBT:
        return found
    readings = {"precise": Reading.of(precise(tree)), "readable": Reading.of(readable(tree))}
    known = Known(title=hints.title, description=hints.description, readings=readings)
    return _judged(blocks, known, "advised")


def _own(blocks: list[Block], furniture: Furniture) -> list[Block]:
    if not furniture.lines:
        return blocks
    return [block for block in blocks if not furniture.holds(block.text)]


def _judged(blocks: list[Block], known: Known, kind: Kind) -> Body:
    sizes = np.array([weight(block.text) for block in blocks], float)
    verdict = judge(traits_of(blocks, known), sizes, kind)
    chosen = pictures_of(blocks).around(verdict.taken)
    taken = [block.text for block, take in zip(blocks, chosen, strict=True) if take]
    pictures = any(new and not old for new, old in zip(chosen, verdict.taken, strict=True))
    return Body(
        text=lines("\n".join(taken)),
        method="gallery" if pictures else "blocks" if kind == "alone" else "blocks-advised",
        confidence=max(_PICTURES, verdict.confidence) if pictures else verdict.confidence,
        listing=is_listing(blocks, chosen),
    )


def _or_carried(read: Body, tree: HtmlElement, hints: Hints) -> Body:
    if _is_stub(read.text, hints.told):
        return Body(text=hints.told, method="json-ld", confidence=max(_DATA, read.confidence))
    if weight(read.text) < _SHELL and _is_stub(read.text, found := carried(tree, hints.title)):
        return Body(text=found, method="state", confidence=max(_DATA, read.confidence))
    return read


def _is_stub(read: str, whole: str) -> bool:
    return len(whole) >= A_BODY and len(read) < _STUB * len(whole)
