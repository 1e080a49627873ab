"""Halves behind a number or its scale: three and a half million, hai triệu rưỡi, 三公里半."""

import re
from collections.abc import Mapping
from functools import cache

from pipelines.facts.numerals import numerals
from pipelines.facts.words import LATIN
from query.money import LETTER, any_of

#: what hangs on a word without a space: tatlo't kalahating
_HUNG = "'’"


@cache
def _halves() -> Mapping[str, tuple[frozenset[str], re.Pattern[str]]]:
    """Return how a half begins and a pattern, by Latin language; "" for all others."""
    every = numerals()
    beside = [one for name, one in every.items() if name not in LATIN]
    halves = [*(word for one in beside for word in one.half), "½"]
    others = "|".join(re.escape(word) for one in beside for word in one.not_half)
    plain = f" ?(?!{others}){any_of(halves)}"
    heads = {gap + word[0] for word in halves for gap in ("", " ")}
    told = {"": (frozenset(heads), re.compile(plain))}
    for name in filter(LATIN.__contains__, every):
        words = every[name].half
        begun = {
            word[0] if word[0] in _HUNG else f"{gap}{word[0]}" for word in words for gap in " -"
        }
        pattern = f"(?:{'|'.join(map(_hung, words))})(?!{LETTER})|{plain}"
        told[name] = (frozenset(heads | begun), re.compile(pattern))
    return told


def _hung(half: str) -> str:
    """Return a pattern for a half in Latin letters; "two-and-a-half" has dashes."""
    words = "[ -]".join(map(re.escape, half.split()))
    return words if half[0] in _HUNG else f"[ -]{words}"


def half_behind(text: str, at: int, language: str) -> int | None:
    """Return where "and a half" that begins at a place of a flat text ends, or None."""
    heads, halves = _halves()[LATIN.get(language, "")]
    if text[at : at + 2] not in heads and text[at : at + 1] not in heads:
        return None
    found = halves.match(text, at)
    return found.end() if found else None
