"""The judge of bench/peers counts for and against us by the same rules."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parents[1] / "bench"
sys.path[:0] = [str(BENCH), str(BENCH / "peers")]

from judging import Judged, place  # noqa: E402 - found in bench
from results import Days, Gold, Many, Run  # noqa: E402 - found in bench

AT = datetime(2018, 9, 19, 5, tzinfo=UTC)


def gold(slug: str, happening: str | None = None, *topics: str) -> Gold:
    return Gold(
        outlet="kabarniaga",
        addresses=(f"http://kabarniaga.localhost:1/{slug}",),
        headline="Pelabuhan dibuka",
        body="Kapal pertama tiba di pelabuhan.\nMuatannya kabel.",
        language="id",
        zone="Asia/Jakarta",
        published=AT,
        happening=happening,
        topics=topics,
    )


def record(slug: str, **more: Any) -> dict[str, Any]:
    address = f"http://www.kabarniaga.localhost:1/{slug}/?utm_source=rss"
    empty = {"title": "", "text": "", "published": None, "topics": None, "group": None}
    return {"address": address, **empty, **more}


def judged(stories: tuple[Gold, ...], *records: dict[str, Any], **more: Any) -> Judged:
    result = {"records": list(records), "told": None, "found": None, **more}
    days = Days(result=result, gold=stories, requests=0, bytes=0)
    many = Many(stories=0, held=0, start_cpu=0.0, wall=0.0, cpu=0.0, memory=0)
    return Judged(Run(name="peer", days=days, many=many))


def test_twins_of_an_address_are_one_story() -> None:
    """A mobile host, an AMP path, a tracker and a closing slash name the same story."""
    twins = ("http://m.swarna.localhost:7/amp/berita/1/", "http://swarna.localhost/berita/1?utm=x")
    assert {place(one) for one in twins} == {("swarna", "/berita/1")}


@pytest.mark.parametrize(
    ("published", "counted"),
    [
        ("2018-09-19T12:00:00+07:00", (1, 0)),
        ("2018-09-19T05:00:30+00:00", (1, 0)),
        ("2018-09-19 12:00:00", (0, 1)),
        ("2018-09-19T12:00:00+00:00", (0, 0)),
        ("19 September", (0, 0)),
    ],
)
def test_a_date_is_right_only_with_its_zone(published: str, counted: tuple[int, int]) -> None:
    """The right minute counts with a zone; without one it is counted apart."""
    assert judged((gold("a"),), record("a", published=published)).dates() == counted


def test_what_is_missing_counts_against_grouping() -> None:
    """A happening's story that is not held stands alone: recall falls, precision does not."""
    stories = (gold("a", "forum"), gold("b", "forum"), gold("c"))
    both = judged(stories, record("a", group="1"), record("b", group="1"), record("c", group="2"))
    one = judged(stories, record("a", group="1"), record("c", group="2"))
    assert both.grouped() == 1.0
    assert one.grouped() == pytest.approx(2 / 3)


def test_a_stranger_in_a_group_counts_against_it() -> None:
    """A story of nobody else's, put into a happening's group, lowers precision."""
    stories = (gold("a", "forum"), gold("b", "forum"), gold("c"))
    mixed = judged(stories, *(record(slug, group="1") for slug in "abc"))
    assert mixed.grouped() == pytest.approx(0.8)


def test_of_two_lists_of_names_the_better_counts() -> None:
    """A peer that knows words only is judged by the list that serves it better."""
    stories = (gold("a", None, "caih"), gold("b"))
    tally = judged(stories, record("a", topics=["caih*"]), record("b", topics=[])).tagged()
    assert tally is not None
    assert (tally.recall(), tally.precision("id")) == (1.0, 1.0)


def test_only_a_second_telling_is_again() -> None:
    """A story handed over in two polls was handed over again once; strangers count for nothing."""
    told = [[record("a")["address"]], [record("a")["address"], "http://kabarniaga.localhost/x"]]
    assert judged((gold("a"),), record("a"), told=told).again() == (2, 1)


def test_a_text_is_whole_without_its_tags() -> None:
    """Markup and the breaks of lines are no part of a text; a teaser is not whole."""
    text = "<p>Kapal pertama tiba di\npelabuhan.</p><p>Muatannya kabel.</p>"
    assert judged((gold("a"),), record("a", text=text)).whole() == 1
    assert judged((gold("a"),), record("a", text="Kapal pertama tiba…")).whole() == 0
