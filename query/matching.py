"""The matcher: says whether a story answers a query, and by which words."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from query import amounts
from query.conditions import span_of
from query.documents import Document, FieldText, Span
from query.glosses import Gloss, meant_otherwise
from query.syntax import (
    Amount,
    And,
    Field,
    Near,
    Node,
    Not,
    Or,
    Otherwise,
    Query,
    Times,
    TopicName,
    Where,
    Within,
    canonical,
    terms_of,
)
from query.terms import Term, term

BOTH: tuple[Field, ...] = ("title", "body")

Found = tuple[Span, Term]
AnyNode = TypeVar("AnyNode", bound=Node)


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


class Match:
    """A yes, and why. The words are looked up when they are first asked for."""

    __slots__ = ("_hits",)

    def __init__(self, *, hits: tuple[Hit, ...] | Callable[[], tuple[Hit, ...]]) -> None:
        self._hits = hits

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The words, in the order of the text, the headline first.

        Empty where only conditions such as lang:id decided.
        """
        if not isinstance(self._hits, tuple):
            self._hits = self._hits()
        return self._hits

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Match) and self.hits == other.hits

    def __hash__(self) -> int:
        return hash(self.hits)

    def __repr__(self) -> str:
        return f"Match(hits={self.hits!r})"


def match(query: Query, document: Document) -> Match | None:
    """Ask a story a query; None means no.

    Topics must have been put in by `expand`; else ValueError.
    """
    return words_found(query, document) if holds(query.root, document, BOTH) else None


def words_found(query: Query, document: Document) -> Match:
    """Return the match of a query that holds."""
    return Match(hits=partial(_said, query, document))


def _said(query: Query, document: Document) -> tuple[Hit, ...]:
    return _one_each(_hits(query.root, document, BOTH))


def hits_of(node: Node, document: Document, fields: tuple[Field, ...]) -> tuple[Hit, ...]:
    """Return the words by which a clause holds in some of the fields; none if it does not."""
    return _one_each(_hits(node, document, fields)) if holds(node, document, fields) else ()


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
        case Times(term, count):
            return sum(len(document.text_of(name).apart(term)) for name in fields) >= count
        case Or(parts):
            return any(holds(part, document, fields) for part in _possible(parts, document))
        case And(parts):
            return all(holds(part, document, fields) for part in parts)
        case Not(part):
            return not holds(part, document, fields)
        case Near():
            return any(True for name in fields for _ in pairs(node, document, name))
        case Within(name, inner):
            return holds(inner, document, (name,))
        case Where():
            return _is_so(node, document)
        case Amount():
            return any(amounts.holds(node, named) for named in document.amounts)
        case Otherwise():
            return bool(_elsewhere(node, document))
        case TopicName(name):
            raise ValueError(f"@{name} is not expanded: call query.expand first")


def _elsewhere(node: Otherwise, document: Document) -> list[tuple[Field, Gloss]]:
    """Return where a story gives an abbreviation another meaning; in both fields, whatever is asked."""
    found: list[tuple[Field, Gloss]] = []
    for name in BOTH:
        glosses = meant_otherwise(node.abbreviation, document.text_of(name).source, node.known)
        if glosses is None:
            return []
        found += [(name, gloss) for gloss in glosses]
    return found


def _is_so(where: Where, document: Document) -> bool:  # noqa: PLR0911 - one answer each
    match where.condition:
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
        case "event":
            return document.event == int(where.value)
        case "since":
            return document.when is not None and document.when >= span_of(where.value)[0]
        case "until":
            return document.when is not None and document.when < span_of(where.value)[1]


def _possible(parts: Sequence[AnyNode], document: Document) -> list[AnyNode]:
    """Leave out terms whose first token the story does not have: mostly all of them."""
    words = document.words
    return [
        part
        for part in parts
        if not isinstance(part, Term) or part.tokens[0] in words or part.prefix or part.affixed
    ]


def _found(side: Node, document: Document, name: Field) -> list[Found]:
    """Return where a side of NEAR stands, in the order of the text."""
    text = document.text_of(name)
    if isinstance(side, Term):
        return [(span, side) for span in text.spans(side)]
    terms = _possible(terms_of(side), document)
    found = [(span, part) for part in terms for span in text.spans(part)]
    return sorted(found, key=lambda one: one[0])


def pairs(near: Near, document: Document, name: Field) -> Iterator[tuple[Found, Found]]:
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
            yield from _term_hits(node, node, document, fields)
        case Times(Term(quiet=False) as term):
            yield from _term_hits(term, node, document, fields)
        case Or(parts) | And(parts):
            for part in _possible(parts, document):
                if holds(part, document, fields):
                    yield from _hits(part, document, fields)
        case Within(name, inner):
            yield from _hits(inner, document, (name,))
        case Near():
            for name in fields:
                yield from _near_hits(node, document, name)
        case Otherwise():
            yield from _gloss_hits(node, document)


def _gloss_hits(node: Otherwise, document: Document) -> Iterator[Hit]:
    for name, gloss in _elsewhere(node, document):
        words = document.text_of(name).source[gloss.start : gloss.end]
        yield Hit(
            field=name, start=gloss.start, end=gloss.end, words=words, clause=canonical(node)
        )


def _term_hits(
    term: Term, clause: Node, document: Document, fields: tuple[Field, ...]
) -> Iterator[Hit]:
    for name in fields:
        text = document.text_of(name)
        for span in text.spans(term):
            yield _hit(name, text, span, clause)


def _near_hits(near: Near, document: Document, name: Field) -> Iterator[Hit]:
    text = document.text_of(name)
    for first, second in pairs(near, document, name):
        pair = Near(first[1], second[1], near.distance, near.ordered)
        for span, side in (first, second):
            if not side.quiet:
                yield _hit(name, text, span, pair)


def _hit(name: Field, text: FieldText, span: Span, clause: Node) -> Hit:
    start, end = text.original(span)
    words = text.folded.source[start:end]
    return Hit(field=name, start=start, end=end, words=words, clause=canonical(clause))
