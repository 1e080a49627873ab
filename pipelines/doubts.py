"""Doubts: why a copy is trusted less than the text it repeats. Pure.

A copy in doubt is kept and linked; it is never called the first, nor quoted
for its event, and stands last among the tellings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ahocorasick_rs

from archive.grouping.copy_groups import Habit, Member
from news.toml_files import read_toml
from pipelines.anchors import Anchored

#: share of words replaced from which on a text was spun, not edited: editors'
#: hands change 5 to 12 in a hundred
SPUN = 0.2
#: words that a shingle hangs on: three, or six characters of some 1.8 a word
_HANGS_ON = {False: 3.0, True: 4.3}
_UNSPACED = ("zh", "th", "km", "lo", "my")
#: a spun text is about as long as its source; a cut one is not
_AS_LONG = 0.6
#: a spun text has no row of own anchors that is more than this share of them all
_ROW = 0.3
#: an outlet with so many stories of which such a share are copies without credit
COPIER_STORIES, COPIER_SHARE = 20, 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What stands in doubts.toml."""

    words: tuple[str, ...]


@cache
def _words() -> tuple[tuple[str, ...], ahocorasick_rs.AhoCorasick]:
    words = read_toml(Path(__file__).with_name("doubts.toml")).read(_Words).words
    return words, ahocorasick_rs.AhoCorasick(words)


def foreign_words(text: str) -> frozenset[str]:
    """Return the words of a text that hijackers put into texts."""
    words, automaton = _words()
    lower = text.lower()
    found = automaton.find_matches_as_indexes(lower, overlapping=True)
    return frozenset(words[at] for at, start, end in found if _stands_alone(lower, start, end))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether a word goes on at neither end; scripts without spaces have no such ends."""
    around = (text[start - 1 : start] + text[start], text[end - 1] + text[end : end + 1])
    return not any(len(two) == 2 and two.isascii() and two.isalnum() for two in around)


def is_spun(
    own: Anchored, both: frozenset[int], containment: float, other: int, language: str
) -> bool:
    """Return whether words were replaced all over a text, more than an editor would.

    `both` are the anchors that it shares with its source, which has `other`
    of them in all.
    """
    mine = len(set(own.anchors))
    if min(mine, other) < _AS_LONG * max(mine, other) or not both:
        return False
    kept = containment ** (1 / _HANGS_ON[language in _UNSPACED])
    rows = _rows(own.anchors, both)
    return 1 - kept >= SPUN and max(rows, default=0) <= _ROW * mine


def _rows(anchors: Sequence[int], both: frozenset[int]) -> list[int]:
    """Return how long the rows of anchors are that the source lacks."""
    rows, now = [], 0
    for anchor in anchors:
        if anchor in both:
            rows.append(now)
            now = 0
        else:
            now += 1
    return [*rows, now]


def hijacked(group: Sequence[Member]) -> frozenset[int]:
    """Return the members of a copy group into whose text words were put that it lacks elsewhere."""
    clean = {one.outlet for one in group if not one.foreign_words}
    return frozenset(one.story for one in group if one.foreign_words and clean - {one.outlet})


def is_copier(habit: Habit) -> bool:
    """Return whether nearly all that an outlet prints is others' without saying so."""
    return habit.stories >= COPIER_STORIES and habit.copied >= COPIER_SHARE * habit.stories
