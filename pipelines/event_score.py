"""How surely two stories tell of one happening, and why.

A logistic score over what they share, what keeps them apart, and how close
they are in meaning where both have a vector. Its weights were learnt; they
stand with their experiment in events.toml. Figures only ever join: true
reports of one happening differ in them.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from archive.grouping.events import Telling, Tie
from news.toml_files import read_toml
from pipelines.event_groups import FLOOR
from pipelines.event_keys import shown

#: no kind of key proves more than this, however many are shared; topics count
#: in the overlap alone: one topic has many happenings
MOST_OF_KIND = {"n": 10.0, "f": 12.0, "d": 8.0, "e": 4.0, "w": 12.0}
#: evidence that every story is taken to have besides; of 0-12 the best on the
#: press, whose football shared a number with its roads
NOT_SHARED = 6.0
#: evidence that two stories must share where nothing is known of their
#: meaning; swept 0-14: at 5 no two happenings of the press are mixed
ENOUGH = 5.0
#: the most that two stories score that name other editions (the first forum, the
#: second) and none in common: of 110 such pairs that weights were learnt on 109
#: are wrong, but too few to outweigh all that two forums share
OTHER_EDITIONS = -1.0
#: stories within a window where the weights were learnt
LEARNT_AMONG = 100
#: digits of a score that are kept
DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each feature of a pair adds to the logarithm of the odds."""

    bias: float
    names: float = 0.0
    figures: float = 0.0
    days: float = 0.0
    latin: float = 0.0
    #: for all that the two have in common of what both have
    overlap: float = 0.0
    other_cities: float = 0.0
    other_days: float = 0.0
    other_editions: float = 0.0
    apart: float = 0.0
    same_language: float = 0.0
    #: for a cosine of 1 between centred vectors, and for its square
    meaning: float = 0.0
    meaning_squared: float = 0.0
    #: besides, where both are told in one language: stories of one newsroom's day
    #: are nearer to one another there than translations of them are
    one_language_meaning: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """Weights with vectors on both sides, and without."""

    vectors: Weights
    keys: Weights


@cache
def learnt() -> Learnt:
    """Return the weights of events.toml."""
    return read_toml(Path(__file__).with_name("events.toml")).read(Learnt)


@cache
def _by_name(vectors: bool) -> Mapping[str, float]:
    return asdict(learnt().vectors if vectors else learnt().keys)


def features(one: Telling, other: Telling, meaning: float | None) -> dict[str, float]:
    """Return what the score is made of, by the names of the weights."""
    return _features(one, other, meaning, shared(one, other))


def _features(
    one: Telling, other: Telling, meaning: float | None, weights: Mapping[str, float]
) -> dict[str, float]:
    by_kind = dict.fromkeys(MOST_OF_KIND, 0.0)
    for key, weight in weights.items():
        if key[0] in by_kind:
            by_kind[key[0]] += weight
    most = {kind: min(proved, MOST_OF_KIND[kind]) for kind, proved in by_kind.items()}
    close = meaning or 0.0
    same_language = float(one.language == other.language)
    differ = (_apart(one.keys) & _apart(other.keys)) - _apart(weights)
    return {
        "bias": 1.0,
        "names": most["n"],
        "figures": most["f"],
        "days": most["d"] + most["e"],
        "latin": most["w"],
        "overlap": _overlap(one, other, sum(weights.values())),
        **{
            name: float(name in differ)
            for name in ("other_cities", "other_days", "other_editions")
        },
        "apart": abs((one.at - other.at).total_seconds()) / 86400,
        "same_language": same_language,
        "meaning": close,
        "meaning_squared": max(0.0, close) ** 2,
        "one_language_meaning": same_language * close,
    }


def shared(one: Telling, other: Telling) -> dict[str, float]:
    """Return the keys that two stories share, with the evidence that each is.

    The later story's word counts: it has seen what stood before both.
    """
    later = max(one, other, key=lambda telling: telling.story)
    common = one.keys.keys() & other.keys.keys()
    return {key: later.keys[key] for key in sorted(common)}


def tie(one: Telling, other: Telling, meaning: float | None) -> Tie:
    """Return the tie of two stories; `meaning` is how close they are in it, if known."""
    common = shared(one, other)
    score = _score(one, other, meaning, common)
    low, high = sorted((one.story, other.story))
    because = _because(common, meaning) if score >= 0 else ""
    return Tie(low=low, high=high, score=max(FLOOR, round(score, DIGITS)), because=because)


def _score(
    one: Telling, other: Telling, meaning: float | None, common: Mapping[str, float]
) -> float:
    weights = _by_name(meaning is not None)
    found = _features(one, other, meaning, common)
    score = sum([value * weights[name] for name, value in found.items()])
    score -= max(one, other, key=lambda telling: telling.story).crowd
    if found["other_editions"]:
        score = min(score, OTHER_EDITIONS)
    return score if meaning is not None else min(score, _most_by_keys(common))


def crowd(stories: int) -> float:
    """Return what so many stories within the window take from the odds.

    A happening has as many reports in a full week as in an empty one, so that
    of all pairs ever fewer are right: the odds fall as the stories grow.
    """
    return round(math.log(max(1.0, stories / LEARNT_AMONG)), DIGITS)


def most_by_keys(one: Telling, other: Telling) -> float:
    """Return the most that keys alone may score: two stories of few words share all by chance."""
    return _most_by_keys(shared(one, other))


def _most_by_keys(common: Mapping[str, float]) -> float:
    return (evidence(common) - ENOUGH) / 4


def evidence(weights: Mapping[str, float]) -> float:
    """Return the evidence of keys together.

    Topics of one story hang together (the forum names the harbor, and both
    the road), so the strongest counts whole and each further one a quarter.
    """
    topics = sorted((w for key, w in weights.items() if key.startswith("t:")), reverse=True)
    others = sum(w for key, w in weights.items() if not key.startswith("t:"))
    return others + sum(topics[:1]) + sum(topics[1:]) / 4


def _overlap(one: Telling, other: Telling, both: float) -> float:
    """Return the evidence in common as a share of what each story has, 0 to 1.

    A story of few keys shares them all by chance: some more are taken as not shared.
    """
    of_each = sum(one.keys.values()) * sum(other.keys.values())
    return both / (math.sqrt(of_each) + NOT_SHARED)


def _apart(keys: Iterable[str]) -> set[str]:
    """Return of which kinds there are keys that tell stories apart, by the weight's name.

    Where both stories have some of a kind and none is the same, that weight counts.
    """
    found = set()
    for key in keys:
        if key[0] in "de":
            found.add("other_days" if key[0] == "d" else "other_editions")
        elif key[0] == "n" and key.startswith(("n:city", "n:region")):
            found.add("other_cities")
    return found


def _because(weights: Mapping[str, float], meaning: float | None) -> str:
    telling = {key: weight for key, weight in weights.items() if weight > 0}
    strongest = sorted(telling, key=lambda key: (-telling[key], key))[:5]
    parts = [f"same: {', '.join(map(shown, strongest))}"] if strongest else []
    if meaning is not None:
        parts.append(f"close in meaning {meaning:.2f}".replace("0.", ".", 1))
    return "; ".join(parts)
