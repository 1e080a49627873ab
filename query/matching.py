"""The matcher: says whether a story answers a query, and by which words."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from query.documents import Document, FieldText, Span
from query.facts import span_of
from query.syntax import (
    And,
    Field,
    Near,
    Node,
    Not,
    Or,
    Query,
    TopicName,
    Where,
    Within,
    canonical,
    terms_of,
)
from query.terms import Term, term

BOTH: tuple[Field, ...] = ("title", "body")

Found = tuple[Span, Term]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Words of a story that a clause of the query found."""

    field: Field
    #: characters from the start of the field as it was given
    start: int
    end: int
    #: the words as the story writes them
    words: str
    #: the smallest clause that found them, in canonical form
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A yes, and why."""

    #: in the order of the text, the headline first; empty where only conditions
    #: such as lang:id decided
    hits: tuple[Hit, ...]


def match(query: Query, document: Document) -> Match | None:
    """Ask a story a query; None means no.

    Topics must have been put in by `expand`; else ValueError.
    """
    if not holds(query.root, document, BOTH):
        return None
    return Match(hits=_one_each(_hits(query.root, document, BOTH)))


def _one_each(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Keep one hit for the same words, that of the shortest clause; order by the text."""
    best: dict[tuple[int, int, int], Hit] = {}
    for hit in hits:
        key = (BOTH.index(hit.field), hit.start, hit.end)
        if key not in best or len(hit.clause) < len(best[key].clause):
            best[key] = hit
    return tuple(best[key] for key in sorted(best))


def holds(node: Node, document: Document, fields: tuple[Field, ...]) -> bool:  # noqa: PLR0911 - one answer for each kind of node
    """Decide whether a clause holds in some of the fields."""
    match node:
        case Term():
            return any(document.text_of(name).has(node) for name in fields)
        case Or(parts):
            return any(holds(part, document, fields) for part in _possible(parts, document))
        case And(parts):
            return all(holds(part, document, fields) for part in parts)
        case Not(part):
            return not holds(part, document, fields)
        case Near():
            return any(True for name in fields for _ in _pairs(node, document, name))
        case Within(name, inner):
            return holds(inner, document, (name,))
        case Where():
            return _is_so(node, document)
        case TopicName(name):
            raise ValueError(f"@{name} is not expanded: call query.expand first")


def _is_so(where: Where, document: Document) -> bool:  # noqa: PLR0911 - one answer for each fact
    match where.fact:
        case "outlet":
            return document.outlet == where.value
        case "source":
            return document.source == where.value
        case "lang":
            return document.language == where.value
        case "country":
            return document.country == where.value
        case "author":
            name = term(where.value)
            return name is not None and any(author.has(name) for author in document.authors)
        case "since":
            return document.when is not None and document.when >= span_of(where.value)[0]
        case "until":
            return document.when is not None and document.when < span_of(where.value)[1]


def _possible(parts: Sequence[Node], document: Document) -> list[Node]:
    """Leave out terms whose first token the story does not have: mostly all of them."""
    words = document.words
    return [
        part for part in parts if type(part) is not Term or part.tokens[0] in words or part.prefix
    ]


def _found(side: Node, document: Document, name: Field) -> list[Found]:
    """Return where a side of NEAR stands, in the order of the text."""
    text = document.text_of(name)
    terms = (part for part in terms_of(side) if part.tokens[0] in document.words or part.prefix)
    found = [(span, part) for part in terms for span in text.spans(part)]
    return sorted(found, key=lambda one: one[0])


def _pairs(near: Near, document: Document, name: Field) -> Iterator[tuple[Found, Found]]:
    """Yield each place of either side with the other side's nearest within reach."""
    left = _found(near.left, document, name)
    right = _found(near.right, document, name) if left else []
    if left and right:
        yield from _ordered_pairs(left, right, near.distance)
        if not near.ordered:
            yield from _ordered_pairs(right, left, near.distance)


def _ordered_pairs(
    first: list[Found], second: list[Found], distance: int
) -> Iterator[tuple[Found, Found]]:
    starts = [span[0] for span, _ in second]
    for one in first:
        end = one[0][1]
        at = bisect_left(starts, end)
        if at < len(starts) and starts[at] <= end + distance:
            yield one, second[at]


def _hits(node: Node, document: Document, fields: tuple[Field, ...]) -> Iterator[Hit]:
    """Yield the words by which a clause that holds does so."""
    match node:
        case Term(quiet=False):
            for name in fields:
                text = document.text_of(name)
                for span in text.spans(node):
                    yield _hit(name, text, span, node)
        case Or(parts) | And(parts):
            for part in _possible(parts, document):
                if holds(part, document, fields):
                    yield from _hits(part, document, fields)
        case Within(name, inner):
            yield from _hits(inner, document, (name,))
        case Near():
            for name in fields:
                yield from _near_hits(node, document, name)


def _near_hits(near: Near, document: Document, name: Field) -> Iterator[Hit]:
    text = document.text_of(name)
    for first, second in _pairs(near, document, name):
        pair = Near(first[1], second[1], near.distance, near.ordered)
        for span, side in (first, second):
            if not side.quiet:
                yield _hit(name, text, span, pair)


def _hit(name: Field, text: FieldText, span: Span, clause: Node) -> Hit:
    start, end = text.original(span)
    words = text.folded.source[start:end]
    return Hit(field=name, start=start, end=end, words=words, clause=canonical(clause))
