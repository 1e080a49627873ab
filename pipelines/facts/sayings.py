"""Numbers that stand in a text and tell nothing: sayings, and the scores of matches."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

import ahocorasick_rs

from pipelines.facts.words import LATIN, grammar, table
from query.money import LETTER, flat

#: how far before a score and behind it stands who won
_BEFORE, _BEHIND = 40, 14
#: no saying is longer
_LONGEST = 48
#: no team scores more, and few measure so little
_MOST = 200
#: what a score's two numbers have between them, but for the words of grammar.toml
_DASH = re.compile(r"\s?[-–—:]\s?\Z")
_SENTENCE = re.compile(r"[.!?。！？។။\n]")


def in_saying(text: str, start: int, end: int) -> bool:
    """Say whether number words of a flat text stand in a saying: 千方百计, cloud nine."""
    near = max(0, start - _LONGEST)
    found = _sayings().find_matches_as_indexes(text[near : end + _LONGEST], overlapping=True)
    return any(near + begin <= start and end <= near + stop for _, begin, stop in found)


@cache
def _sayings() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(list(map(flat, chain(*grammar().idioms.values()))))


def is_score(text: str, first: tuple[int, int], second: tuple[int, int], language: str) -> bool:
    """Say whether two bare numbers of a flat text are a match's score or a ratio: 1比3, thua 1-3.

    With a dash between them they are one only beside a word of winning and
    losing, and where no thing that is counted follows.
    """
    link = text[first[1] : second[0]]
    if link.strip() in grammar().scores["between"]:
        return True
    if not _DASH.match(link):
        return False
    head = _SENTENCE.split(text[max(0, first[0] - _BEFORE) : first[0]])[-1]
    # หลัง behind a score is "after", behind a number a building
    if _is_counted(text, second[1]) and not head.rstrip().endswith(grammar().scores["all"]):
        return False
    tail = text[second[1] : second[1] + _BEHIND]
    return any(words.search(part) for words in _won(language) for part in (head, tail))


def may_score(value: float, scale: float) -> bool:
    """Say whether a bare number is one that a team can score."""
    return scale == 1.0 and value < _MOST and value == int(value)


def _is_counted(text: str, at: int) -> bool:
    begin = at + len(text[at : at + 4]) - len(text[at : at + 4].lstrip(" "))
    return table().thing_at(text, begin) is not None


def _won(language: str) -> Iterator[re.Pattern[str]]:
    patterns = _won_patterns()
    yield patterns["all"]
    if language in LATIN:
        yield patterns[LATIN[language]]


@cache
def _won_patterns() -> dict[str, re.Pattern[str]]:
    told = {name: words for name, words in grammar().scores.items() if name != "between"}
    return {
        name: re.compile(
            "|".join(map(re.escape, words))
            if name == "all"
            else rf"(?<!{LETTER})(?:{'|'.join(map(re.escape, words))})(?!{LETTER})"
        )
        for name, words in told.items()
    }
