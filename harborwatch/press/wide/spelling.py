"""Text to bytes, as old content systems write them."""

from __future__ import annotations

import unicodedata

#: Grave, acute, tilde, hook above and dot below stand apart in cp1258.
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _apart(letter: str) -> str:
    """Part a Vietnamese letter into its base with hat, breve or horn, and its tone."""
    marks = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in marks if mark in _TONES)
    base = "".join(mark for mark in marks if mark not in _TONES)
    return unicodedata.normalize("NFC", base) + tone


def _vietnamese(letter: str) -> str:
    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        return _apart(letter)
    return letter


def encoded(text: str, codec: str) -> bytes:
    """Write a text in a codec; what it lacks becomes a character reference.

    cp1258 wants the tones of Vietnamese apart from their letters (Unicode's
    CP1258.TXT has no precomposed letter with circumflex and tone).
    """
    if codec == "cp1258":
        text = "".join(map(_vietnamese, text))
    return text.encode(codec, "xmlcharrefreplace")
