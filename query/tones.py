"""Where the tone mark of a Vietnamese syllable stands: hòa and hoà are one word.

Of oa, oe and uy that end a syllable, the old style marks the first vowel, the
new style the second (Quy tắc chính tả, decision 240/QĐ of 1984). Both are in
the press. All become the new style; every other vowel keeps its mark where it
stands, and no mark is ever dropped.
"""

import re
import unicodedata
from functools import cache

from query.scripts import marks, unspaced

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_PAIRS = ("oa", "oe", "uy")


def _with(vowel: str, tone: str) -> str:
    return unicodedata.normalize("NFC", vowel + tone)


@cache
def _new_style() -> dict[str, str]:
    """Return each pair of vowels in the old style by the new, in all cases."""
    cases = ((str.lower, str.lower), (str.upper, str.lower), (str.upper, str.upper))
    pairs = [(one(pair[0]), two(pair[1])) for pair in _PAIRS for one, two in cases]
    return {_with(a, tone) + b: a + _with(b, tone) for a, b in pairs for tone in _TONES}


@cache
def _old_style() -> re.Pattern[str]:
    pairs = "|".join(_new_style())
    # The pair must end its token: in hoàn and khoèo the place is not free.
    return re.compile(rf"(?:{pairs})(?![^\W\d_{unspaced()}]|[{marks()}])")


def one_place(text: str) -> str:
    """Put the tone mark of oa, oe and uy on the second vowel; the length stays."""
    return text if text.isascii() else _old_style().sub(lambda pair: _new_style()[pair[0]], text)
