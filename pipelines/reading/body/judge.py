"""How likely each block of a page belongs to the story, and how sure that makes us."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pipelines.reading.body.traits import Traits

#: "alone": by the page's structure; "advised": having heard general extractors too.
Kind = Literal["alone", "advised"]
_WEIGHTS: dict[str, dict[str, float]] = tomllib.loads(
    files("pipelines.reading.body").joinpath("weights.toml").read_text("utf-8")
)
#: A block is taken from this chance on. Swept .5 to .65 with every publisher judged by
#: weights learnt without it (bench/learn/blocks.py): on the news pages of bench/gates
#: within .011 of each other, .65 best; on pages of all kinds .5 by .012.
CUT = 0.55


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Which blocks are the story."""

    taken: tuple[bool, ...]
    #: the F1 to be expected if the chances are true, 0 to 1
    confidence: float


def judge(traits: Traits, sizes: NDArray[np.float64], kind: Kind) -> Verdict:
    """Decide on a page's blocks; `sizes` are their letters (see refusals.weight)."""
    chances = _chances(traits, kind)
    taken = chances > CUT
    likely = sizes * chances
    had = float((sizes * taken).sum() + likely.sum())
    expected = 2 * float((likely * taken).sum()) / had if had else 0.0
    return Verdict(taken=tuple(taken.tolist()), confidence=round(expected, 2))


def _chances(traits: Traits, kind: Kind) -> NDArray[np.float64]:
    weights = _WEIGHTS[kind]
    each = np.array([weights.get(name, 0.0) for name in traits.names])
    odds: NDArray[np.float64] = traits.matrix @ each + weights["bias"]
    return 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
