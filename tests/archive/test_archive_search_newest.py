"""The newest matches of a query, however small the budget is."""

import random
from collections.abc import Callable

import archive_questions as asked
import pytest
from archive_tellings import put
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from archive import Archive
from archive.facets import count
from archive.newest import Budget, newest
from archive.search import search
from news import QueryError
from query import Query, Topics, expand, index_query, parse

TOPICS = Topics.shipped()
ALL = Budget(matches=1_000, verified=1_000)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.randoms(use_true_random=False))
def test_newest_is_the_beginning_of_what_search_finds(
    new_archive: Callable[[], Archive], chance: random.Random
) -> None:
    """Whatever the budget, the newest matches are search's first, and `whole` tells if all."""
    tellings = [asked.telling(chance, f"key-{number}") for number in range(10)]
    archive = new_archive()
    with archive.write() as db:
        for said in tellings:
            put(db, said)
    with archive.read() as db:
        for _ in range(10):
            query = expand(parse(asked.question(chance, tellings)), TOPICS)
            try:
                whole = [one.story.id for one in search(db, query, limit=100)]
            except QueryError:
                continue
            budget = Budget(matches=chance.randint(1, 6), verified=chance.randint(0, 6))
            some, every = newest(db, query, budget), newest(db, query, ALL)
            numbers = [row.id for row in some.rows]
            assert [row.id for row in every.rows] == whole
            assert every.whole
            assert numbers == whole[: len(numbers)]
            assert len(numbers) <= budget.matches
            assert not some.whole or numbers == whole
            assert [n for n in whole if n >= some.reached] == numbers
            counted = count(db, query, budget)
            assert counted.n <= len(whole)
            assert not counted.whole or counted.n == len(whole)
    archive.close()


def test_what_the_index_decides_costs_no_verifying(printed: Archive) -> None:
    """A query that the index answers alone is counted without reading any story."""
    query = parse("nanning")
    with printed.read() as db:
        assert index_query(query).exact
        assert newest(db, query, Budget(matches=100, verified=0)).whole


@pytest.mark.parametrize(("verified", "whole"), [(0, False), (3, False), (30, True)])
def test_candidates_beyond_the_budget_are_not_read(
    printed: Archive, verified: int, *, whole: bool
) -> None:
    """Where the matcher must decide, it reads no more candidates than it may."""
    with printed.read() as db:
        found = newest(db, parse("=NANNING"), Budget(matches=100, verified=verified))
    assert found.whole is whole
    assert len(found.rows) <= verified


def test_ceiling_and_among_bound_what_is_looked_at(printed: Archive) -> None:
    """Nothing above the ceiling is found, and nothing that is not among those named."""
    query: Query = parse("nanning")
    with printed.read() as db:
        every = [row.id for row in newest(db, query, ALL).rows]
        below = newest(db, query, ALL, ceiling=every[2]).rows
        named = newest(db, query, ALL, among=[*every[1:3], 999]).rows
        none = newest(db, query, ALL, among=[]).rows
    assert [row.id for row in below] == every[2:]
    assert [row.id for row in named] == every[1:3]
    assert none == ()
