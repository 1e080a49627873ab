"""Questions that a click makes, in the words as they were typed: ASEAN stays ASEAN. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from news import QueryError
from query import parse
from query.terms import Term

#: characters of a question; in a longer one nobody looks for the letters typed
LONGEST = 1_000

_PIECE = re.compile(r'"[^"]*"|[^\s()"]+')
#: what may stand right before a word and right behind it
_BEFORE, _BEHIND = r"(?:(?<=title:)|(?<=body:)|(?<![^\s(-]))", r"(?![^\s)])"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """Words as questions are written, each with what was typed, and where they stand."""

    words: Mapping[str, str]
    places: re.Pattern[str]

    def put_into(self, made: str) -> str:
        return self.places.sub(lambda found: self.words[found[0]], made)


def as_typed(made: str, text: str) -> str:
    """Return a question made of `text` with the words of that text as they stand there."""
    typed = _typed(text)
    return typed.put_into(made) if typed else made


@lru_cache(maxsize=64)
def _typed(text: str) -> _Typed | None:
    """Return the words of a question that are typed otherwise; None where that is unsafe."""
    if len(text) > LONGEST:
        return None
    pieces = (re.sub("^-?(?:title:|body:)?", "", piece) for piece in _PIECE.findall(text))
    words = {folded: piece for piece in pieces if (folded := _folded(piece)) not in ("", piece)}
    if not words:
        return None
    # The longest first: none is to be found within another.
    names = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    typed = _Typed(words=words, places=re.compile(f"{_BEFORE}(?:{names}){_BEHIND}"))
    asked = parse(text)
    try:
        same = parse(typed.put_into(asked.canonical())).root == parse(asked.canonical()).root
    except QueryError:
        same = False
    return typed if same else None


def _folded(piece: str) -> str:
    """Return a plain word or phrase as questions are written; "" for all else."""
    try:
        asked = parse(piece)
    except QueryError:
        return ""
    return asked.canonical() if isinstance(asked.root, Term) else ""
