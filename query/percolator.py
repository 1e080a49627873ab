"""The percolator: one story against thousands of queries at once.

Each query stands under its rarest literals (`literals`). One pass of an
Aho-Corasick automaton over a story's tokens says which literals it holds, and
so which queries can match at all; of these only the ones that ask for more
than their literals are evaluated. The idea is Lucene Monitor's (luwak).
"""

from array import array
from collections.abc import Hashable, Iterable, Mapping
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

import ahocorasick_rs

from query.documents import Document
from query.literals import Needs, Shares, joined, needs
from query.matching import BOTH, Match, holds, words_found
from query.syntax import Node, Query

Key = TypeVar("Key", bound=Hashable)


#: the number of a literal that every story holds
_NO_MORE = -1


class _Filed(NamedTuple, Generic[Key]):
    """A query and what it asks beyond its first two literals."""

    query: Query
    #: with their places; more than one where watches share a tree, as those on one topic do
    keys: list[tuple[int, Key]]
    #: further sets of literals, of each of which a story must hold one
    also: tuple[frozenset[int], ...]
    #: what a story that holds all these must still be asked
    rest: Node | None


class _Postings:
    """By literal: the numbers of its queries, each behind a second literal that it needs.

    In flat arrays: at 100,000 queries most of the time goes into fetching
    scattered memory, not into looking at it.
    """

    def __init__(self, postings: Iterable[tuple[int, int, int]], literals: int) -> None:
        """Take triples of literal, second literal and query."""
        self._second, self._query = array("i"), array("i")
        counts = [0] * (literals + 1)
        for literal, second, query in sorted(postings):
            self._second.append(second)
            self._query.append(query)
            counts[literal + 1] += 1
        #: where each literal's queries begin; one more for the end
        self._starts = array("i", accumulate(counts))

    def under(self, literals: Iterable[int], held: set[int]) -> set[int]:
        """Return the queries under literals whose second literal is held too."""
        starts, second, query = self._starts, self._second, self._query
        return {
            query[at]
            for literal in literals
            for at in range(starts[literal], starts[literal + 1])
            if second[at] in held
        }


class Percolator(Generic[Key]):
    """Queries by key, ready to be put to stories. Topics must have been put in by `expand`."""

    def __init__(self, queries: Mapping[Key, Query], shares: Shares | None = None) -> None:
        """Take queries; `shares` say how frequent tokens are, see `literals.shares_of`."""
        self._filed: list[_Filed[Key]] = []
        #: numbers of queries that any story may answer
        self._always: set[int] = set()
        literals: dict[str, int] = {}
        postings: list[tuple[int, int, int]] = []
        for query, keys in _by_tree(queries):
            postings += self._file(query, keys, needs(query.root, shares or {}), literals)
        self._postings = _Postings(postings, len(literals))
        self._automaton = ahocorasick_rs.AhoCorasick(list(literals))

    def candidates(self, document: Document) -> list[Key]:
        """Return the keys of the queries that may match: all that do, and some more."""
        return [key for filed in self._possible(document) for _, key in filed.keys]

    def match(self, document: Document) -> dict[Key, Match]:
        """Return what `match` returns for each query that the story answers, in their order."""
        found: dict[int, tuple[Key, Match]] = {}
        for query, keys, _, rest in self._possible(document):
            if rest is None or holds(rest, document, BOTH):
                answer = words_found(query, document)
                for place, key in keys:
                    found[place] = key, answer
        return dict(found[place] for place in sorted(found))

    def _file(
        self, query: Query, keys: list[tuple[int, Key]], needed: Needs, literals: dict[str, int]
    ) -> list[tuple[int, int, int]]:
        """Take a query in; return its postings."""
        number = len(self._filed)
        covers = [_numbered(cover, literals) for cover in needed.covers]
        # One literal alone as second cover spares a look at the query itself.
        alone = len(covers) > 1 and len(covers[1]) == 1
        (second,) = covers[1] if alone else (_NO_MORE,)
        self._filed.append(_Filed(query, keys, tuple(covers[1 + alone :]), needed.rest))
        if not covers:
            self._always.add(number)
            return []
        return [(literal, second, number) for literal in covers[0]]

    def _possible(self, document: Document) -> list[_Filed[Key]]:
        places = self._automaton.find_matches_as_indexes(joined(document), overlapping=True)
        first = {place[0] for place in places}
        held = {_NO_MORE, *first}
        numbers = sorted(self._always | self._postings.under(first, held))
        some = [self._filed[number] for number in numbers]
        return [filed for filed in some if not (filed.also and _lacks(held, filed.also))]


def _lacks(held: set[int], covers: Iterable[frozenset[int]]) -> bool:
    return any(cover.isdisjoint(held) for cover in covers)


def _numbered(cover: Iterable[str], literals: dict[str, int]) -> frozenset[int]:
    return frozenset(literals.setdefault(text, len(literals)) for text in cover)


def _by_tree(queries: Mapping[Key, Query]) -> Iterable[tuple[Query, list[tuple[int, Key]]]]:
    """Return the different trees and the keys of each: one that is shared is asked once."""
    trees: dict[int, tuple[Query, list[tuple[int, Key]]]] = {}
    for place, (key, query) in enumerate(queries.items()):
        trees.setdefault(id(query.root), (query, []))[1].append((place, key))
    return trees.values()
