"""Facets and totals: counted over what a search finds, up to a budget."""

from collections import Counter

import pytest
from archive_press import HARBOR, WORD, press, print_all
from archive_tellings import revise, story

from archive import Archive
from archive.searching.facets import NAMES, count, facets
from archive.searching.newest import Budget
from archive.searching.search import Counted, search
from news import QueryError
from query import parse


@pytest.mark.parametrize("language", sorted(WORD))
def test_facets_count_the_stories_of_every_language(printed: Archive, language: str) -> None:
    """In each of the ten languages the facets are those of the stories that search returns."""
    query = parse(WORD[language])
    with printed.read() as db:
        found = [one.story for one in search(db, query, limit=100)]
        said = facets(db, query)
    assert str(said.total) == str(len(found))
    assert tuple(said.values) == NAMES
    assert dict(said.values["outlet"]) == Counter(one.outlet for one in found)
    assert dict(said.values["language"]) == Counter(one.language for one in found)
    assert dict(said.values["country"]) == Counter(one.country for one in found)
    assert dict(said.values["topic"]) == Counter(t for one in found for t in one.topics)
    days = Counter(f"{one.published_at:%Y-%m-%d}" for one in found)
    assert dict(said.values["day"]) == days


def test_a_facet_leads_to_its_stories(printed: Archive) -> None:
    """Asking for a facet's value finds as many stories as were counted."""
    query = "nanning OR 南宁"
    fields = {"outlet": "outlet", "language": "lang", "country": "country"}
    with printed.read() as db:
        said = facets(db, parse(query)).values
        for name, field in fields.items():
            for value, n in said[name]:
                assert count(db, parse(f"({query}) {field}:{value}")).n == n
        for day, n in said["day"]:
            assert count(db, parse(f"({query}) since:{day} until:{day}")).n == n


def test_values_stand_in_order(printed: Archive) -> None:
    """The most frequent value comes first, equals by name; days the newest first."""
    with printed.read() as db:
        said = facets(db, parse("since:2018")).values
    for name in ("topic", "outlet", "language", "country"):
        assert list(said[name]) == sorted(said[name], key=lambda one: (-one[1], one[0]))
    assert list(said["day"]) == sorted(said["day"], reverse=True)
    assert len(said["language"]) == len(HARBOR)


def test_beyond_the_budget_it_says_at_least(printed: Archive) -> None:
    """A total beyond the budget is shown as "≥ n", and n is what was counted."""
    every = len(press())
    with printed.read() as db:
        some = facets(db, parse("since:2018"), Budget(matches=7, verified=0))
        exact = count(db, parse("since:2018"), Budget(matches=every, verified=0))
        more = count(db, parse("since:2018"), Budget(matches=every - 1, verified=0))
    assert str(some.total) == "≥ 7"
    assert sum(n for _, n in some.values["outlet"]) == 7
    assert (exact.n, exact.whole) == (every, True)
    assert (more.n, more.whole) == (every - 1, False)
    assert str(Counted(n=12_345, whole=True)) == "12,345"


def test_topics_of_an_old_revision_do_not_count(archive: Archive) -> None:
    """A topic that only an earlier revision mentioned is no longer counted."""
    with archive.write() as db:
        numbers = print_all(db)
        before = dict(facets(db, parse("since:2018")).values["topic"])
        revise(db, numbers[1], story("ms-1", "Pasar ikan dibuka", "Tiada forum."))
        after = dict(facets(db, parse("since:2018")).values["topic"])
    assert after == {"caih": before["caih"] - 1}


def test_what_would_read_everything_is_refused(printed: Archive) -> None:
    """Counting refuses what search refuses."""
    with printed.read() as db:
        for asked in (count, facets):
            with pytest.raises(QueryError, match="reading every story"):
                asked(db, parse("NOT nanning"))
