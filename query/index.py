"""From a query to what a full-text index can be asked.

The ask finds every story that answers the query, and perhaps more; `exact`
says that it finds no more. Where it is not exact, `match` decides. What is
exact is decided here alone, and by what SQLite's FTS5 can do: an index that
can do less says so beside its own expression.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from news import QueryError
from news.saying import say
from query.affixes import heads
from query.asks import LONGEST_TOKEN, AllOf, AnyOf, Ask, Beside, Words
from query.conditions import span_of
from query.fts5 import fts5
from query.syntax import (
    Amount,
    And,
    Field,
    Near,
    Node,
    Not,
    Or,
    Query,
    Sign,
    Times,
    TopicName,
    Where,
    Within,
    terms_of,
)
from query.terms import Term

#: pairs into which a NEAR over groups is written out; more become AND and are verified
_MOST_PAIRS = 64
#: brackets within one another that FTS5's parser is given: its stack holds 100
#: entries (fts5parse.y) and each level takes up to three
_DEEPEST = 24

Column = Literal["outlet", "source", "language", "country", "when", "event", "amount"]
_COLUMNS: dict[str, Column] = {
    "outlet": "outlet",
    "source": "source",
    "lang": "language",
    "country": "country",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A condition on a column of stories.

    "when" is the time of publication, or of first sight where that is not
    known: COALESCE(published, first seen). "amount" says that one of the
    story's amounts is as its value asks, see `amounts.holds`.
    """

    field: Column
    op: Sign
    value: str | datetime | int | Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexQuery:
    """What the archive asks its index."""

    #: None: the filters alone choose
    ask: Ask | None
    #: ask and filters together are the answer; else verify each candidate
    exact: bool
    #: all of them must hold
    filters: tuple[Filter, ...]

    @property
    def match(self) -> str | None:
        """Return the ask as FTS5's MATCH expression."""
        return None if self.ask is None else fts5(self.ask)


@dataclass(frozen=True, slots=True)
class _Part:
    """What to ask for a clause, or None where the index cannot narrow it."""

    ask: Ask | None
    exact: bool


_ANYTHING = _Part(None, exact=False)


def index_query(query: Query) -> IndexQuery:
    """Return what to ask the index.

    Raises QueryError where every story would have to be read, ValueError where
    topics were not put in by `expand`.
    """
    root = query.root
    parts = root.parts if isinstance(root, And) else (root,)
    rest = [part for part in parts if _filter(part) is None]
    filters = tuple(one for part in parts if (one := _filter(part)))
    found = _all(rest, None, 0) if rest else _Part(None, exact=True)
    if found.ask is None and not filters:
        what = say("this could only be answered by reading every story")
        hint = say("add a word that must be there, or a condition such as lang: or since:")
        raise QueryError(query.text, 0, what, hint)
    return IndexQuery(ask=found.ask, exact=found.exact, filters=filters)


def _filter(node: Node) -> Filter | None:
    match node:
        case Where("since", value):
            return Filter(field="when", op=">=", value=span_of(value)[0])
        case Where("until", value):
            return Filter(field="when", op="<", value=span_of(value)[1])
        case Where("event", value):
            return Filter(field="event", op="=", value=int(value))
        case Amount(sign):
            return Filter(field="amount", op=sign, value=node)
        case Where(condition, value) if condition in _COLUMNS:
            return Filter(field=_COLUMNS[condition], op="=", value=value)
    return None


def _part(node: Node, field: Field | None, depth: int) -> _Part:  # noqa: PLR0911 - one answer for each kind of node
    if depth > _DEEPEST:
        return _flat(node, field)
    match node:
        case Term():
            return _any([_Part(words, exact=_is_exact(node)) for words in _asked(node, field)])
        case Times(term):
            return _Part(_part(term, field, depth).ask, exact=False)
        case Or(parts):
            return _any([_part(part, field, depth + 1) for part in parts])
        case And(parts):
            return _all(parts, field, depth)
        case Near():
            return _near(node, field)
        case Within(name, inner):
            return _part(inner, name, depth)
        case TopicName(name):
            raise ValueError(f"@{name} is not expanded: call query.expand first")
    return _ANYTHING


