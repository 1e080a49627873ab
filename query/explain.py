"""Explaining: why a story answers a query, or what is missing that it does not."""

from collections.abc import Iterator
from dataclasses import dataclass

from news.saying import joined, say
from query import instead
from query.documents import Document
from query.matching import BOTH, Hit, hits_of, holds
from query.nearness import FIELDS, OTHER, nearness
from query.syntax import (
    Amount,
    And,
    Field,
    Near,
    Node,
    Not,
    Or,
    Query,
    Times,
    Where,
    Within,
    canonical,
)
from query.terms import Term

#: characters of a clause that are shown; a topic's names fill pages
LONGEST = 80
#: lines of a rendering, and words shown of a clause
MOST_LINES, MOST_WORDS = 12, 3

_FIELD = {"title": say("headline"), "body": say("body")}

Fields = tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a clause holds in a story, or why not."""

    #: in canonical form
    clause: str
    holds: bool
    #: the words by which it holds; of a NOT that fails, those that must not be there
    hits: tuple[Hit, ...] = ()
    #: what the story lacks, where no part below says it; empty if it holds
    missing: str = ""
    #: how much of what is asked the story has: 1 if it holds, else less
    nearness: float
    #: of AND every part; of OR those that hold, or the nearest one
    parts: tuple["Explanation", ...] = ()

    def leaves(self) -> Iterator["Explanation"]:
        """Yield the clauses that decide, in the order of the query."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def lines(self) -> list[str]:
        """Return it as a few lines for a person: yes or no, then the clauses that decide.

        Each is a sentence of `news.saying`.
        """
        leaves = list(self.leaves())
        shown = [_line(one) for one in sorted(leaves, key=lambda one: one.holds)]
        if len(shown) > MOST_LINES:
            shown = [*shown[:MOST_LINES], say("  and {n} more", n=len(shown) - MOST_LINES)]
        said = say("yes") if self.holds else say("no")
        return [joined(": ", [said, _short(self.clause)]), *shown]

    def __str__(self) -> str:
        return "\n".join(self.lines())


def explain(query: Query, document: Document) -> Explanation:
    """Say why a story answers a query, or which clause is nearest and what it lacks.

    Topics must have been put in by `expand`; else ValueError.
    """
    return _explained(query.root, document, BOTH)


def _explained(node: Node, document: Document, fields: Fields) -> Explanation:
    if isinstance(node, And):
        return _all(node, document, fields)
    if holds(node, document, fields):
        return _held(node, document, fields)
    match node:
        case Or(parts):
            return _none(node, parts, document, fields)
        case Not(part):
            hits = hits_of(part, document, fields)
            there = joined("", [say("it is there"), _words(hits)]) if hits else say("it is so")
            return _lacks(node, document, fields, there, hits)
        case Within(name, inner):
            return _outside(node, name, inner, document)
    return _lacks(node, document, fields, _instead(node, document, fields))


def _instead(node: Node, document: Document, fields: Fields) -> str:
    match node:
        case Term():
            return instead.of_term(node, document, fields)
        case Times():
            return instead.of_times(node, document, fields)
        case Near():
            return instead.of_near(node, document, fields)
        case Where():
            return instead.of_where(node, document)
        case Amount():
            return instead.of_amount(node, document)
    raise ValueError(f"{canonical(node)} is explained by its parts")


def _held(node: Node, document: Document, fields: Fields) -> Explanation:
    """Explain a clause that holds; of an OR the parts that do."""
    parts: tuple[Explanation, ...] = ()
    if isinstance(node, Or):
        parts = tuple(
            _explained(part, document, fields)
            for part in node.parts
            if holds(part, document, fields)
        )
    elif isinstance(node, Within):
        parts = (_explained(node.node, document, (node.field,)),)
    hits = hits_of(node, document, fields)
    return Explanation(clause=canonical(node), holds=True, hits=hits, nearness=1.0, parts=parts)


def _lacks(
    node: Node, document: Document, fields: Fields, missing: str, hits: tuple[Hit, ...] = ()
) -> Explanation:
    near = nearness(node, document, fields)
    return Explanation(
        clause=canonical(node), holds=False, missing=missing, hits=hits, nearness=near
    )


def _all(node: And, document: Document, fields: Fields) -> Explanation:
    return Explanation(
        clause=canonical(node),
        holds=holds(node, document, fields),
        hits=hits_of(node, document, fields),
        nearness=nearness(node, document, fields),
        parts=tuple(_explained(part, document, fields) for part in node.parts),
    )


def _none(node: Or, parts: tuple[Node, ...], document: Document, fields: Fields) -> Explanation:
    """Explain an OR of which no part holds by the part that comes nearest."""
    near = [nearness(part, document, fields) for part in parts]
    if max(near, default=0.0) == 0.0:
        return _lacks(node, document, fields, _none_of(len(parts), fields))
    nearest = parts[near.index(max(near))]
    return Explanation(
        clause=canonical(node),
        holds=False,
        nearness=max(near),
        parts=(_explained(nearest, document, fields),),
    )


def _outside(node: Within, name: Field, inner: Node, document: Document) -> Explanation:
    """Explain a field in which something does not hold: it may do so in the other."""
    other = (OTHER[name],)
    if holds(inner, document, other):
        hits = hits_of(inner, document, other)
        stands = say("it stands {where} only", where=FIELDS[other])
        where = stands if hits else say("it holds {where} only", where=FIELDS[other])
        return _lacks(node, document, (name,), joined("", [where, _words(hits)]), hits)
    below = _explained(inner, document, (name,))
    return Explanation(
        clause=canonical(node), holds=False, nearness=below.nearness, parts=(below,)
    )


def _words(hits: tuple[Hit, ...]) -> str:
    """Return words and where they stand, after a colon."""
    if not hits:
        return ""
    shown = joined(
        ", ",
        [
            joined("", [f'"{hit.words}" (', _FIELD[hit.field], f" {hit.start})"])
            for hit in hits[:MOST_WORDS]
        ],
    )
    if len(hits) > MOST_WORDS:
        shown = say("{some} and {n} more", some=shown, n=len(hits) - MOST_WORDS)
    return joined("", [": ", shown])


def _line(leaf: Explanation) -> str:
    clause = _short(leaf.clause)
    if leaf.holds:
        return joined("", [say("  there: {clause}", clause=clause), _words(leaf.hits)])
    return say("  missing: {clause}: {missing}", clause=clause, missing=leaf.missing)


def _none_of(n: int, fields: Fields) -> str:
    return say("none of these {n} is {where}", n=n, where=FIELDS[fields])


def _short(clause: str) -> str:
    return clause if len(clause) <= LONGEST else f"{clause[: LONGEST - 1]}…"
