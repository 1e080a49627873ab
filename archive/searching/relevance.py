"""What a story is worth to a query: pure functions of its tokens and its age.

    score   = words x recency
    words   = over the clauses that hit, the sum of the best hit of each:
              3 in the headline; 1 + 1 / (1 + place / 100) in the body, with
              place in tokens from its beginning;
              and up to 1 more where several clauses hit close to one another:
              1 / (1 + gap / 10), gap in tokens that stand between
    recency = 1/4 + 3/4 x 2 ^ (-age / 30 days)

Recency never falls under a quarter: an old story with four times the words
still comes first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from query import Query
from query.affixes import heads
from query.asks import AllOf, AnyOf, Ask, Words
from query.syntax import And, Field, Near, Node, Or, Times, Within, terms_of
from query.terms import Term

#: the weight of a headline's hit; a body's is 2 at its start and falls to 1
HEADLINE = 3.0
#: tokens after which a body's hit has lost half of what it is worth more at the start
START = 100
#: tokens between clauses at which their closeness is worth half
APART = 10
#: clauses and hits of each that are looked at for closeness
_MOST_CLAUSES, _MOST_HITS = 8, 16
#: the time in which the part of the score that fades is halved, and the part that stays
HALF_LIFE, STAYS = timedelta(days=30), 0.25


@dataclass(frozen=True, slots=True)
class Clause:
    """Words of which a hit counts once."""

    #: as they stand in tokens that begin and end with a space; one of them is enough
    needles: tuple[str, ...]
    #: None: headline or body
    field: Field | None


def clauses_of(query: Query) -> tuple[Clause, ...]:
    """Return the clauses that can hit; company of ambiguous names is none of them."""
    told = dict.fromkeys(
        Clause(_needles(term), field) for term, field in _asked(query.root, None) if not term.quiet
    )
    return tuple(told)


def headlines(query: Query) -> tuple[Ask, ...]:
    """Return what to ask of headlines, the most first: that all the query's parts, that some hit.

    One of them where that is the same, none where no word may stand in a headline.
    """
    root = query.root
    parts = root.parts if isinstance(root, And) else (root,)
    asks = [ask for part in parts if (ask := _any_word(part)) is not None]
    if not asks:
        return ()
    some = AnyOf(tuple(asks)) if len(asks) > 1 else asks[0]
    return (AllOf(tuple(asks)), some) if len(asks) > 1 else (some,)


def words_score(clauses: tuple[Clause, ...], title: str, body: str) -> float:
    """Return what the words of a story are worth; 1 where conditions alone decided.

    `title` and `body` are tokens that begin and end with a space.
    """
    total, hits = 0.0, 0
    in_title, in_body = 0, []
    for clause in clauses:
        if clause.field != "body" and any(needle in title for needle in clause.needles):
            total += HEADLINE
            in_title += 1
        elif clause.field != "title" and (at := _first(body, clause)) >= 0:
            total += 1 + 1 / (1 + body.count(" ", 0, at) / START)
            in_body.append(clause)
        else:
            continue
        hits += 1
    if in_title > 1:
        return total + 1.0
    if len(in_body) > 1:
        total += 1 / (1 + _gap(body, in_body[:_MOST_CLAUSES]) / APART)
    return total or 1.0


def recency(seen_at: datetime, latest: datetime) -> float:
    """Return what a story's age is worth, 1 for the latest."""
    age: float = (latest - seen_at) / HALF_LIFE
    faded: float = 2 ** -max(0.0, age)
    return STAYS + (1 - STAYS) * faded


def _asked(node: Node, field: Field | None) -> Iterator[tuple[Term, Field | None]]:
    """Yield the terms that may be hit, with the field that they are asked in."""
    match node:
        case Term():
            yield node, field
        case Times(term):
            yield term, field
        case Or(parts) | And(parts):
            for part in parts:
                yield from _asked(part, field)
        case Within(name, inner):
            yield from _asked(inner, name)
        case Near():
            for side in (node.left, node.right):
                for term in terms_of(side):
                    yield term, field


def _needles(term: Term) -> tuple[str, ...]:
    if term.affixed:
        return tuple(f" {head}" for head in sorted(heads(term.tokens[0])))
    return (f" {' '.join(term.tokens)}{'' if term.prefix else ' '}",)


def _any_word(node: Node) -> Ask | None:
    """Return an ask for any of a part's words in the headline."""
    told = dict.fromkeys(
        words
        for term, field in _asked(node, None)
        if field != "body" and not term.quiet
        for words in _in_headline(term)
    )
    if not told:
        return None
    return AnyOf(tuple(told)) if len(told) > 1 else next(iter(told))


def _in_headline(term: Term) -> list[Words]:
    if term.affixed:
        return [
            Words((head,), prefix=True, field="title") for head in sorted(heads(term.tokens[0]))
        ]
    return [Words(term.tokens, term.prefix, "title")]


def _first(text: str, clause: Clause) -> int:
    """Return where a clause first hits, -1 where it does not."""
    if len(clause.needles) == 1:
        return text.find(clause.needles[0])
    return min((at for one in clause.needles if (at := text.find(one)) >= 0), default=-1)


def _gap(text: str, clauses: list[Clause]) -> int:
    """Return how many tokens stand between the hits of the two clauses that come closest."""
    places = sorted(
        (begin, end, n) for n, clause in enumerate(clauses) for begin, end in _places(text, clause)
    )
    spans = [(left[1] - 1, right[0]) for left, right in pairwise(places) if left[2] != right[2]]
    nearest = min(spans, key=lambda span: span[1] - span[0])
    return max(0, text.count(" ", *nearest))


def _places(text: str, clause: Clause) -> Iterator[tuple[int, int]]:
    for needle in clause.needles:
        at, left = text.find(needle), _MOST_HITS
        while at >= 0 and left:
            yield at, at + len(needle)
            at, left = text.find(needle, at + 1), left - 1
