"""From a query to what a full-text index can be asked.

The expression finds every story that answers the query, and perhaps more;
`exact` says that it finds no more. Where it is not exact, `match` decides.
The dialect is SQLite's FTS5 with columns `title` and `body`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from news import QueryError
from query.facts import span_of
from query.syntax import And, Field, Near, Node, Not, Or, Query, TopicName, Where, Within, terms_of
from query.terms import Term

#: pairs into which a NEAR over groups is written out; more become AND and are verified
_MOST_PAIRS = 64
#: brackets within one another that FTS5's parser is given: its stack holds 100
#: entries (fts5parse.y) and each level takes up to three
_DEEPEST = 24

Column = Literal["outlet", "source", "language", "country", "when"]
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
    known: COALESCE(published, first seen).
    """

    field: Column
    op: Literal["=", ">=", "<"]
    value: str | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexQuery:
    """What the archive asks its index."""

    #: an FTS5 MATCH expression; None: the filters alone choose
    match: str | None
    #: expression and filters together are the answer; else verify each candidate
    exact: bool
    #: all of them must hold
    filters: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """An expression for a clause, or None where the index cannot narrow it."""

    text: str | None
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
    if found.text is None and not filters:
        what = "this could only be answered by reading every story"
        hint = "add a word that must be there, or a condition such as lang: or since:"
        raise QueryError(query.text, 0, what, hint)
    return IndexQuery(match=found.text, exact=found.exact, filters=filters)


def _filter(node: Node) -> Filter | None:
    match node:
        case Where("since", value):
            return Filter(field="when", op=">=", value=span_of(value)[0])
        case Where("until", value):
            return Filter(field="when", op="<", value=span_of(value)[1])
        case Where(fact, value) if fact in _COLUMNS:
            return Filter(field=_COLUMNS[fact], op="=", value=value)
    return None


def _part(node: Node, field: Field | None, depth: int) -> _Part:  # noqa: PLR0911 - one answer for each kind of node
    if depth > _DEEPEST:
        return _flat(node, field)
    match node:
        case Term():
            return _Part(_scoped(_quoted(node), field), exact=not node.cased)
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


def _quoted(term: Term) -> str:
    # Tokens are letters, marks and digits only: nothing in them needs escaping.
    return f'"{" ".join(term.tokens)}"{"*" * term.prefix}'


def _scoped(text: str, field: Field | None) -> str:
    return f"{field} : {text}" if field else text


def _any(parts: Sequence[_Part]) -> _Part:
    texts = [part.text for part in parts if part.text is not None]
    if len(texts) < len(parts):
        return _ANYTHING
    text = f"({' OR '.join(texts)})" if len(texts) > 1 else texts[0]
    return _Part(text, exact=all(part.exact for part in parts))


def _all(nodes: Sequence[Node], field: Field | None, depth: int) -> _Part:
    """AND; a NOT is handed to the index only if its clause is exact there."""
    wanted = [_part(n, field, depth + 1) for n in nodes if not isinstance(n, Not)]
    barred = [_part(n.part, field, depth + 1) for n in nodes if isinstance(n, Not)]
    texts = [part.text for part in wanted if part.text is not None]
    if not texts:
        return _ANYTHING
    text = f"({' AND '.join(texts)})" if len(texts) > 1 else texts[0]
    if away := [part.text for part in barred if part.exact and part.text is not None]:
        text = f"({text} NOT ({' OR '.join(away)}))"
    return _Part(text, exact=all(part.exact for part in (*wanted, *barred)))


def _near(near: Near, field: Field | None) -> _Part:
    """Write out the pairs where that is the same; else only ask for both sides."""
    left, right = terms_of(near.left), terms_of(near.right)
    pairs = [(a, b) for a in left for b in right]
    if len(pairs) > _MOST_PAIRS:
        both = [_any([_part(term, field, 0) for term in side]) for side in (left, right)]
        return _Part(f"({both[0].text} AND {both[1].text})", exact=False)
    exact = not near.ordered and not any(
        a.cased or b.cased or _may_overlap(a, b) for a, b in pairs
    )
    texts = [f"NEAR({_quoted(a)} {_quoted(b)}, {near.distance})" for a, b in pairs]
    return _any([_Part(_scoped(text, field), exact=exact) for text in texts])


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
    return _any([_Part(text, exact=False) for text in terms]) if terms else _ANYTHING


def _needed(node: Node, field: Field | None) -> list[str]:
    """Return expressions of which one must be there; none: nothing is needed."""
    match node:
        case Term():
            return [_scoped(_quoted(node), field)]
        case Near():
            return _needed(min(node.left, node.right, key=_size), field)
        case Within(name, inner):
            return _needed(inner, name)
        case And(parts):
            found = [needed for part in parts if (needed := _needed(part, field))]
            return min(found, key=len, default=[])
        case Or(parts):
            each = [_needed(part, field) for part in parts]
            return [text for needed in each for text in needed] if all(each) else []
    return []


def _size(side: Node) -> int:
    return len(terms_of(side))
