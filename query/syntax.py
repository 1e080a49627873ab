"""The syntax tree of a query, and its canonical form as text.

Trees are built by `any_of`, `all_of` and `negated` only, which join what can
be joined, so that equal questions have equal trees.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from query.terms import Term, canonical_term

_BARE = re.compile(r"[\w./-]+")

Field = Literal["title", "body"]
Condition = Literal["outlet", "source", "lang", "country", "author", "since", "until", "event"]
Sign = Literal[">", ">=", "<", "<=", "="]


@dataclass(frozen=True, slots=True)
class Within:
    """A question asked of one field of the story only."""

    field: Field
    node: "Node"


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on what is known of the story beside its text."""

    condition: Condition
    #: lower case, a country in capitals; a day, month or year: "2018-09-20", "2018";
    #: the number of an event
    value: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A condition on the amounts of money that a story names: one of them is so."""

    sign: Sign
    #: in plain units: 1e9 for 1bn
    value: float
    #: ISO 4217: amounts compare within one currency
    currency: str


@dataclass(frozen=True, slots=True)
class TopicName:
    """A topic by its name: @bri, only its sure names: @bri/core, or a facet: @caih/trade."""

    id: str
    #: "core", the id of a facet, or "" for all of it
    part: str = ""
    #: where it stands in the query, for errors
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """Every part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold anywhere in the story."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Near:
    """Both stand in one field, apart, with at most so many tokens between them."""

    #: a term, terms joined by OR, or @topic/core
    left: "Node"
    right: "Node"
    distance: int
    #: left comes first
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """A term stands in the story at least so many times, each place apart from the others."""

    term: Term
    #: 2 or more
    count: int


@dataclass(frozen=True, slots=True)
class Otherwise:
    """The story itself says that an abbreviation stands for something else, see `glosses`."""

    #: in capitals
    abbreviation: str
    #: the stems of the names that it should stand for; unsaid, since every process would say
    #: a set in another order, and readings are known again by what their queries say
    known: frozenset[str] = field(repr=False)


Node = Term | Times | Within | Where | Amount | TopicName | And | Or | Not | Near | Otherwise


@dataclass(frozen=True, slots=True)
class Query:
    """A question: its text as asked, and what it means. Equal if they mean the same."""

    text: str = field(compare=False)
    root: Node

    def canonical(self) -> str:
        """Return the one way to write this question; it parses to an equal tree."""
        return canonical(self.root)

    def topics(self) -> frozenset[str]:
        """Return the ids of the topics that it names."""
        return frozenset(node.id for node in walk(self.root) if isinstance(node, TopicName))


def any_of(parts: Iterable[Node]) -> Node:
    """Join by OR; an OR among the parts is opened, one part is itself."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Or) else [part])]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def all_of(parts: Iterable[Node]) -> Node:
    """Join by AND; an AND among the parts is opened, one part is itself."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, And) else [part])]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def negated(node: Node) -> Node:
    """Return the opposite; twice is nothing."""
    return node.part if isinstance(node, Not) else Not(node)


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it."""
    waiting = [node]
    while waiting:
        waiting += reversed(_below(found := waiting.pop()))
        yield found


def terms_of(side: Node) -> list[Term]:
    """Return the terms of one side of a NEAR.

    Raises ValueError where a topic in it was not expanded.
    """
    parts = side.parts if isinstance(side, Or) else (side,)
    terms = [part for part in parts if isinstance(part, Term)]
    if len(terms) < len(parts):
        raise ValueError("a side of NEAR is not expanded: call query.expand first")
    return terms


def _below(node: Node) -> tuple[Node, ...]:
    match node:
        case And(parts) | Or(parts):
            return parts
        case Not(part) | Within(_, part):
            return (part,)
        case Near(left, right):
            return (left, right)
        case Times(term):
            return (term,)
    return ()


def canonical(node: Node) -> str:  # noqa: PLR0911 - one answer for each kind of node
    """Return a tree as text."""
    match node:
        case Otherwise(abbreviation):
            return f"{abbreviation} meaning something else"
        case Term():
            return canonical_term(node)
        case Times(term, count):
            return f"{{{count}}}{canonical_term(term)}"
        case Within(name, inner):
            return f"{name}:{_grouped(inner)}"
        case Where(condition, value):
            return f"{condition}:{value}" if _BARE.fullmatch(value) else f'{condition}:"{value}"'
        case Amount(sign, value, currency):
            return f"amount{sign}{Decimal(repr(value)).normalize():f} {currency}"
        case TopicName(name, part):
            return f"@{name}/{part}" if part else f"@{name}"
        case And(parts):
            return " AND ".join(_grouped(p) if isinstance(p, Or) else canonical(p) for p in parts)
        case Or(parts):
            return " OR ".join(_grouped(p) if isinstance(p, And) else canonical(p) for p in parts)
        case Not(part):
            return f"NOT {_grouped(part)}"
        case Near(left, right, distance, ordered):
            name = "ONEAR" if ordered else "NEAR"
            return f"{_grouped(left)} {name}/{distance} {_grouped(right)}"


def _grouped(node: Node) -> str:
    alone = isinstance(node, Term | Times | Where | Amount | TopicName | Within)
    return canonical(node) if alone else f"({canonical(node)})"
