"""Burmese in Zawgyi code order, under Unicode's code points.

Detection: Google's myanmartools (a Markov model over code points).
Conversion: ICU's transliterator Zawgyi-my (CLDR).
"""

import functools
import re
import unicodedata
import warnings
from collections.abc import Callable

import icu
import myanmartools

from query.scripts import HIDDEN

#: a run of Burmese in either encoding
BURMESE_RUN = re.compile(f"[က-႟](?:[က-႟{HIDDEN}]*[က-႟])?")
#: from here on a text is taken as Zawgyi; the model's authors advise .95
THRESHOLD = 0.95

#: Burmese characters looked at: the model is sure within some dozens, and each
#: thousand takes it a millisecond
_LOOKED_AT = 600

# In Zawgyi the e vowel and the shapes of medial ra stand before their letter.
_BEFORE = "ေျၾ-ႄ"
_AFTER = "ါ-ူဲ-်ြ-ှၠ-ၽႅ-႟"
_LETTER = re.compile(f"[{_BEFORE}]{{0,8}}[^{_BEFORE}{_AFTER}][{_AFTER}{HIDDEN}]*|.", re.DOTALL)
# No letter has so many marks, and ICU takes time by the square of their number:
# 3 s for 20,000. They stay as they are.
_HEAP = re.compile(f"([{_BEFORE}{_AFTER}]{{40,}})")
_HIDDEN = re.compile(f"[{HIDDEN}]")


@functools.cache
def _detector() -> Callable[[str], float]:
    with warnings.catch_warnings():
        # myanmartools 1.2 reads its model by a function that Python 3.11 warns of.
        warnings.filterwarnings("ignore", "open_binary is deprecated", DeprecationWarning)
        detector = myanmartools.ZawgyiDetector()
    probability: Callable[[str], float] = detector.get_zawgyi_probability
    return probability


@functools.cache
def _transliterate() -> Callable[[str], str]:
    convert: Callable[[str], str] = icu.Transliterator.createInstance("Zawgyi-my").transliterate
    return convert


def is_zawgyi(text: str) -> bool:
    """Say whether the Burmese part of a text is written in Zawgyi."""
    # u typed before i is a slip in Unicode too (ပုိး); it must not decide.
    runs = BURMESE_RUN.findall(text.replace("ုိ", "ို"))
    return bool(runs) and _probability(" ".join(runs)[:_LOOKED_AT]) > THRESHOLD


@functools.lru_cache(maxsize=64)
def _probability(sample: str) -> float:
    # A story's text is asked about by its folding and by the readers of its facts.
    return _detector()(sample)


def to_unicode(text: str) -> str:
    """Turn Zawgyi code order into Unicode's."""
    parts = _HEAP.split(_HIDDEN.sub("", text))
    return "".join(p if n % 2 else _transliterate()(p) for n, p in enumerate(parts))


_letter = functools.lru_cache(maxsize=16384)(to_unicode)


def convert_run(run: str) -> list[tuple[str, str]]:
    """Return pairs of a piece of the run and its Unicode form.

    The pieces are single letters with their marks where these convert alone as
    they do together; else the one piece is the whole run.
    """
    pairs = [(piece, _letter(piece)) for piece in _LETTER.findall(run)]
    whole = to_unicode(run)
    apart = not any(unicodedata.category(new[0])[0] == "M" for _, new in pairs[1:] if new)
    return pairs if apart and "".join(new for _, new in pairs) == whole else [(run, whole)]
