"""What a page's blocks are like, as numbers to judge them by.

Nothing here knows a language or an outlet: how long a line is and how much of
it is links, which elements and named parts it stands in, what share of the
page's text its container holds, how far it is from the headline and from the
densest container. A matrix has a row for each block, a column for each trait.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipelines.reading.agreement import Reading, inside, words_of
from pipelines.reading.body.blocks import FAMILIES, PLACES, Block
from pipelines.reading.body.containers import placing
from pipelines.reading.phrases import STOP, UNMARKED, kinds_of
from pipelines.reading.refusals import weight

Column = NDArray[np.float64]
_TAGS = (
    "p", "li", "h1", "h2", "h3", "h4", "td", "div", "blockquote", "figcaption", "section",
    "article", "dd", "pre", "span",
)  # fmt: skip
_MARKS = re.compile(r"[,;.!?。，；！？、။។៖]")
#: Letters (see refusals.weight) from which a line is a paragraph.
_PARAGRAPH = 80
#: A line that names a related box gives it these lines.
_BOX_LINES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a page before its blocks are judged."""

    title: str = ""
    #: of its meta fields
    description: str = ""
    #: texts that other readings found, by name
    readings: Mapping[str, Reading] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """A matrix of traits with its columns' names."""

    names: tuple[str, ...]
    #: blocks by traits
    matrix: Column


def traits_of(blocks: Sequence[Block], known: Known) -> Traits:
    """Return the traits of a page's blocks; there must be at least one block."""
    words = [words_of(block.text) for block in blocks]
    weights = np.array([weight(block.text) for block in blocks], float)
    columns = _wording(blocks, weights)
    columns |= _standing(blocks)
    columns |= _telling(blocks, words, known)
    columns |= placing(blocks, weights, columns["linked"])
    for name, reading in known.readings.items():
        columns |= _voices(name, words, reading)
    columns |= _neighbours(columns, weights)
    return Traits(names=tuple(columns), matrix=np.stack(list(columns.values()), axis=1))


def _each(blocks: Sequence[Block], ask: Callable[[Block], float]) -> Column:
    return np.array([ask(block) for block in blocks], float)


def _wording(blocks: Sequence[Block], weights: Column) -> dict[str, Column]:
    linked = _each(blocks, lambda block: block.linked)
    stop = np.array([_stops(b, w) for b, w in zip(blocks, weights, strict=True)])
    marks = np.array([_marks(b, w) for b, w in zip(blocks, weights, strict=True)])
    columns = {
        "log_weight": np.log1p(weights), "log_unlinked": np.log1p(weights * (1 - linked)),
        "linked": linked, "all_linked": _as_column(linked > 0.9),
        "short": _as_column(weights < 25), "long": _as_column(weights >= _PARAGRAPH),
        "very_long": _as_column(weights >= 200),
        "stop": stop, "stop_long": stop * (weights > _PARAGRAPH), "marks": marks,
        "digits": _each(blocks, lambda block: _share_of(block.text, str.isdigit)),
        "colon": _each(blocks, lambda block: block.text.endswith((":", "："))),
    }  # fmt: skip
    kinds = [kinds_of(block.text) for block in blocks]
    for kind in ("also", "box", "credit", "rights", "consent"):
        columns[kind] = np.array([kind in found for found in kinds], float)
    columns["after_also"] = _after(columns["also"] * (weights < 60))
    return columns


def _as_column(what: NDArray[np.bool_]) -> Column:
    return what.astype(float)


def _share_of(text: str, is_one: Callable[[str], bool]) -> float:
    return sum(map(is_one, text)) / len(text)


def _stops(block: Block, size: float) -> float:
    # Where no stop is printed, a line of some length counts as a sentence.
    return float(bool(STOP.search(block.text)) or (size >= 60 and _is_unmarked(block)))


