"""What PostgreSQL's full-text search holds and is asked: literals of tsvector and tsquery.

Never to_tsvector: its parser breaks Thai and knows no Lao, Khmer or Burmese.
One tsvector holds both fields, the headline under weight A, the body behind a
gap that no neighbours reach over. It has limits that FTS5 has not
(postgresql.org/docs/current/textsearch-limitations.html): a story that meets
one is marked in its own tsvector, found by its words alone, and verified.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from query.asks import LONGEST_TOKEN, AllOf, AnyOf, Ask, Beside, Words

#: PostgreSQL keeps 256 positions of a lexeme, and none above 16,383
_MOST_POSITIONS, _LAST_POSITION = 255, 16_382
#: bytes of a tsvector: PostgreSQL's limit is 1,048,575 (MAXSTRPOS)
_LARGEST = 1_000_000
#: neighbours this far apart are written out, one distance after the other;
#: beyond it both need only stand in the story
_FARTHEST = 24
#: positions between headline and body
_GAP = 100
#: characters of a tsquery; its operands together may take 1,048,575 bytes, and
#: a query's terms alone never come to more than this
_LONGEST_QUERY = 200_000
#: parts that are joined without brackets; PostgreSQL walks a long chain by recursion
_CHAIN = 16

#: marks in a tsvector, for private use as a token never is: some positions are
#: not held; no words are held
PARTLY, UNHELD = "\ue001", "\ue002"


@dataclass(frozen=True, slots=True)
class TsVector:
    """A literal of type tsvector."""

    text: str
    #: every word is held with every position; else what is found is verified
    whole: bool


@dataclass(frozen=True, slots=True)
class TsQuery:
    """A literal of type tsquery."""

    text: str
    #: it says what was asked, of stories that are held whole; else more
    exact: bool
    #: it asks where words stand, not only whether: PostgreSQL's planner knows
    #: how many stories have the words, not how many have them there
    positional: bool = False


def tsvector(title: str, body: str) -> TsVector:
    """Return what is held of a story; `title` and `body` are tokens joined by spaces."""
    places: dict[str, list[str]] = {}
    whole, at = True, 0
    for weight, text in (("A", title), ("", body)):
        for token in text.split():
            at += 1
            kept = places.setdefault(token[:LONGEST_TOKEN], [])
            if at <= _LAST_POSITION and len(kept) < _MOST_POSITIONS:
                kept.append(f"{at}{weight}")
            else:
                whole = False
        at += _GAP
    if sum(len(token.encode()) + 2 * len(kept) + 4 for token, kept in places.items()) > _LARGEST:
        return TsVector(f"{_quoted(PARTLY)} {_quoted(UNHELD)}", whole=False)
    if not whole:
        places[PARTLY] = []
    return TsVector(" ".join(_held(token, kept) for token, kept in places.items()), whole=whole)


def tsquery(ask: Ask) -> TsQuery:
    """Return an ask as a tsquery."""
    strict, loose = _strict(ask), _loose(ask)
    if len(strict.text) > _LONGEST_QUERY:
        strict = TsQuery(loose, exact=False)
    texts = [strict.text, _quoted(UNHELD)]
    if strict.text != loose:
        texts.append(f"({_quoted(PARTLY)} & {loose})")
    return TsQuery(" | ".join(texts), exact=strict.exact, positional=strict.text != loose)


def _held(token: str, places: Sequence[str]) -> str:
    return f"{_quoted(token)}:{','.join(places)}" if places else _quoted(token)


def _quoted(token: str) -> str:
    escaped = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _strict(ask: Ask) -> TsQuery:
    """Return what an ask means for stories that are held whole."""
    match ask:
        case Words():
            return TsQuery(_phrase(ask), exact=True)
        case Beside():
            return _beside(ask)
        case AnyOf(parts):
            each = [_strict(part) for part in parts]
            return TsQuery(_chain("|", [e.text for e in each]), exact=all(e.exact for e in each))
        case AllOf(parts, barred):
            wanted = [_strict(part) for part in parts]
            away = [_strict(part) for part in barred]
            texts = [one.text for one in wanted]
            # A bar that says more than was asked would keep answers away.
            texts += [f"!({one.text})" for one in away if one.exact]
            return TsQuery(_chain("&", texts), exact=all(one.exact for one in (*wanted, *away)))


def _beside(ask: Beside) -> TsQuery:
    """Write out every distance, for both orders, behind the words that must be there at all."""
    if ask.distance > _FARTHEST:
        return TsQuery(_loose(ask), exact=False)
    left, right = _phrase(ask.left), _phrase(ask.right)
    pairs = [
        f"{first} <{apart}> {second}"
        for first, second in ((left, right), (right, left))
        for apart in range(1, ask.distance + 2)
    ]
    return TsQuery(_chain("&", [_loose(ask), _chain("|", pairs)]), exact=True)


def _loose(ask: Ask) -> str:
    """Return an ask without positions, fields and bars: what all its answers hold."""
    match ask:
        case Words():
            return _chain("&", _lexemes(ask))
        case Beside(left, right):
            return _chain("&", [_loose(left), _loose(right)])
        case AnyOf(parts):
            return _chain("|", map(_loose, parts))
        case AllOf(parts):
            return _chain("&", map(_loose, parts))


def _phrase(words: Words) -> str:
    weight = {"title": "A", "body": "D", None: ""}[words.field]
    lexemes = _lexemes(words, weight)
    return f"({' <-> '.join(lexemes)})" if len(lexemes) > 1 else lexemes[0]


def _lexemes(words: Words, weight: str = "") -> list[str]:
    *first, last = (_quoted(token[:LONGEST_TOKEN]) for token in words.tokens)
    star = "*" * words.prefix
    return [*(_labelled(token, weight) for token in first), _labelled(last, star + weight)]


def _labelled(token: str, label: str) -> str:
    return f"{token}:{label}" if label else token


def _chain(sign: str, texts: Iterable[str]) -> str:
    """Join parts, many of them as a balanced tree: recursion stays shallow."""
    parts = list(dict.fromkeys(texts))
    while len(parts) > _CHAIN:
        parts = [_bracketed(sign, parts[at : at + _CHAIN]) for at in range(0, len(parts), _CHAIN)]
    return _bracketed(sign, parts)


def _bracketed(sign: str, parts: Sequence[str]) -> str:
    return f"({f' {sign} '.join(parts)})" if len(parts) > 1 else parts[0]
