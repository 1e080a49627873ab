"""Folding: one text for what the press writes many ways, with the way back.

A text is cut into pieces (a run of ASCII, or one letter with its marks). Each
piece is folded alone; then the seams between pieces are mended: dashes and
quotes inside names, apostrophes, marks in numbers, 一 for a dash. Both steps
remember where every character came from.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

from query import zawgyi
from query.letters import fold_letter
from query.scripts import HIDDEN, marks, unspaced_letters
from query.seams import mend
from query.tones import one_place

#: raised whenever a text folds or splits into tokens otherwise than before;
#: the archive then makes its index anew
FOLDING_VERSION = 5

#: a text that begins so (a word joiner) is taken as Unicode, not as Zawgyi;
#: canonical forms of short and odd Burmese need it
AS_UNICODE = "\u2060"

# What is hidden belongs to the letter before it; so do Thai and Lao sara aa and
# sara am, behind which a tone mark may be typed, half-width voicing marks and
# Hangul vowels and finals.
_TRAILING = f"{HIDDEN}าำາຳﾞﾟᅠ-ᇿ"
# Burmese digit zero for the letter wa (ဘ၀ for ဘဝ), a habit of Zawgyi keyboards.
_ZERO_AS_WA = re.compile("(?<=[က-ဿ])၀(?![၀-၉])|(?<![၀-၉])၀(?=[က-ဿ])")
# A full-width comma parts clauses (2015，16年) unless it parts thousands; then
# it becomes the small comma, which folds to the plain one.
_WIDE_THOUSANDS = re.compile("(?<=[0-9０-９])，(?=[0-9０-９]{3}(?![0-9０-９]))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A folded text that knows where its characters came from."""

    text: str
    #: the text as it was given
    source: str = field(repr=False)
    #: for each piece: where it starts before the seams were mended
    _folded_starts: Sequence[int] = field(repr=False, compare=False)
    #: for each piece: where it starts in the source; one more for the end
    _source_starts: Sequence[int] = field(repr=False, compare=False)
    #: positions in `text` before which characters were cut out
    _cuts: tuple[int, ...] = field(default=(), repr=False, compare=False)
    #: for each of them: how many characters, from the start of the text on
    _cut: tuple[int, ...] = field(default=(), repr=False, compare=False)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that a span of `text` came from.

        A letter is never parted from its marks. An empty span gives an empty
        span.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"span {start}:{end} is outside a text of {len(self.text)}")
        if start == end:
            at = self._place(start)[0] if start < len(self.text) else len(self.source)
            return at, at
        return self._place(start)[0], self._place(end - 1)[1]

    def _place(self, at: int) -> tuple[int, int]:
        """Return the source span of one character of `text`."""
        cuts = bisect_right(self._cuts, at)
        before = at + (self._cut[cuts - 1] if cuts else 0)
        piece = bisect_right(self._folded_starts, before) - 1
        start, end = self._source_starts[piece], self._source_starts[piece + 1]
        if self.source[start:end].isascii():
            # ASCII pieces fold character by character.
            start += before - self._folded_starts[piece]
            return start, start + 1
        return start, end


@cache
def _piece() -> re.Pattern[str]:
    trail = f"{marks()}{_TRAILING}"
    letter = f"(?:[\\u1039\\u17d2][{unspaced_letters()}]|[{trail}])"
    return re.compile(
        f"[\\t\\n\\r -~]+(?![{trail}])|เเ{letter}*|ເເ{letter}*|.{letter}*", re.DOTALL
    )


def fold(text: str) -> Folded:
    """Fold a text; see docs/queries.md for the rules.

    Idempotent on what `tokens` makes of it; takes any str, lone surrogates too.
    """
    joined, folded_starts, source_starts = _fold_pieces(text)
    mended, cuts, cut = mend(joined)
    return Folded(
        text=one_place(mended.replace("-", " ")),
        source=text,
        _folded_starts=folded_starts,
        _source_starts=source_starts,
        _cuts=cuts,
        _cut=cut,
    )


