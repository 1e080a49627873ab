"""How far two readings of one page agree."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Self

#: Characters of scripts that print no space between words stand for themselves.
_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff\uf900-\ufaff]"
    r"|[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff\uf900-\ufaff]+"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading of a page says, to look lines up in."""

    #: runs of three words, and whole lines as words
    runs: frozenset[tuple[str, ...]]
    lines: frozenset[str]
    #: words in all
    words: int

    @classmethod
    def of(cls, text: str) -> Self:
        """Take a text apart."""
        words = words_of(text)
        whole = frozenset(" ".join(words_of(line)) for line in text.split("\n"))
        return cls(frozenset(_runs(words)), whole - {""}, len(words))


def words_of(text: str) -> list[str]:
    """Return the words of a text; of a script without spaces, its letters."""
    return _WORD.findall(text)


def inside(words: list[str], reading: Reading) -> float:
    """Return the share of a line that a reading holds, 0 to 1; short lines as a whole."""
    if len(words) < 3:
        return float(" ".join(words) in reading.lines)
    mine = _runs(words)
    return len(mine & reading.runs) / len(mine)


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(words, words[1:], words[2:], strict=False))


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
