"""Burmese in Zawgyi code order, where a date is looked for in it.

Stories keep the letters they were written in: folding (query) makes both
orders one. Only printed dates are read here, so that is what is converted.
"""

import re
from functools import lru_cache

#: What no Burmese in Unicode's order has: U+1039 at a syllable's end, a vowel
#: before its letter, and the code points that Zawgyi took for its own shapes.
_SIGNS = re.compile(
    "\u1039(?![\u1000-\u1021])|\u1004\u1039|(?<![\u1000-\u102a\u103b-\u103e\u1039])\u1031|[\u1060-\u1097]"
)
#: In two months the sign stands between letters, as a stacked pair does in Unicode.
_MONTHS = re.compile("စက္တင္ဘာ|ဇန္နဝါရီ|ဇန္န၀ါရီ")


@lru_cache(maxsize=1024)
def unicode_of(text: str) -> str:
    """Return a text in Zawgyi's order in Unicode's; "" where it is not in Zawgyi's.

    The converter is loaded when the first such text comes: it takes a tenth
    of a second and 30 MB, which no other language should pay.
    """
    if not _SIGNS.search(text) and not _MONTHS.search(text):
        return ""
    from query import zawgyi

    return zawgyi.to_unicode(text)
