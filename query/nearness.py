"""Nearness: how much of what a clause asks for a story has, from 0 to 1.

A measure to choose the nearest of many alternatives by, no more: a clause that
holds has 1, one of which nothing is there has 0.
"""

from dataclasses import replace

from news.saying import Sentence, say
from query.documents import Document, Span
from query.matching import holds
from query.syntax import And, Field, Near, Node, Or, Times, Within
from query.terms import Term

Fields = tuple[Field, ...]

#: how places are called to a person
FIELDS: dict[Fields, Sentence] = {
    ("title", "body"): say("in headline or body"),
    ("title",): say("in the headline"),
    ("body",): say("in the body"),
}
OTHER: dict[Field, Field] = {"title": "body", "body": "title"}

# All there but not as asked: in another case, in the other field, too far apart.
_CASE, _FIELD, _APART, _PHRASE, _TIMES = 0.9, 0.7, 0.8, 0.8, 0.9


def nearness(node: Node, document: Document, fields: Fields) -> float:  # noqa: PLR0911 - one answer for each kind of node
    """Return how near a story comes to a clause."""
    if holds(node, document, fields):
        return 1.0
    match node:
        case Term():
            return _term(node, document, fields)
        case Times(term, count):
            found = sum(len(document.text_of(name).apart(term)) for name in fields)
            return _TIMES * found / count
        case Near(left, right):
            sides = (nearness(left, document, fields), nearness(right, document, fields))
            return _APART * sum(sides) / 2
        case Within(name, inner):
            elsewhere = holds(inner, document, (OTHER[name],))
            return max(_FIELD * elsewhere, nearness(inner, document, (name,)))
        case Or(parts):
            return max((nearness(part, document, fields) for part in parts), default=0.0)
        case And(parts):
            return sum(nearness(part, document, fields) for part in parts) / len(parts)
    return 0.0


def _term(term: Term, document: Document, fields: Fields) -> float:
    if term.cased and holds(replace(term, cased=()), document, fields):
        return _CASE
    longest = longest_part(term, document, fields)
    return _PHRASE * (longest[1] - longest[0]) / len(term.tokens) if longest else 0.0


def longest_part(term: Term, document: Document, fields: Fields) -> Span | None:
    """Return the longest run of a phrase's tokens that stands in a story; case is not looked at."""
    size = len(term.tokens)
    longest, start = None, 0
    for end in range(1, size + 1):
        # Where a run stands, so do its parts: no longer one can begin before this one.
        while start < end and not _stands(term, (start, end), document, fields):
            start += 1
        if end - start > (longest[1] - longest[0] if longest else 0) and end - start < size:
            longest = (start, end)
    return longest


def part_of(term: Term, span: Span) -> Term:
    """Return some of a phrase's tokens as a term."""
    ends = span[1] == len(term.tokens)
    return Term(term.tokens[span[0] : span[1]], prefix=term.prefix and ends)


def _stands(term: Term, span: Span, document: Document, fields: Fields) -> bool:
    return holds(part_of(term, span), document, fields)
