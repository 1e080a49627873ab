"""The pure parts of the pages: bars, differences, marked text, refined questions."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harborwatch.text_differences import differences
from harborwatch.web.charts import MOST_BARS, WIDTH, chart
from harborwatch.web.pages.marking import Spot, marked
from harborwatch.web.pages.refining import between, clauses, loosened, narrower
from query import parse

TEXTS = st.text(alphabet="ab \nĐề信息港กำสข្មែမြန်1.", max_size=60)
DAYS = st.dictionaries(
    st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(1, 500), min_size=1, max_size=30
)


@given(TEXTS, TEXTS)
@settings(max_examples=150)
def test_differences_lose_nothing(old: str, new: str) -> None:
    """What stayed and went is the old text, what stayed and came the new one."""
    found = differences(old, new)
    assert "".join(one.text for one in found if one.kind != "added") == old
    assert "".join(one.text for one in found if one.kind != "gone") == new
    assert all(a.kind != b.kind for a, b in pairwise(found))


@pytest.mark.parametrize(("old", "new", "gone", "added"), [("32 projects signed", "35 projects signed", "32 ", "35 "), ("签约32个项目", "签约35个项目", "32", "35"), ("ลงนาม 32 โครงการ", "ลงนาม 35 โครงการ", "32 ", "35 ")])  # fmt: skip
def test_differences_are_small(old: str, new: str, gone: str, added: str) -> None:
    """A changed figure is shown as one, in scripts with and without spaces."""
    found = differences(old, new)
    assert [one.text for one in found if one.kind == "gone"] == [gone]
    assert [one.text for one in found if one.kind == "added"] == [added]


@given(DAYS)
@settings(max_examples=80)
def test_bars_hold_every_day(counts: dict[date, int]) -> None:
    """Bars follow one another without a gap, hold all that was counted, and stay in the drawing."""
    drawn = chart(list(counts.items()))
    assert drawn
    assert sum(bar.count for bar in drawn.bars) == sum(counts.values())
    assert len(drawn.bars) <= 6 * MOST_BARS
    for before, after in pairwise(drawn.bars):
        assert after.since == before.until + timedelta(days=1)
        assert after.x > before.x
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH + 0.02 for bar in drawn.bars)
    assert all(bar.y >= 0 and bar.y + bar.height <= drawn.height + 0.02 for bar in drawn.bars)


def test_days_that_follow_one_another_stand_together() -> None:
    """Few bars stand side by side, not at the ends of the drawing."""
    drawn = chart([(date(2018, 9, 1), 3), (date(2018, 9, 2), 1)])
    assert drawn
    first, second = drawn.bars
    assert first.x + first.width < second.x < first.x + 2 * first.width
    assert drawn.few


def test_nothing_has_no_bars() -> None:
    """Where nothing was counted nothing is drawn."""
    assert chart([]) is None


@given(TEXTS, st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70)), max_size=6))
@settings(max_examples=150)
def test_marked_text_is_the_text(text: str, places: list[tuple[int, int]]) -> None:
    """Wherever words are marked, and however they overlap, the letters stay the same."""
    spots = [Spot(start=a, end=b, topic="x" if a % 2 else "") for a, b in places if a < b]
    shown = ["".join(run.text for run in one.runs) for one in marked(text, spots)]
    assert "".join("".join(shown).split()) == "".join(text.split())


@pytest.mark.parametrize(("query", "facet", "value", "narrowed"), [("a OR b", "language", "id", "(a OR b) AND lang:id"), ("a b", "outlet", "nanning-times", "a AND b AND outlet:nanning-times"), ("a lang:id", "language", "id", ""), ("a", "topic", "bri", "a AND @bri"), ("a since:2018", "day", "2018-09-20", "a AND since:2018-09-20 AND until:2018-09-20"), ("a", "language", "", "")])  # fmt: skip
def test_questions_are_made_narrower(query: str, facet: str, value: str, narrowed: str) -> None:
    """A value of a facet is asked besides; what is asked already is not asked again."""
    made = narrower(parse(query), facet, value)
    assert made == narrowed
    if made:
        assert parse(made).canonical() == made


def test_clauses_are_taken_away() -> None:
    """Each condition beside the words comes with the question without it."""
    found = clauses(parse("(a OR b) lang:id @bri"))
    assert [(one.text, one.without) for one in found] == [
        ("lang:id", "(a OR b) AND @bri"),
        ("@bri", "(a OR b) AND lang:id"),
    ]
    assert clauses(parse("lang:id"))[0].without == ""


@pytest.mark.parametrize(
    ("query", "narrowed"),
    [
        ("ASEAN", "ASEAN AND lang:id"),
        ("title:ASEAN Việt", "title:ASEAN AND Việt AND lang:id"),
        ('"Information Harbor" -Beihai', '"Information Harbor" AND NOT Beihai AND lang:id'),
        ("(Deal OR pact) NEAR/10 ASEAN", "(Deal OR pact) NEAR/10 ASEAN AND lang:id"),
        ("信息港 OR 東盟", "(信息港 OR 東盟) AND lang:id"),
        ("อาเซียน =BRI Kerja*", "อาเซียน AND =BRI AND Kerja* AND lang:id"),
        ('"AND" "Or" Or', '"AND" AND Or AND Or AND lang:id'),
    ],
)
def test_words_stay_as_they_were_typed(query: str, narrowed: str) -> None:
    """A click adds a clause; the words before it keep their letters and ask for the same."""
    made = narrower(parse(query), "language", "id")
    assert made == narrowed
    assert parse(made).canonical() == parse(f"({query}) lang:id").canonical()


def test_a_clause_is_shown_once() -> None:
    """A condition that was written twice is one, and taken away as one."""
    assert [(one.text, one.without) for one in clauses(parse("ASEAN lang:id lang:ID"))] == [
        ("lang:id", "ASEAN")
    ]


def test_questions_are_made_wider() -> None:
    """Words that no story has together are asked for one by one."""
    assert loosened(parse("a b lang:id")) == "(a OR b) AND lang:id"
    assert loosened(parse("a lang:id")) == ""
    assert between(parse("a"), date(2018, 9, 1), date(2018, 9, 30)).endswith("until:2018-09-30")
