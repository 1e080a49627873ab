"""Relaxing: the questions whose answers a query misses by one clause."""

from collections.abc import Iterator
from dataclasses import dataclass

from news.saying import say, word
from query.syntax import And, Near, Node, Not, Or, Query, Within, all_of, canonical, negated

#: characters of a clause that are shown; a topic's names fill pages
LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A question for stories that one clause keeps from answering."""

    #: what they have not, for a person
    missing: str
    #: finds stories that would answer without that clause, and no others
    query: Query


def misses(query: Query) -> list[Miss]:
    """Return one question for each clause that can be let go.

    Of an AND each part can be let go, and a NEAR can become an AND; of an OR,
    those of its alternatives. A single word has no near misses.
    """
    barred = negated(query.root)
    return [
        Miss(missing=missing, query=Query(text=query.text, root=all_of([left, barred])))
        for missing, left in _relaxed(query.root)
    ]


def _relaxed(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield what is missing and what is left to ask for."""
    match node:
        case And(parts):
            for at, part in enumerate(parts):
                others = [*parts[:at], *parts[at + 1 :]]
                missing, left = _let_go(part)
                yield missing, all_of([*others, *left])
        case Near():
            missing, left = _let_go(node)
            yield missing, all_of(left)
        case Or(parts):
            for part in parts:
                yield from _relaxed(part)
        case Within(name, inner):
            for missing, less in _relaxed(inner):
                said = say("{missing} in its {field}", missing=missing, field=word(name))
                yield said, Within(name, less)


def _let_go(part: Node) -> tuple[str, list[Node]]:
    """Return what a story misses that fails this clause alone, and what it still has."""
    match part:
        case Not(barred):
            return say("it has {clause}", clause=_short(barred)), []
        case Near(left, right, distance, ordered):
            sides = {"left": _short(left), "right": _short(right), "n": distance}
            said = (
                say("{left} and {right} are not in this order within {n} words", **sides)
                if ordered
                else say("{left} and {right} are not within {n} words", **sides)
            )
            return said, [left, right]
    return say("it has no {clause}", clause=_short(part)), []


def _short(node: Node) -> str:
    """Return a clause as text, a long one with its middle left out."""
    text = canonical(node)
    grouped = f"({text})" if isinstance(node, And | Or) else text
    return grouped if len(grouped) <= LONGEST else f"{grouped[: LONGEST - 2]} …"
