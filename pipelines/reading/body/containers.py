"""Which elements hold a page's text, and how near to the fullest a block stands."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from lxml.html import HtmlElement
from numpy.typing import NDArray

from pipelines.reading.body.blocks import Block

Column = NDArray[np.float64]
_HOLDERS = frozenset({"div", "td", "article", "section", "body", "main", "center"})
#: Letters from which a line counts for what its container holds.
_COUNTS = 60
_PARAGRAPH = 80


def placing(blocks: Sequence[Block], weights: Column, linked: Column) -> dict[str, Column]:
    """Return what containers tell of each block, a number for each block by name.

    `weights` are letters (see refusals.weight), `linked` the share of links.
    """
    plain = weights * (1 - linked)
    total = float(plain.sum()) + 1
    here = [_holder(block.node) for block in blocks]
    above = [_parent(node) for node in here]
    columns = _densities("here", here, weights, linked, total)
    columns |= _densities("above", above, weights, linked, total)
    top = here[int(columns["here_share"].argmax())]
    columns |= _distances(here, top)
    steps = np.array(_steps(top, [block.node for block in blocks])) / 5
    passed = (np.cumsum(plain) - plain) / total
    return columns | {
        "steps": steps,
        "under": (steps == 0).astype(float),
        "passed": passed,
        "page_weight": np.full(len(blocks), np.log1p(total) / 10),
        "page_density": np.full(len(blocks), columns["here_share"].max()),
    }


def _holder(node: HtmlElement) -> HtmlElement:
    return node if node.tag in _HOLDERS else _parent(node)


def _parent(node: HtmlElement) -> HtmlElement:
    parent = node.getparent()
    return node if parent is None else parent


def _densities(
    prefix: str, holders: list[HtmlElement], weights: Column, linked: Column, total: float
) -> dict[str, Column]:
    numbers: dict[HtmlElement, int] = {}
    of = np.array([numbers.setdefault(node, len(numbers)) for node in holders])

    def summed(values: Column) -> Column:
        return np.bincount(of, weights=values).astype(np.float64)

    count, size = np.bincount(of), summed(weights)
    mass = summed(weights * (1 - linked) * (weights >= _COUNTS))
    found = {
        "share": mass / total,
        "mass": np.log1p(mass) / 5,
        "count": np.log1p(count) / 3,
        "linked": summed(weights * linked) / np.maximum(1, size),
        "long": summed((weights >= _PARAGRAPH).astype(float)) / count,
        "average": np.log1p(size / count) / 4,
        "relative": mass / max(1.0, mass.max()),
        "fullest": (mass >= mass.max()).astype(float),
    }
    return {f"{prefix}_{name}": values[of] for name, values in found.items()}


def _distances(here: list[HtmlElement], top: HtmlElement) -> dict[str, Column]:
    at = np.array([node is top for node in here]).nonzero()[0]
    order, first, last = np.arange(len(here)), at[0], at[-1]
    away = np.where(order < first, first - order, np.where(order > last, order - last, 0))
    same = [one is other for one, other in pairwise(here)]
    return {
        "in_span": (away == 0).astype(float),
        "from_span": np.clip(away, 0, 40) / 20,
        "before_span": (order < first).astype(float),
        "after_span": (order > last).astype(float),
        "same_before": np.array([False, *same], float),
        "same_after": np.array([*same, False], float),
    }


def _steps(top: HtmlElement, nodes: list[HtmlElement]) -> list[int]:
    # From `top` up to the first element that holds the other too; at most 10.
    known: dict[HtmlElement, int] = {}
    for distance, node in enumerate([top, *top.iterancestors()]):
        known[node] = min(10, distance)
    found = []
    for node in nodes:
        path, at = list[HtmlElement](), node
        while at not in known:
            path.append(at)
            at = _parent(at)
        known.update(dict.fromkeys(path, known[at]))
        found.append(known[at])
    return found
