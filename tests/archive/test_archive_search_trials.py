"""Trying a query on the archive: sums, weeks, near misses, overlap, differences."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from archive_press import WORD
from archive_tellings import NOON, dated, put, story

from archive import Archive
from archive.searching.newest import Budget, newest
from archive.searching.search import search
from archive.searching.trials import SAMPLES, SHOWN_MISSES, difference, near_misses, trial, weeks
from query import Query, parse
from query.relaxing import misses

HARBORS = " OR ".join(WORD.values())


def tried(archive: Archive, text: str) -> list[tuple[str, str]]:
    """Return the headlines and faults of a query's near misses."""
    with archive.read() as db:
        found = near_misses(db, misses(parse(text)))
    return [(one.story.title, one.missing) for one in found]


@pytest.mark.parametrize("query", [*WORD.values(), HARBORS])
def test_a_trial_says_what_search_finds(printed: Archive, query: str) -> None:
    """Sums, history, weeks and samples are those of the stories that search returns."""
    with printed.read() as db:
        found = [one.story for one in search(db, parse(query), limit=100)]
        said = trial(db, parse(query))
    assert (said.facets.total.n, said.facets.total.whole) == (len(found), True)
    assert said.history == sum(one.history for one in found)
    assert [one.story for one in said.samples] == found[:SAMPLES]
    assert all(one.match.hits for one in said.samples)
    by_week = Counter(f"{one.published_at:%G-W%V}" for one in found)
    assert {week: n for week, n in said.weeks if n} == by_week


def test_weeks_leave_no_gap(printed: Archive) -> None:
    """Every week from the first to the last story stands in its place, empty ones too."""
    with printed.read() as db:
        said = weeks(newest(db, parse("lang:id"), Budget(matches=9, verified=0)).rows)
    mondays = [date.fromisoformat(f"{week}-1") for week, _ in said]
    assert [one + timedelta(days=7) for one in mondays[:-1]] == mondays[1:]
    assert sum(n for _, n in said) == 3
    assert 0 in {n for _, n in said}
    assert weeks(()) == ()


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ("信息港 AND 南宁 AND 防城港", {"it has no 防城港"}),
        ("信息港 NOT 南宁", {"it has 南宁"}),
        ("本报 NEAR/1 开幕", {"本报 and 开幕 are not within 1 words"}),
        ("开幕 ONEAR/30 本报", {"开幕 and 本报 are not in this order within 30 words"}),
        ("信息港 lang:en", {"it has no lang:en", "it has no 信息港"}),
        ("daungan AND (Manila OR Cebu)", {"it has no (manila OR cebu)"}),
        ("title:(informasi AND guilin)", {"it has no guilin in its title"}),
        ("สารสนเทศ AND กรุงเทพ", {"it has no กรุงเทพ"}),
        ("ဆိပ်ကမ်း AND ရန်ကုန်", {"it has no ရန်ကုန်"}),
        ("ព័ត៌មាន AND ភ្នំពេញ", {"it has no ភ្នំពេញ"}),
        ("ຂໍ້ມູນ AND ວຽງຈັນ", {"it has no ວຽງຈັນ"}),
    ],
)
def test_near_misses_say_what_was_missing(printed: Archive, query: str, missing: set[str]) -> None:
    """Stories that one clause keeps away are shown with that clause, and never a match."""
    found = tried(printed, query)
    assert {said for _, said in found} == missing
    assert 0 < len(found) <= SHOWN_MISSES
    with printed.read() as db:
        hits = {one.story.title for one in search(db, parse(query), limit=100)}
    assert hits.isdisjoint(title for title, _ in found)


@pytest.mark.parametrize(
    "query", ["信息港", '"belt and road"', "NOT nanning lang:id", "since:2019"]
)
def test_one_clause_alone_has_no_near_miss(printed: Archive, query: str) -> None:
    """A single word misses nothing by a clause; what no index can answer is left out."""
    assert all(said == "it has nanning" for _, said in tried(printed, query))


def test_overlap_counts_what_others_find_too(printed: Archive) -> None:
    """Of the stories tried, those that another query finds are counted."""
    others = {"all": parse("since:2018"), "id": parse("informasi"), "none": parse("guilin")}
    with printed.read() as db:
        said = trial(db, parse("informasi OR maklumat"), others=others)
    assert said.facets.total.n == 6
    assert {name: both.n for name, both in said.overlap.items()} == {"all": 6, "id": 3, "none": 0}


def test_a_difference_names_what_comes_and_goes(printed: Archive) -> None:
    """The stories that only one of two queries finds are named, the newest first."""
    old, new = parse("informasi OR 信息港"), parse("信息港 OR สารสนเทศ")
    with printed.read() as db:
        said = difference(db, old, new)
        gained = [one.story.id for one in search(db, parse("สารสนเทศ"))]
        lost = [one.story.id for one in search(db, parse("informasi"))]
        first = difference(db, None, new)
    assert (list(said.gained), list(said.lost), said.kept) == (gained, lost, 3)
    assert said.whole
    assert (len(first.gained), first.lost, first.kept) == (6, (), 0)


@pytest.mark.parametrize("budget", [Budget(matches=4, verified=0), Budget(matches=9, verified=3)])
@pytest.mark.parametrize("old", ["since:2018", "=NANNING", "guilin"])
def test_beyond_the_budget_nothing_is_called_different(
    printed: Archive, old: str, budget: Budget
) -> None:
    """Where one query was looked at less far, no story is gained or lost by that alone."""
    new = parse("nanning OR 南宁 OR =NANNING")
    with printed.read() as db:
        true, said = difference(db, parse(old), new), difference(db, parse(old), new, budget)
    assert set(said.gained) <= set(true.gained)
    assert set(said.lost) <= set(true.lost)
    assert said.kept <= true.kept


def test_a_trial_of_the_demo_is_bounded(archive: Archive) -> None:
    """With a budget of three matches a trial of many is of the newest three, and says so."""
    with archive.write() as db:
        for day in range(8):
            at = NOON + timedelta(days=day)
            put(db, replace(story(str(day)), first_seen_at=at, published=dated(at)))
        asked: Query = parse("berita")
        said = trial(db, asked, budget=Budget(matches=3, verified=0))
    assert str(said.facets.total) == "≥ 3"
    assert sum(n for _, n in said.weeks) == 3