def _fold_pieces(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """Return a text's pieces folded and joined, and where each starts there and in the text."""
    if text.isascii() and text.isprintable():
        return text.lower(), (0, len(text)), (0, len(text))
    if "၀" in text:
        text = _ZERO_AS_WA.sub("ဝ", text)
    if "，" in text:
        text = _WIDE_THOUSANDS.sub("﹐", text)
    letters = set(text)
    if _folds_letter_by_letter(letters):
        places = range(len(text) + 1)
        return _letter_by_letter(text, letters), places, places
    if not text.startswith(AS_UNICODE) and zawgyi.is_zawgyi(text):
        pieces, folded = _fold_zawgyi(text)
    else:
        pieces = _piece().findall(text)
        folded = list(map(_FOLDED.__getitem__, pieces))
    starts, sources = (0, *accumulate(map(len, folded))), (0, *accumulate(map(len, pieces)))
    return "".join(folded), starts, sources


class _FoldedPieces(dict[str, str]):
    """What pieces are folded to, each found out when it is first met."""

    def __missing__(self, piece: str) -> str:
        folded = _fold_piece(piece)
        # Runs of ASCII are as many as there are texts; letters with marks come again.
        if len(piece) <= _SHORT and len(self) < _KEPT:
            self[piece] = folded
        return folded


#: characters of a piece that is kept, and how many are
_SHORT, _KEPT = 8, 65_536
_FOLDED = _FoldedPieces()
#: characters that fold to one character wherever they stand, and those that do not
_SINGLE: set[str] = set()
_NOT_SINGLE: set[str] = set()


def _folds_letter_by_letter(letters: set[str]) -> bool:
    """Return whether each piece of a text of these characters is one of them, or can be.

    Most texts in Latin letters and in Chinese are such: none of their
    characters has marks behind it, is hidden, or becomes several.
    """
    if not letters.isdisjoint(_NOT_SINGLE):
        return False
    for letter in letters - _SINGLE:
        single = len(_FOLDED[letter]) == 1 and not _joins().match(letter)
        (_SINGLE if single else _NOT_SINGLE).add(letter)
    return letters <= _SINGLE


@cache
def _joins() -> re.Pattern[str]:
    """Return the pattern of what makes one piece with the letter before it, or behind it."""
    return re.compile(f"[{marks()}{_TRAILING}\\u1039\\u17d2\\r\u0e40\u0ec0က-႟]")


def _letter_by_letter(text: str, letters: set[str]) -> str:
    # No letter is folded twice: what it is folded to stays.
    for letter in letters:
        folded = _FOLDED[letter]
        if folded != letter:
            text = text.replace(letter, folded)
    return text


def _fold_piece(piece: str) -> str:
    # A run of ASCII holds nothing hidden; an ASCII letter may have it trailing.
    if piece.isascii() and (piece[-1].isprintable() or piece[-1] in "\t\n\r"):
        piece = piece.lower().replace("\t", " ")
        return piece.replace("\r\n", " \n").replace("\r", "\n")
    return fold_letter(piece)


def _fold_zawgyi(text: str) -> tuple[list[str], list[str]]:
    pairs: list[tuple[str, str]] = []
    at = 0
    for run in zawgyi.BURMESE_RUN.finditer(text):
        pairs += [(piece, piece) for piece in _piece().findall(text[at : run.start()])]
        pairs += zawgyi.convert_run(run[0])
        at = run.end()
    pairs += [(piece, piece) for piece in _piece().findall(text[at:])]
    pairs = _with_marks(pairs)
    return [piece for piece, _ in pairs], [_fold_piece(new) for _, new in pairs]


def _with_marks(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give marks at the edge of a converted run to the letter before them."""
    kept = pairs[:1]
    for old, new in pairs[1:]:
        if new and unicodedata.category(new[0])[0] == "M":
            kept[-1] = (kept[-1][0] + old, kept[-1][1] + new)
        else:
            kept.append((old, new))
    return kept
