"""The newest matches of a query, however small the budget is."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import archive_questions as asked
import pytest
from archive_tellings import NOON, put, story
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from archive import Archive
from archive.searching.facets import count
from archive.searching.newest import Budget, newest
from archive.searching.search import document_of, page, search
from news import QueryError
from query import Query, Topics, expand, index_query, match, parse

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
        asked.open_events(db)
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


@pytest.mark.parametrize(("verified", "whole"), [(0, False), (30, False), (300, True)])
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


@pytest.mark.parametrize("query", ["=NANNING", "{2}nanning", "nanning ONEAR/3 asean", "nanning"])
@pytest.mark.parametrize("read", [1, 3, 40])
def test_pages_within_a_budget_leave_nothing_out(printed: Archive, query: str, read: int) -> None:
    """However few candidates a page may read, all pages together hold what search finds."""
    asked_for = parse(query)
    with printed.read() as db:
        whole = [one.story.id for one in search(db, asked_for, limit=100)]
        found: list[int] = []
        part = page(db, asked_for, limit=2, read=read)
        found += [one.story.id for one in part.found]
        while part.after is not None:
            part = page(db, asked_for, limit=2, read=read, before=part.after)
            found += [one.story.id for one in part.found]
    assert found == whole


def test_a_page_says_how_far_back_it_came(archive: Archive) -> None:
    """A page whose budget is spent tells the date it came to and how many are left unread."""
    with archive.write() as db:
        for number in range(9):
            at = NOON + timedelta(days=number)
            put(db, replace(story(str(number), "Nanning", "Berita."), first_seen_at=at))
        first = page(db, parse("{2}nanning"), read=4)
        last = page(db, parse("{2}nanning"), read=4, before=2)
    assert first.found == ()
    assert first.after == 6
    assert first.unread is not None
    assert first.unread.back_to == NOON + timedelta(days=5)
    assert str(first.unread.candidates) == "5"
    assert (last.after, last.unread) == (None, None)


@pytest.mark.parametrize(
    "query", ["=Nanning", "{2}nanning", "~kerja", "(nanning OR 南宁) ONEAR/4 (asean OR 东盟)"]
)
def test_kept_tokens_answer_as_folded_texts_do(printed: Archive, query: str) -> None:
    """A story verified on its kept tokens has the hits that it has when folded anew."""
    asked_for = parse(query)
    with printed.read() as db:
        for one in search(db, asked_for, limit=100):
            said = match(asked_for, document_of(one.story))
            assert said is not None
            assert one.match.hits == said.hits