def _words(term: Term, field: Field | None) -> Words:
    return Words(term.tokens, term.prefix, field)


def _asked(term: Term, field: Field | None) -> list[Words]:
    """Return the words of which one must be there; a root is every word that begins like its forms."""
    if term.affixed:
        return [Words((head,), prefix=True, field=field) for head in sorted(heads(term.tokens[0]))]
    return [_words(term, field)]


def _is_exact(term: Term) -> bool:
    return not (term.cased or term.affixed) and max(map(len, term.tokens)) < LONGEST_TOKEN


def _any(parts: Sequence[_Part]) -> _Part:
    asks = [part.ask for part in parts if part.ask is not None]
    if len(asks) < len(parts):
        return _ANYTHING
    exact = all(part.exact for part in parts)
    return _Part(AnyOf(tuple(asks)) if len(asks) > 1 else asks[0], exact=exact)


def _all(nodes: Sequence[Node], field: Field | None, depth: int) -> _Part:
    """AND; a NOT is handed to the index only if its clause is exact there."""
    wanted = [_part(n, field, depth + 1) for n in nodes if not isinstance(n, Not)]
    barred = [_part(n.part, field, depth + 1) for n in nodes if isinstance(n, Not)]
    asks = tuple(part.ask for part in wanted if part.ask is not None)
    if not asks:
        return _ANYTHING
    away = tuple(part.ask for part in barred if part.exact and part.ask is not None)
    ask = AllOf(asks, away) if len(asks) > 1 or away else asks[0]
    return _Part(ask, exact=all(part.exact for part in (*wanted, *barred)))


def _near(near: Near, field: Field | None) -> _Part:
    """Write out the pairs where that is the same; else only ask for both sides."""
    left, right = terms_of(near.left), terms_of(near.right)
    if len(left) * len(right) > _MOST_PAIRS or any(term.affixed for term in (*left, *right)):
        both = [_any([_part(term, field, 0) for term in side]) for side in (left, right)]
        return _Part(AllOf(tuple(side.ask for side in both if side.ask)), exact=False)
    pairs = [(a, b) for a in left for b in right]
    exact = not near.ordered and all(
        _is_exact(a) and _is_exact(b) and not _may_overlap(a, b) for a, b in pairs
    )
    asks = [Beside(_words(a, field), _words(b, field), near.distance) for a, b in pairs]
    return _any([_Part(ask, exact=exact) for ask in asks])


def _may_overlap(a: Term, b: Term) -> bool:
    """Say whether one token could belong to both: FTS5 calls that near, we do not."""
    if set(a.tokens) & set(b.tokens):
        return True
    return _goes_on(a, b.tokens) or _goes_on(b, a.tokens) or (a.prefix and b.prefix)


def _goes_on(term: Term, tokens: Sequence[str]) -> bool:
    return term.prefix and any(token.startswith(term.tokens[-1]) for token in tokens)


def _flat(node: Node, field: Field | None) -> _Part:
    """Return terms of which one must be there, without any brackets inside."""
    terms = _needed(node, field)
    return _any([_Part(words, exact=False) for words in terms]) if terms else _ANYTHING


def _needed(node: Node, field: Field | None) -> list[Words]:  # noqa: PLR0911 - one answer for each kind of node
    """Return words of which some must be there; none: nothing is needed."""
    match node:
        case Term():
            return _asked(node, field)
        case Times(term):
            return _needed(term, field)
        case Near():
            return _needed(min(node.left, node.right, key=_size), field)
        case Within(name, inner):
            return _needed(inner, name)
        case And(parts):
            found = [needed for part in parts if (needed := _needed(part, field))]
            return min(found, key=len, default=[])
        case Or(parts):
            each = [_needed(part, field) for part in parts]
            return [words for needed in each for words in needed] if all(each) else []
    return []


def _size(side: Node) -> int:
    return len(terms_of(side))
