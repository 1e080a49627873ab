"""Foreign text and addresses made harmless. Pure.

Headlines, names and sentences come from anybody's pages. Nothing of theirs
may start a line, turn the reading direction of what follows, or be a link
that is not a web page. Escaping for HTML is the template's.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

#: Format characters that spelling needs: joiners (Burmese, emoji) and the
#: zero-width space and word joiner (line breaks in Khmer, Thai, Lao, Burmese).
_KEPT_FORMAT = frozenset("\u200b\u200c\u200d\u2060")

#: Signs after which a cluster goes on: joiner, Khmer coeng, Burmese virama.
_JOINS = frozenset("\u200d\u17d2\u1039")

_HOST = re.compile(r"[\w.-]+(:\d{1,5})?|\[[0-9a-fA-F:.]+\](:\d{1,5})?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")

#: Longer addresses are shown without a link: they are nothing one would read or trust.
LONGEST_ADDRESS = 600


class _Shown(dict[int, str]):
    """What stands for each character, filled as they come: for str.translate."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        category = unicodedata.category(sign)
        if category in {"Cc", "Zl", "Zp", "Zs"}:
            shown = " "
        elif category == "Cs" or (category == "Cf" and sign not in _KEPT_FORMAT):
            shown = ""
        else:
            shown = sign
        self[code] = shown
        return shown


_SHOWN = _Shown()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a sentence; marked where a watch hit."""

    text: str
    marked: bool


def clean(text: str) -> str:
    """Return the text as one line without control, direction or lone surrogate characters."""
    return " ".join(text.translate(_SHOWN).split())


def shorten(text: str, limit: int) -> str:
    """Clean the text and cut it to so many characters, never inside a letter with its marks."""
    # A headline of a megabyte is not worth reading to its end.
    whole = clean(text[: 20 * limit])
    if len(whole) <= limit:
        return whole
    cut = limit - 1
    while cut > 0 and goes_on(whole, cut):
        cut -= 1
    return whole[:cut].rstrip() + "…"


def goes_on(text: str, at: int) -> bool:
    """Tell whether the character there belongs to the one before it."""
    sign = text[at]
    return _is_mark(sign) or sign in _JOINS or text[at - 1] in _JOINS


@lru_cache(maxsize=8192)
def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "M"


def safe_link(address: str) -> str:
    """Return the address as something to put behind a link, or "" where it is no web page.

    Only http and https, with a plain host and no user name; what would end
    the address early in running text is percent-encoded.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(parts.netloc):
        return ""
    if clean(address) != address:
        return ""
    # Everything that RFC 3986 allows stays, as do letters of all scripts.
    held = "".join(sign if _may_stand(sign) else quote(sign) for sign in address)
    return held if len(held) <= LONGEST_ADDRESS else ""


def _may_stand(sign: str) -> bool:
    letter = sign.isalnum() or unicodedata.category(sign)[0] == "M"
    return letter or sign in "-._~:/?#[]@!$&()*+,;=%"


def language_tag(language: str) -> str:
    """Return the language for a `lang` attribute; "" where it is not known."""
    return language if _LANGUAGE.fullmatch(language) else ""


def isolated(text: str) -> str:
    """Wrap plain text that holds right-to-left letters, so that it turns nothing else."""
    if any(unicodedata.bidirectional(sign) in {"R", "AL", "AN"} for sign in text):
        return f"\u2068{text}\u2069"
    return text


def pieces(text: str, hits: Sequence[tuple[int, int]], limit: int) -> tuple[Piece, ...]:
    """Return the sentence in parts, hit words apart, cut to about so many characters.

    Offsets outside of the text are cut to it, overlapping ones joined. A long
    sentence is shown from a little before its first hit.
    """
    spans = _joined(hits, len(text))
    begin, end = _window(text, spans, limit)
    found: list[Piece] = []
    at = begin
    for start, stop in spans:
        if stop <= begin or start >= end:
            continue
        found.append(Piece(text=_shown_part(text[at : max(at, start)]), marked=False))
        found.append(Piece(text=_shown_part(text[max(at, start) : min(stop, end)]), marked=True))
        at = min(stop, end)
    found.append(Piece(text=_shown_part(text[at:end]), marked=False))
    if begin > 0:
        found.insert(0, Piece(text="…", marked=False))
    if end < len(text):
        found.append(Piece(text="…", marked=False))
    return tuple(piece for piece in found if piece.text)


def _shown_part(text: str) -> str:
    """Clean a part of a sentence; the spaces at its ends hold the parts apart."""
    middle = clean(text)
    before = " " if text[:1].isspace() and middle else ""
    after = " " if text[-1:].isspace() else ""
    return before + middle + after


def _joined(hits: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, stop in sorted((max(0, a), min(length, b)) for a, b in hits):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(stop, spans[-1][1]))
        elif stop > start:
            spans.append((start, stop))
    return spans


def _window(text: str, spans: list[tuple[int, int]], limit: int) -> tuple[int, int]:
    if len(text) <= limit:
        return 0, len(text)
    first = spans[0][0] if spans else 0
    begin = max(0, min(first - limit // 3, len(text) - limit))
    end = begin + limit
    while 0 < begin < end and goes_on(text, begin):
        begin += 1
    while begin < end < len(text) and goes_on(text, end):
        end -= 1
    return begin, end
