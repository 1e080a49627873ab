"""The facts of an event: one line for one value in all languages, conflicts between originals."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from archive_tellings import NOON, put, revise, story
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from archive import Archive
from archive.grouping import events
from archive.reporting import reports
from archive.reporting.fact_table import FactLine, fact_table
from archive.reporting.reports import Report
from archive.reporting.summaries import lead, summary
from archive.tables import stories as story_rows
from news import Fact, StoryRow
from news.facts import plainly


def count(number: float, text: str, what: str = "agreements") -> Fact:
    return Fact(kind="count", value=number, what=what, known=what == "agreements", text=text)


def money(value: float, text: str, unit: str = "CNY", high: float | None = None) -> Fact:
    return Fact(kind="money", value=value, high=high, unit=unit, text=text)


def report(
    number: int, outlet: str, *facts: Fact, copy_of: int | None = None, **told: str
) -> Report:
    row = StoryRow(
        id=number,
        revision=1,
        outlet=outlet,
        country="ID",
        source=f"{outlet}/feed",
        address=f"https://{outlet}.example/{number}",
        title=f"Report {number}",
        body=told.get("body", ""),
        authors=(),
        language=told.get("language", "id"),
        published_at=None,
        published_precision="",
        first_seen_at=NOON + timedelta(minutes=number),
        history=False,
        copy_of=copy_of,
        copy_kind="reprint" if copy_of else "",
        event=1,
        topics=(),
    )
    return Report(story=row, facts=facts)


def shown(lines: Sequence[FactLine[Report]]) -> list[tuple[str, str, bool]]:
    return [(plainly(one.fact), ", ".join(one.outlets), bool(one.against)) for one in lines]


def test_one_value_is_one_line_in_all_languages() -> None:
    """RMB20 miliar, 200亿元 and 2 หมื่นล้านหยวน are one line, with who says so."""
    told = [
        report(1, "indotelko", money(20e9, "RMB20 miliar")),
        report(2, "xinhua", money(20e9, "200亿元")),
        report(3, "thaipbs", money(20e9, "2 หมื่นล้านหยวน")),
        report(4, "xinhua", money(20e9, "200亿元")),
    ]
    (line,) = fact_table(told)
    assert line.printed == ("RMB20 miliar", "200亿元", "2 หมื่นล้านหยวน")
    assert line.outlets == ("indotelko", "xinhua", "thaipbs")
    assert line.conflict == ""


def test_outlets_that_contradict() -> None:
    """Originals that count one thing otherwise are in conflict, each with its outlets."""
    told = [
        report(1, "xinhua", count(179, "179项协议")),
        report(2, "antara", count(779, "779 perjanjian")),
        report(3, "bernama", count(179, "179 perjanjian")),
    ]
    lines = fact_table(told)
    assert shown(lines) == [
        ("179 agreements", "xinhua, bernama", True),
        ("779 agreements", "antara", True),
    ]
    assert lines[0].conflict == "179 agreements: xinhua, bernama; 779 agreements: antara"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([count(35, "35"), count(7, "7")], [count(35, "35")]),
        ([count(35, "35")], [count(53, "53 kota", "kota")]),
        ([money(20e9, "20 miliar")], [money(19.97e9, "199.7亿")]),
        ([money(5e9, "5-7 miliar", high=7e9)], [money(6e9, "60亿")]),
        ([money(20e9, "20 miliar")], [money(3e9, "US$3 miliar", "USD")]),
        ([money(20e9, "20"), money(1e9, "1")], [money(20e9, "20"), money(2e9, "2")]),
        ([count(35, "35 gerai", "gerai")], [count(36, "36 stalls", "stalls")]),
        ([count(35, "di antaranya", "")], [count(20_000, "20 ribu", "")]),
        ([count(2, "2 ministers", "ministers")], [count(3, "3 companies", "companies")]),
        ([count(35, "35"), count(7, "seven of them", "")], [count(7, "7")]),
        ([count(35, "35")], [count(7, "7")]),
        ([count(50, "lebih dari 50")], [count(53, "53")]),
        ([count(60, "nearly 60")], [count(59, "59")]),
    ],
    ids=[
        "more",
        "thing",
        "rounded",
        "range",
        "currency",
        "two-deals",
        "unknown",
        "no-thing",
        "small-things",
        "of-them",
        "part",
        "over",
        "nearly",
    ],
)
def test_what_is_no_conflict(one: list[Fact], other: list[Fact]) -> None:
    """More facts, other things and currencies, rounding and ranges contradict nobody."""
    lines = fact_table([report(1, "a", *one), report(2, "b", *other)])
    assert [line.conflict for line in lines if line.against] == []


def test_beside_what_both_say_the_rest_contradicts() -> None:
    """Of two counts of one thing, the one that both have stands; the other two are in conflict."""
    told = [
        report(1, "a", count(35, "35"), count(59, "59")),
        report(2, "b", count(35, "35"), count(53, "53")),
    ]
    marked = {plainly(one.fact) for one in fact_table(told) if one.against}
    assert marked == {"59 agreements", "53 agreements"}


@pytest.mark.parametrize(
    ("one", "other"), [(35, 53), (32, 35), (2, 5), (9, 12), (50, 57)], ids=str
)
def test_counts_of_one_thing_that_differ(one: float, other: float) -> None:
    """Counts of one thing contradict, small ones too, beside a part that both or one alone name."""
    part = count(7, "seven of them", "")
    for extra in ((), (part,), (count(59, "59"), part)):
        told = [
            report(1, "a", count(one, "x"), *extra),
            report(2, "b", count(other, "y"), *(count(59, "59") for _ in extra[1:])),
        ]
        marked = {plainly(line.fact) for line in fact_table(told) if line.against}
        assert marked == {f"{one} agreements", f"{other} agreements"}


def test_what_one_report_tells_side_by_side_is_two_things() -> None:
    """35 here and 59 there: who tells one of them contradicts nobody who tells the other."""
    told = [
        report(1, "a", count(35, "35")),
        report(2, "b", count(59, "59")),
        report(3, "c", count(35, "35"), count(59, "59")),
    ]
    assert not any(line.against for line in fact_table(told))
    assert all(line.against for line in fact_table(told[:2]))


def test_copies_say_nothing_twice() -> None:
    """A copy is no further outlet of a value, and contradicts nobody; alone it is asked."""
    first, other = report(1, "a", count(179, "179")), report(2, "b", count(779, "779"), copy_of=1)
    assert shown(fact_table([first, other])) == [("179 agreements", "a", False)]
    assert shown(fact_table([other])) == [("779 agreements", "b", False)]


def test_one_outlet_does_not_contradict_itself() -> None:
    """An outlet's later story with another number is no conflict between outlets."""
    told = [report(1, "a", count(179, "179")), report(2, "a", count(779, "779"))]
    assert not any(line.against for line in fact_table(told))


