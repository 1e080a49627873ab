"""How far two readings of one page agree."""

import re
from collections import Counter

#: Characters of scripts that print no space between words stand for themselves.
_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff\uf900-\ufaff]"
    r"|[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff\uf900-\ufaff]+"
)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words of a text with their counts."""
    words = _WORD.findall(text)
    if len(words) < 4:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(words, words[1:], words[2:], words[3:], strict=False))


def agreement(one: str, other: str) -> float:
    """Return the F1 of two texts' shingles: 0 to 1, 1 for the same text."""
    mine, theirs = shingles(one), shingles(other)
    if not mine or not theirs:
        return 0.0
    return 2 * (mine & theirs).total() / (mine.total() + theirs.total())


def held(part: str, whole: str) -> float:
    """Return the share of the first text's shingles that the second one has."""
    mine = shingles(part)
    return (mine & shingles(whole)).total() / mine.total() if mine else 0.0
