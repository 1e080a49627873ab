"""Copy settling: a revision decides anew what is whose copy."""

from dataclasses import replace

from pipelines_reprints import report, row, tell
from pipelines_tellings import RAILWAY, text

from archive.grouping import events
from news import StoryRow
from pipelines.stages import Tools

OTHER = text(RAILWAY["en"], "en")


def event(tools: Tools, one: StoryRow) -> int:
    with tools.archive.read() as db:
        return events.of_story(db, one.id)[0]


def test_a_copy_that_is_written_anew_is_a_report_of_its_own(press: Tools) -> None:
    """A revision that repeats nothing is no copy, and a revision that repeats a text is one."""
    first = tell(press, report("1", "paper-1"))
    assert tell(press, report("2", "paper-2")).copy_of == first.id
    own = tell(press, replace(report("2", "paper-2"), body=OTHER))
    assert (own.revision, own.copy_of, own.origin) == (2, None, "")
    assert event(press, own) != event(press, first)
    again = tell(press, report("2", "paper-2"))
    assert (again.revision, again.copy_of) == (3, first.id)
    assert event(press, again) == event(press, first)


def test_copies_of_a_text_that_is_gone_are_a_group_of_their_own(press: Tools) -> None:
    """Where an original says something else, the oldest of its copies is the original."""
    first = tell(press, report("1", "paper-1"))
    for number in "234":
        tell(press, report(number, f"paper-{number}"))
    revised = tell(press, replace(report("1", "paper-1"), body=OTHER))
    second = row(press.archive, "2")
    assert (revised.id, revised.copy_of, second.copy_of) == (first.id, None, None)
    for number in "34":
        assert row(press.archive, number).copy_of == second.id
        assert row(press.archive, number).origin == "paper-2"
    assert event(press, second) == event(press, row(press.archive, "4"))
    assert event(press, second) != event(press, revised)


def test_a_revision_of_some_words_leaves_its_copies(press: Tools) -> None:
    """An original that goes on, or mends a word, keeps its copies."""
    first = tell(press, report("1", "paper-1"))
    tell(press, report("2", "paper-2"))
    longer = f"{first.body} {OTHER}".replace("Tuesday", "Wednesday")
    assert tell(press, replace(report("1", "paper-1"), body=longer)).copy_of is None
    assert row(press.archive, "2").copy_of == first.id


def test_an_original_that_becomes_a_copy_takes_its_copies_along(press: Tools) -> None:
    """Links lead to an original at once, never over another copy."""
    other = tell(press, replace(report("0", "paper-0"), body=OTHER))
    first = tell(press, report("1", "paper-1"))
    tell(press, report("2", "paper-2"))
    both = f"{first.body} {OTHER}"
    tell(press, replace(report("2", "paper-2"), body=both))
    tell(press, replace(report("1", "paper-1"), title=other.title, body=OTHER))
    roots = {one: row(press.archive, one).copy_of for one in "012"}
    assert roots["0"] is None
    assert roots["1"] == other.id
    for root in roots.values():
        assert root is None or root == other.id
