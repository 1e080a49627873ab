"""Folding: one text for what the press writes many ways, with the way back.

A text is cut into pieces (a run of ASCII, or one letter with its marks). Each
piece is folded alone; then the seams between pieces are mended: dashes and
quotes inside names, apostrophes, 一 for a dash. Both steps remember where
every character came from.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

from query import zawgyi
from query.letters import fold_letter
from query.scripts import HIDDEN, marks, unspaced, unspaced_letters

#: raised whenever a text folds or splits into tokens otherwise than before;
#: the archive then makes its index anew
FOLDING_VERSION = 1

#: a text that begins so (a word joiner) is taken as Unicode, not as Zawgyi;
#: canonical forms of short and odd Burmese need it
AS_UNICODE = "\u2060"

# What is hidden belongs to the letter before it; so do Thai and Lao sara am,
# half-width voicing marks and Hangul vowels and finals.
_TRAILING = f"{HIDDEN}ำຳﾞﾟᅠ-ᇿ"
# Burmese digit zero for the letter wa (ဘ၀ for ဘဝ), a habit of Zawgyi keyboards.
_ZERO_AS_WA = re.compile("(?<=[က-ဿ])၀(?![၀-၉])|(?<![၀-၉])၀(?=[က-ဿ])")
_ONE_AS_DASH = "(?<=中国|东盟|东协)一(?=中国|东盟|东协)"
# The English possessive goes with its apostrophe: China's is found by China.
_APOSTROPHE = r"(?<=[^\W\d_])['`](?:s(?!\w)|(?=[^\W\d_]))"
_ASCII_SEAM = re.compile(_APOSTROPHE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A folded text that knows where its characters came from."""

    text: str
    #: the text as it was given
    source: str = field(repr=False)
    #: for each piece: where it starts before the seams were mended
    _folded_starts: tuple[int, ...] = field(repr=False, compare=False)
    #: for each piece: where it starts in the source; one more for the end
    _source_starts: tuple[int, ...] = field(repr=False, compare=False)
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


@cache
def _any_seam() -> re.Pattern[str]:
    joint = f"(?<=[{unspaced()}])[ \\t]*+[-·\"'`][-·\"'` \\t]*+(?=[{unspaced_letters()}])"
    return re.compile(f"{joint}|{_ONE_AS_DASH}|{_APOSTROPHE}")


def fold(text: str) -> Folded:
    """Fold a text; see docs/queries.md for the rules.

    Idempotent on what `tokens` makes of it; takes any str, lone surrogates too.
    """
    pieces, folded = _fold_pieces(text)
    joined = "".join(folded)
    mended, cuts, cut = _mend(joined)
    return Folded(
        text=mended.replace("-", " "),
        source=text,
        _folded_starts=(0, *accumulate(map(len, folded))),
        _source_starts=(0, *accumulate(map(len, pieces))),
        _cuts=cuts,
        _cut=cut,
    )


def _fold_pieces(text: str) -> tuple[list[str], list[str]]:
    """Return the pieces of a text, and each one folded."""
    if text.isascii() and text.isprintable():
        return [text], [text.lower()]
    text = _ZERO_AS_WA.sub("ဝ", text)
    if not text.startswith(AS_UNICODE) and zawgyi.is_zawgyi(text):
        return _fold_zawgyi(text)
    pieces: list[str] = _piece().findall(text)
    return pieces, [_fold_piece(piece) for piece in pieces]


def _fold_piece(piece: str) -> str:
    # A run of ASCII holds nothing hidden; an ASCII letter may have it trailing.
    if piece.isascii() and (piece[-1].isprintable() or piece[-1] in "\t\n\r"):
        return piece.lower().replace("\t", " ").replace("\r", "\n")
    return fold_letter(piece)


def _fold_zawgyi(text: str) -> tuple[list[str], list[str]]:
    pairs: list[tuple[str, str]] = []
    at = 0
    for run in zawgyi.BURMESE_RUN.finditer(text):
        pairs += [
            (piece, _fold_piece(piece)) for piece in _piece().findall(text[at : run.start()])
        ]
        pairs += [(old, fold_letter(new)) for old, new in zawgyi.convert_run(run[0])]
        at = run.end()
    pairs += [(piece, _fold_piece(piece)) for piece in _piece().findall(text[at:])]
    return [piece for piece, _ in pairs], [folded for _, folded in pairs]


def _mend(text: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """Cut out what stands inside names but is no part of them; say where, how much."""
    seam = _ASCII_SEAM if text.isascii() else _any_seam()
    spans = [found.span() for found in seam.finditer(text)]
    if not spans:
        return text, (), ()
    starts, ends = zip(*spans, strict=True)
    kept = [text[a:b] for a, b in zip((0, *ends), (*starts, len(text)), strict=True)]
    cut = tuple(accumulate(end - start for start, end in spans))
    cuts = tuple(end - gone for (_, end), gone in zip(spans, cut, strict=True))
    return "".join(kept), cuts, cut
