"""Relevance: what comes first, and pages that fit together."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from archive_press import WORD, press
from archive_tellings import NOON, put, story
from hypothesis import given
from hypothesis import strategies as st

from archive import Archive
from archive.searching import ranking
from archive.searching.ranking import After, ranked
from archive.searching.relevance import recency
from archive.searching.search import search
from query import Query, parse

DAY = timedelta(days=1)


def paged(archive: Archive, query: Query, limit: int) -> list[int]:
    """Return what relevance gives, page after page."""
    with archive.read() as db:
        page = ranked(db, query, limit=limit)
        found = [one.story.id for one in page.found]
        while page.after is not None:
            page = ranked(db, query, limit=limit, after=After.read(str(page.after)))
            found += [one.story.id for one in page.found]
    return found


@pytest.mark.parametrize("query", ["nanning OR 南宁", "=NANNING", "since:2018", *WORD.values()])
def test_relevance_orders_what_the_search_by_date_finds(printed: Archive, query: str) -> None:
    """Both orders hold the same stories, each once, whatever the length of a page."""
    asked = parse(query)
    with printed.read() as db:
        by_date = [one.story.id for one in search(db, asked, limit=100)]
    whole = paged(printed, asked, 100)
    assert sorted(whole, reverse=True) == by_date
    for limit in (1, 3, len(whole)):
        assert paged(printed, asked, limit) == whole


@pytest.mark.parametrize(
    "query", ["since:2018", "nanning OR 南宁 OR asean", "=NANNING", "nanning asean"]
)
@pytest.mark.parametrize(("block", "reach"), [(1, 1), (2, 1), (4, 2), (4, 50)])
def test_blocks_change_no_story(
    printed: Archive, monkeypatch: pytest.MonkeyPatch, query: str, block: int, reach: int
) -> None:
    """However small blocks and reach are, pages hold each story once and leave none out."""
    monkeypatch.setattr(ranking, "BLOCK", block)
    monkeypatch.setattr(ranking, "REACH", reach)
    asked = parse(query)
    with printed.read() as db:
        newest = [one.story.id for one in search(db, asked, limit=100)]
    for limit in (1, 4, 5, 30):
        assert sorted(paged(printed, asked, limit), reverse=True) == newest


def test_a_new_story_moves_no_page(archive: Archive) -> None:
    """What is stored between two pages neither doubles nor hides a story of the second."""
    asked = parse("nanning")
    with archive.write() as db:
        for said in press():
            put(db, said)
        whole = [one.story.id for one in ranked(db, asked, limit=100).found]
        first = ranked(db, asked, limit=2)
        put(
            db, replace(story("new", "Nanning Nanning", "Nanning."), first_seen_at=NOON + 90 * DAY)
        )
        second = ranked(db, asked, limit=100, after=first.after)
    assert [one.story.id for one in (*first.found, *second.found)] == whole


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("nanning", ("Forum di Nanning", "Dibuka."), ("Forum", "Dibuka di Nanning.")),
        ("南宁", ("南宁论坛", "开幕。"), ("论坛", "在南宁开幕。")),
        ("nanning OR forum", ("Berita", "Forum Nanning."), ("Berita", "Nanning, Nanning.")),
        ("nanning", ("Berita", "Nanning hari ini."), ("Berita", f"{'Kata ' * 300}Nanning.")),
        (
            "nanning guilin",
            ("Berita", f"Hari ini Nanning dan Guilin {'kata ' * 60}"),
            ("Berita", f"Hari ini Nanning {'kata ' * 60} Guilin"),
        ),
        (
            "南宁 桂林",
            ("消息", "今天南宁和桂林" + "开放合作" * 20),
            ("消息", "今天南宁" + "开放合作" * 20 + "桂林"),
        ),
        (
            "nanning guilin",
            ("Nanning dan Guilin", "Berita."),
            ("Nanning", "Guilin."),
        ),
    ],
)
def test_headline_clauses_and_place_decide(
    archive: Archive, query: str, better: tuple[str, str], worse: tuple[str, str]
) -> None:
    """A headline counts over a body, more clauses over fewer, the start over the end, near over far."""
    with archive.write() as db:
        first = put(db, story("better", *better))
        second = put(db, story("worse", *worse))
        found = ranked(db, parse(query)).found
    assert [one.story.id for one in found] == [first, second]


def test_recency_decides_between_equals_and_leaves_a_quarter(archive: Archive) -> None:
    """Of two equal stories the newer comes first; an old one keeps a quarter of its score."""
    with archive.write() as db:
        for at, title in enumerate(("Berita", "Berita", "Nanning, Nanning")):
            seen = NOON + DAY * (0, 90, 91)[at]
            body = "Nanning dan Guilin." if at < 2 else "Guilin."
            put(db, replace(story(str(at), title, body), first_seen_at=seen))
        found = ranked(db, parse("nanning OR guilin")).found
    assert [one.story.id for one in found] == [3, 2, 1]
    assert recency(NOON, NOON) == 1.0
    assert recency(NOON, NOON + 30 * DAY) == pytest.approx(0.25 + 0.75 / 2)
    assert recency(NOON, NOON + 30_000 * DAY) == pytest.approx(0.25)
    ages = [recency(NOON, NOON + DAY * age) for age in range(0, 400, 7)]
    assert all(younger > older for younger, older in pairwise(ages))


def test_nothing_found_has_no_next_page(printed: Archive) -> None:
    """A search that finds nothing ends at once."""
    with printed.read() as db:
        page = ranked(db, parse("guilin"))
    assert page.found == ()
    assert page.after is None


@given(
    st.builds(
        After,
        places=st.lists(st.integers(0, 2**63 - 1), min_size=1, max_size=3).map(tuple),
        score=st.floats(allow_nan=False),
        story=st.integers(0, 2**63 - 1),
    )
)
def test_a_place_is_read_as_it_was_written(place: After) -> None:
    """Where a page ended survives being written down."""
    assert After.read(str(place)) == place


@pytest.mark.parametrize(
    "text", ["", "7", "1:2", "a:1.0:2", "1.-1:1.0:2", "1:nan:2", "1.2.3.4:1.0:2", "9" * 30]
)
def test_what_is_no_place_is_refused(text: str) -> None:
    """Anything else is no place to go on."""
    with pytest.raises(ValueError, match="no place"):
        After.read(text)
