"""Which known word a mistyped one was meant to be."""

from collections.abc import Sequence
from difflib import SequenceMatcher

#: difflib's measure from which on a word may be meant where no slip of a finger says so
ALIKE = 0.6
#: letters of a word that one slip is allowed for; every word has one
_A_SLIP = 4


def nearest(word: str, known: Sequence[str]) -> str | None:
    """Return the known word that is meant, or None: by slips first, then by what is alike.

    A slip is a letter too many, too few or another, or two that changed places: difflib
    takes the last for two, and a word that only shares letters for nearer.
    """
    most = max(1, len(word) // _A_SLIP)
    ranked = sorted((slips(word, one), -_alike(word, one), one) for one in known)
    for count, _, one in ranked:
        if count <= most and count < max(len(word), len(one)):
            return one
    near = min(((alike, one) for _, alike, one in ranked if -alike >= ALIKE), default=None)
    return near[1] if near else None


def slips(word: str, other: str) -> int:
    """Return by how many slips two words differ, letters' case aside.

    The optimal string alignment distance (Damerau 1964, in the restricted form: no
    letter is touched twice).
    """
    a, b = word.lower(), other.lower()
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        row = [i]
        for j, its in enumerate(b, 1):
            cost = min(row[-1] + 1, last[j] + 1, last[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == its:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def _alike(word: str, other: str) -> float:
    return SequenceMatcher(None, word.lower(), other.lower(), autojunk=False).ratio()