_FACTS = st.builds(
    Fact,
    kind=st.just("count"),
    value=st.sampled_from([11.0, 35.0, 2000.0, 2010.0]),
    what=st.sampled_from(["agreements", "projects", "gerai", ""]),
    known=st.booleans(),
    text=st.just("x"),
)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.lists(_FACTS, max_size=4)), max_size=6))
def test_conflicts_are_mutual_and_between_outlets(told: list[tuple[str, list[Fact]]]) -> None:
    """Who stands against a line has it against itself, counts the same thing, and other outlets say it."""
    lines = fact_table([report(n, outlet, *facts) for n, (outlet, facts) in enumerate(told, 1)])
    by_text = {(plainly(one.fact), one.fact.known): one for one in lines}
    for line in lines:
        for other in line.against:
            back = by_text[plainly(other.fact), other.fact.known]
            assert plainly(line.fact) in {plainly(one.fact) for one in back.against}
            assert other.fact.what == line.fact.what
            assert len({*line.outlets, *other.outlets}) > 1


LEADS = {
    "en": "Thirty-five projects were signed in Nanning. The hosts thanked everybody who had come. They are worth 20 billion yuan.",
    "id": "Tiga puluh lima proyek diteken di Nanning. Nilainya 20 miliar yuan. Sebanyak 59 proyek dimulai di Beihai.",
    "zh": "南宁签署三十五个项目。总额200亿元。北海启动五十九个项目。",
}  # fmt: skip


def with_facts(number: int, language: str, *said: Fact) -> Report:
    body = LEADS[language]
    placed = []
    for fact in said:
        at = body.index(fact.text)
        parts = {part: getattr(fact, part) for part in ("kind", "value", "unit", "what", "text")}
        placed.append(Fact(**parts, start=at, end=at + len(fact.text)))
    made = report(number, language, body=body, language=language)
    return Report(story=made.story, facts=tuple(placed))


TOLD = (
    with_facts(1, "en", count(35, "Thirty-five projects"), money(20e9, "20 billion yuan")),
    with_facts(2, "id", count(35, "Tiga puluh lima proyek"), money(20e9, "20 miliar yuan"), count(59, "59 proyek")),
    with_facts(3, "zh", count(35, "三十五个项目"), money(20e9, "200亿元"), count(59, "五十九个项目")),
)  # fmt: skip


def test_a_summary_adds_sentence_by_sentence() -> None:
    """The first lead, then what says something new, never the same in two languages."""
    quotes = summary(TOLD)
    assert quotes[0].text == "Thirty-five projects were signed in Nanning."
    values = [
        fact.value
        for one in quotes
        for fact in one.report.facts
        if one.start <= fact.start < one.end
    ]
    assert sorted(values) == [35, 59, 20e9]
    assert all(one.report.story.body[one.start : one.end].startswith(one.text[:9]) for one in quotes)  # fmt: skip


def test_a_summary_speaks_the_readers_language_where_it_can() -> None:
    """Where an outlet says the same in the reader's language, it is quoted."""
    assert {one.report.story.language for one in summary(TOLD, language="zh")} == {"zh"}
    assert len(summary(TOLD, most=2)) == 2
    assert summary([]) == ()
    assert [one.text for one in lead(TOLD[2])] == ["南宁签署三十五个项目。", "总额200亿元。"]


def test_a_merged_number_leads_on(archive: Archive) -> None:
    """The number of an event whose stories have left shows where they went."""
    with archive.write() as db:
        one, two = put(db, story("1")), put(db, story("2"))
        into, emptied = (events.of_story(db, number)[0] for number in (one, two))
        db.execute(update(story_rows).where(story_rows.c.id == two).values(event=into))
        events.join(db, emptied, into)
        revise(db, one, story("1", "Baru", facts=(count(36, "36 proyek"),)))
    with archive.read() as db:
        found = reports.of_event(db, emptied)
        assert found is not None
        assert found.event == into
        assert [row.story.id for row in found.reports] == [one, two]
        assert [edition.revision for edition in found.editions] == [1, 2]
        assert [event.event for event in reports.latest(db, 5)] == [into]
        assert reports.is_known(db, emptied)
        assert not reports.is_known(db, 99)
