"""Tokens: what the index holds and what the matcher compares, from one function.

Scripts with spaces give words and numbers; unspaced scripts give one token for
each letter with its marks, so that every name is found inside running text,
but never half a letter: ລາວ is not found in ເວລາວັນທີ, where ວັ is another
letter. In Thai and Lao the vowels written before and after a letter belong to
it: ลาว (ลา ว) is not found in ลาวา (ลา วา), nor ผล in แผล. A mark of the
press, or an empty line, between two letters of such a script gives a break, so
that 中。国 is not 中国. Spaces between them are nothing: Thai, Lao, Khmer and
Burmese put them anywhere.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from query.folding import Folded
from query.scripts import BREAKS, marks, unspaced, unspaced_letters
from query.seams import POINT

#: the token for a mark between letters of an unspaced script; private use (Co)
BREAK = "\ue000"

#: the archive's CREATE VIRTUAL TABLE says tokenize="…" with exactly this:
#: split at spaces, fold nothing (remove_diacritics 0), keep marks and the break
FTS5_TOKENIZE = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'"

#: The Burmese dot below makes another word (နေ sun, နေ့ day) and belongs to its
#: letter, but not behind long a, i and u: short a, i and u have signs of their
#: own, so that a dot there only says "of" (မြန်မာ့). It is a token of its own,
#: and the bare name is found.
_DOT = "\u1037"
_POSSESSIVE = f"(?<=[ါာီူ])(?<!ေ[ါာ]){_DOT}"

#: Thai and Lao: consonants, vowels written before them, vowels written after them
_CONSONANT = "ก-ฮກ-ຮໜ-ໟ"
_LEADING = "เ-ไເ-ໄ"
_FOLLOWING = "ะาๅະາຽ"


class Token(NamedTuple):
    """One token and where it stands in the folded text."""

    text: str
    start: int
    end: int


@cache
def _token() -> re.Pattern[str]:
    letter, every, mark = unspaced_letters(), unspaced(), marks(but=_DOT)
    word = rf"[^\W\d_{every}]+(?:[{marks()}]+[^\W\d_{every}]*)*"
    number = rf"\d+(?:{POINT}\d+)?"
    held = f"[\\u1039\\u17d2][{letter}]|[{mark}]|(?!{_POSSESSIVE}(?![{mark}])){_DOT}"
    syllable = f"[{_LEADING}]?[{_CONSONANT}][{mark}{_FOLLOWING}]*"
    unspaced_letter = f"[{letter}](?:{held})*|{_DOT}"
    gap, breaks = rf"[^\w{marks()}]", re.escape(BREAKS)
    # Possessive (*+), so that a line of dots takes time in proportion.
    before = rf"(?:[^\w{marks()}{breaks}\n]|\n(?![^\S\n]*\n))*+"
    stop = rf"(?<=[{every}]){before}(?:[{breaks}]|\n[^\S\n]*\n){gap}*+(?=[{letter}])"
    return re.compile(rf"{word}|{number}|{syllable}|{unspaced_letter}|{stop}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The tokens of a folded text, and where each stands in it."""

    words: list[str]
    starts: list[int]
    ends: list[int]

    def at(self, first: int, count: int) -> tuple[Token, ...]:
        """Return some of the tokens one by one."""
        some = slice(first, first + count)
        return tuple(map(Token, self.words[some], self.starts[some], self.ends[some]))


def split(folded: Folded) -> Split:
    """Split a folded text; the one function for index, query and matcher."""
    text = folded.text
    spans = [found.span() for found in _token().finditer(text)]
    if not spans:
        return Split(words=[], starts=[], ends=[])
    # Lists side by side take half the time of a list of tokens.
    starts, ends = (list(places) for places in zip(*spans, strict=True))
    words = [text[start:end] for start, end in spans]
    if not text.isascii():
        gaps = [at for at, word in enumerate(words) if not word[0].isalnum()]
        _mend_gaps(words, starts, ends, gaps)
    return Split(words=words, starts=starts, ends=ends)


def _mend_gaps(words: list[str], starts: list[int], ends: list[int], gaps: list[int]) -> None:
    """Make a break of each gap behind an unspaced letter, and drop the others."""
    dropped = []
    for at in gaps:
        # Only a gap may begin with something else than a letter, digit or mark.
        # A letter follows it, so that two of them are never neighbours.
        if words[at] != _DOT:
            if at > 0 and is_unspaced(words[at - 1]):
                words[at] = BREAK
            else:
                dropped.append(at)
    if dropped:
        kept = sorted(set(range(len(words))).difference(dropped))
        words[:] = [words[at] for at in kept]
        starts[:] = [starts[at] for at in kept]
        ends[:] = [ends[at] for at in kept]


def tokens(folded: Folded) -> tuple[Token, ...]:
    """Return the tokens of a folded text one by one."""
    found = split(folded)
    return found.at(0, len(found.words))


def is_unspaced(token: str) -> bool:
    """Say whether a token is a letter of an unspaced script, or a break."""
    return token == BREAK or _unspaced_start().match(token) is not None


@cache
def _unspaced_start() -> re.Pattern[str]:
    return re.compile(f"[{unspaced()}]")
