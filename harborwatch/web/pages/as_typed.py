"""Questions that a click makes, in the words as they were typed: ASEAN stays ASEAN. Pure."""

import re
from functools import lru_cache

from news import QueryError
from query import parse
from query.terms import Term

#: characters of a question; in a longer one nobody looks for the letters typed
LONGEST = 1_000

_PIECE = re.compile(r'"[^"]*"|[^\s()"]+')
#: what may stand right before a word and right behind it
_BEFORE, _BEHIND = r"(?:(?<=title:)|(?<=body:)|(?<![^\s(-]))", r"(?![^\s)])"


def as_typed(made: str, text: str) -> str:
    """Return a question made of `text` with the words of that text as they stand there."""
    for folded, typed in _spellings(text):
        made = _put(made, folded, typed)
    return made


@lru_cache(maxsize=64)
def _spellings(text: str) -> tuple[tuple[str, str], ...]:
    """Return words as questions are written, each with what was typed; none where that is unsafe."""
    if len(text) > LONGEST:
        return ()
    pieces = (re.sub("^-?(?:title:|body:)?", "", piece) for piece in _PIECE.findall(text))
    pairs = {folded: piece for piece in pieces if (folded := _folded(piece)) not in ("", piece)}
    asked, again = parse(text), parse(text).canonical()
    for folded, typed in pairs.items():
        again = _put(again, folded, typed)
    try:
        same = parse(again).root == parse(asked.canonical()).root
    except QueryError:
        same = False
    return tuple(pairs.items()) if same else ()


def _folded(piece: str) -> str:
    """Return a plain word or phrase as questions are written; "" for all else."""
    try:
        asked = parse(piece)
    except QueryError:
        return ""
    return asked.canonical() if isinstance(asked.root, Term) else ""


def _put(made: str, folded: str, typed: str) -> str:
    return re.sub(_BEFORE + re.escape(folded) + _BEHIND, lambda _: typed, made)
