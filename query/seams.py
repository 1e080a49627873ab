"""What is mended between folded characters: inside names, words and numbers.

Cut out are apostrophes, the short words that hang on them, dashes and quotes
inside names of scripts without spaces, and the marks between thousands.
"""

import re
from functools import cache
from itertools import accumulate

from query.scripts import marks, unspaced, unspaced_letters

#: the decimal point inside a number token. A letter to Unicode, so that a
#: full-text index keeps the number whole; nobody writes it between digits
POINT = "\u02cc"

# Stands for a mark between thousands until it is cut out; folded text has no controls.
_GONE = "\x00"
#: Thai and Lao vowels that stand behind their letter. Nothing is joined before
#: one: it begins no part of a name, and a tone behind it would find another letter
_BEHIND = "ะาำະາຳ"
_ONE_AS_DASH = "(?<=中国|东盟|东协)一(?=中国|东盟|东协)"
# English 's, 'll, 're, 've behind any word, 'd and 'm behind a pronoun (Sa'd is
# a name); Filipino ay, iyan and iyon, and at behind a vowel (can't is no such word).
_CLITIC = (
    r"(?:s|ll|re|ve"
    r"|(?:(?<=\bi.)|(?<=\bhe.)|(?<=\bwe.)|(?<=\bit.)|(?<=\bshe.)|(?<=\byou.)|(?<=\bthey.))[dm]"
    r"|y|y[aou]n|(?<=[aeiou].)t)"
)


def _apostrophe(goes_on: str) -> str:
    """Return the pattern of an apostrophe in a word; `goes_on` is the class of what makes a word longer."""
    return rf"['`](?<=[^\W\d_].)(?:{_CLITIC}(?![{goes_on}])|(?![{_BEHIND}])(?=[^\W\d_]))"


_ASCII_SEAM = re.compile(f"{_GONE}|{_apostrophe('0-9A-Z_a-z')}")

# A number with its marks: 1,234.56 and 1.234,56; 20.000; 0,125; 1.5. Days and
# lists (18.9.2018, 1,2,3; 15,2016) are none: two or more odd marks, or a mark
# before more than two digits that are no thousands.
_NUMBER = re.compile(
    r"(?<![0-9])(?<![0-9][.,])(?:"
    r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?"
    r"|([1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,[0-9]+)?"
    r"|(0)[.,][0-9]+"
    r"|([0-9]+)[.,][0-9]{1,2}"
    r")(?![.,]?[0-9])"
)
_MARK_IN_NUMBER = re.compile("[0-9][.,][0-9]")
_MARKS = str.maketrans(".,", _GONE * 2)


@cache
def _any_seam() -> re.Pattern[str]:
    joint = f"(?<=[{unspaced()}])[ \\t]*+[-·\"'`][-·\"'` \\t]*+(?![{_BEHIND}])(?=[{unspaced_letters()}])"
    apostrophe = _apostrophe(rf"\w{marks()}")
    return re.compile(f"{joint}|{_ONE_AS_DASH}|{_GONE}|{apostrophe}")


def mend(text: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """Cut out what stands inside names, words and numbers but is no part of them.

    Returns the text that is left, the places in it before which something was
    cut, and for each of them how much in all, from the start on.
    """
    seam = _ASCII_SEAM if text.isascii() else _any_seam()
    if _MARK_IN_NUMBER.search(text):
        text = _NUMBER.sub(_one_number, text)
    spans = [found.span() for found in seam.finditer(text)]
    if not spans:
        return text, (), ()
    starts, ends = zip(*spans, strict=True)
    kept = [text[a:b] for a, b in zip((0, *ends), (*starts, len(text)), strict=True)]
    cut = tuple(accumulate(end - start for start, end in spans))
    cuts = tuple(end - gone for (_, end), gone in zip(spans, cut, strict=True))
    return "".join(kept), cuts, cut


def _one_number(number: re.Match[str]) -> str:
    """Mark what is to be cut out of a number; its length stays."""
    whole = number[number.lastindex or 0]
    fraction = number[0][len(whole) + 1 :]
    marked = whole.translate(_MARKS)
    return f"{marked}{POINT}{fraction}" if fraction else marked
