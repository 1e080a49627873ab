"""Kinds of characters, as pieces of regular-expression classes.

"Unspaced" scripts write no space between words: Han, kana, bopomofo, Thai,
Lao, Khmer and Burmese. The classes are read from Python's own Unicode tables,
so that they agree with the `unicodedata` that folds.
"""

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

#: blocks of the unspaced scripts (Unicode 15, Blocks.txt)
_UNSPACED_BLOCKS = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3031, 0x3035),
    (0x3038, 0x303C),
    (0x3041, 0x30FF),  # kana
    (0x3100, 0x312F),  # bopomofo
    (0x31A0, 0x31BF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA9E0, 0xA9FF),  # Myanmar extended B
    (0xAA60, 0xAA7F),  # Myanmar extended A
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)

#: hyphens, dashes and the minus; NFKC has made - of the full-width ones
DASHES = "-‐‑‒–—―−⁃⸺⸻"
#: dots that join names: 中国·东盟
DOTS = "·・•‧∙･"
#: quotes and title marks that fall inside names
QUOTES = '"“”„‟«»‹›「」『』《》〈〉〝〞＂'
#: the prime and its letter are typed for it too; the acute accent see query.letters
APOSTROPHES = "'‘’‚‛ʻʼ＇`′ʹ"
#: what ends a run of an unspaced script: clause and sentence marks of the
#: Latin, Chinese, Khmer (។ ៕ ៖), Burmese (၊ ။) and Thai (๚ ๛) press, and brackets
BREAKS = ".,;:!?()。，、；：！？…[]{}【】〔〕។៕៖၊။๚๛।"

#: class of what has no width and no meaning here: controls, soft hyphen,
#: joiners and zero-width spaces, direction marks, halves of surrogate pairs, tags
HIDDEN = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0001-\U000e01ef"
)


def _spans(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of each run of neighbouring numbers."""
    first = last = -2
    for code in codes:
        if code != last + 1:
            if last >= 0:
                yield first, last
            first = code
        last = code
    if last >= 0:
        yield first, last


def _character_class(codes: Iterable[int]) -> str:
    return "".join(
        re.escape(chr(a)) if a == b else f"{re.escape(chr(a))}-{re.escape(chr(b))}"
        for a, b in _spans(codes)
    )


def _of_blocks(wanted: Callable[[str], bool]) -> str:
    codes = (code for a, b in _UNSPACED_BLOCKS for code in range(a, b + 1))
    return _character_class(code for code in codes if wanted(unicodedata.category(chr(code))))


@functools.cache
def marks(but: str = "") -> str:
    """Return the class of all combining marks of the basic plane but those given."""
    codes = range(0x300, 0x10000)
    return _character_class(
        c for c in codes if unicodedata.category(chr(c))[0] == "M" and chr(c) not in but
    )


@functools.cache
def unspaced_letters() -> str:
    """Return the class of letters of the unspaced scripts; their decimal digits are not in it."""
    return _of_blocks(lambda category: category[0] == "L" or category in {"Nl", "No"})


@functools.cache
def unspaced() -> str:
    """Return the class of letters and marks of the unspaced scripts."""
    return unspaced_letters() + _of_blocks(lambda category: category[0] == "M")
