"""A text as the rules of facts want it, with the way back to the text as printed.

Characters without width are dropped, which the press of Laos, Cambodia and
Thailand puts between words; Burmese in Zawgyi becomes Unicode, and its letters
typed as digits (ဘ၀, ၄င်း) become letters.
"""

import re
from dataclasses import dataclass

from query.scripts import HIDDEN
from query.zawgyi import BURMESE_RUN, convert_run, is_zawgyi

_BURMESE = re.compile("[က-႟]")
_HIDDEN = re.compile(f"[{HIDDEN}]+")
#: digits in the place of a letter: zero for wa, four for the sign ၎ of "the said"
_DIGIT_AS_LETTER = re.compile("(?<=[က-ဿ])၀(?![၀-၉])|(?<![၀-၉])၀(?=[က-ဿ])|၄(?=င်း)|၎(?=[.၀-၉])")
_LETTER_OF = {"၀": "ဝ", "၄": "၎", "၎": "၄"}


@dataclass(frozen=True, slots=True)
class Plain:
    """A text that knows where its characters stood."""

    text: str
    #: for each character where it began and ended; None: just where it stands now
    _places: tuple[tuple[int, int], ...] | None = None

    def printed(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the text as printed; an end never parts a letter from its marks."""
        if self._places is None or start >= end:
            return start, end
        return self._places[start][0], self._places[end - 1][1]


def plain(text: str) -> Plain:
    """Return a text without what hides its numbers."""
    if text.isascii():
        return Plain(text)
    burmese = _BURMESE.search(text) is not None
    zawgyi = burmese and is_zawgyi(text)
    if not zawgyi and not _HIDDEN.search(text):
        return Plain(_as_letters(text) if burmese else text)
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for piece, new, at in _pieces(text, zawgyi):
        letters.append(new)
        places += [(at, at + len(piece))] * len(new)
    return Plain(_as_letters("".join(letters)), tuple(places))


def _as_letters(text: str) -> str:
    return _DIGIT_AS_LETTER.sub(lambda found: _LETTER_OF[found.group()], text)


def _pieces(text: str, zawgyi: bool) -> list[tuple[str, str, int]]:
    """Return each piece of the text, what it becomes, and where it stands."""
    found: list[tuple[str, str, int]] = []
    at = 0
    for run in BURMESE_RUN.finditer(text) if zawgyi else ():
        found += _seen(text, at, run.start())
        at = run.start()
        for piece, new in convert_run(run.group()):
            found.append((piece, new, at))
            at += len(piece)
    return found + _seen(text, at, len(text))


def _seen(text: str, start: int, end: int) -> list[tuple[str, str, int]]:
    return [(text[at], text[at], at) for at in range(start, end) if not _HIDDEN.match(text[at])]