def _marks(block: Block, size: float) -> float:
    found = size / 60 if _is_unmarked(block) else len(_MARKS.findall(block.text))
    return min(6.0, found) / 6


def _is_unmarked(block: Block) -> bool:
    return block.linked < 0.5 and bool(UNMARKED.search(block.text))


def _after(named: Column) -> Column:
    found, last = np.zeros(len(named)), -_BOX_LINES - 1
    for at in range(len(named)):
        last = at if named[at] else last
        found[at] = 0 < at - last <= _BOX_LINES
    return found


def _standing(blocks: Sequence[Block]) -> dict[str, Column]:
    columns = {f"tag_{tag}": _each(blocks, lambda b, t=tag: b.node.tag == t) for tag in _TAGS}  # type: ignore[misc]  # bound at once
    columns |= _bits("in", PLACES, [block.places for block in blocks])
    columns |= _bits("of", FAMILIES, [block.families for block in blocks])
    columns |= _bits("near", FAMILIES, [block.near for block in blocks])
    columns["depth"] = _each(blocks, lambda block: min(40, block.depth) / 20)
    return columns


def _bits(prefix: str, names: tuple[str, ...], found: list[int]) -> dict[str, Column]:
    bits = np.array(found)
    return {f"{prefix}_{name}": (bits >> at & 1).astype(float) for at, name in enumerate(names)}


def _telling(blocks: Sequence[Block], words: list[list[str]], known: Known) -> dict[str, Column]:
    count = len(blocks)
    order = np.arange(count)
    title = _title_at(blocks, words, known.title)
    seen: set[str] = set()
    again = [block.text in seen or bool(seen.add(block.text)) for block in blocks]  # type: ignore[func-returns-value]  # told by its truth
    lead = Reading.of(known.description)
    return {
        "position": order / count,
        "title": _as_column(order == title),
        "has_title": np.full(count, float(title >= 0)),
        "after_title": _as_column(order > title) if title >= 0 else np.full(count, 0.5),
        "from_title": np.clip((order - title) / 50, -1, 2) if title >= 0 else np.zeros(count),
        "described": np.array([inside(one, lead) if len(one) > 3 else 0.0 for one in words]),
        "again": np.array(again, float),
    }


def _title_at(blocks: Sequence[Block], words: list[list[str]], title: str) -> int:
    # The line most like the headline, a heading rather than another.
    wanted = {word.lower() for word in words_of(title)}
    best, at = 0.6, -1
    for number, (block, said) in enumerate(zip(blocks, words, strict=True)):
        if not said or not wanted or len(said) > 60:
            continue
        have = {word.lower() for word in said}
        score = len(have & wanted) / len(have | wanted) + 0.3 * (block.node.tag in {"h1", "h2"})
        if score > best:
            best, at = score, number
    return at


def _voices(name: str, words: list[list[str]], reading: Reading) -> dict[str, Column]:
    held = np.array([inside(one, reading) for one in words])
    size = np.full(len(words), np.log1p(reading.words) / 10)
    return {f"{name}_has": held, f"{name}_says": _as_column(held > 0.6), f"{name}_size": size}


def _neighbours(columns: Mapping[str, Column], weights: Column) -> dict[str, Column]:
    near = {}
    for name in (
        "log_weight",
        "linked",
        "stop",
        "long",
        *(n for n in columns if n.endswith("_has")),
    ):
        near[f"before_{name}"] = np.concatenate([[0.0], columns[name][:-1]])
        near[f"after_{name}"] = np.concatenate([columns[name][1:], [0.0]])
    reach = np.ones(7)
    around = np.convolve(weights * (1 - columns["linked"]), reach)[3 : 3 + len(weights)]
    counted = np.convolve(np.ones(len(weights)), reach)[3 : 3 + len(weights)]
    linked = np.convolve(columns["linked"], reach)[3 : 3 + len(weights)] / counted
    return near | {"around": np.log1p(around) / 5, "linked_around": linked}
