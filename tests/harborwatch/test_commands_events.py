"""`harborwatch events`: the events, and one with its facts, conflicts and summary."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result
from played_days import Played

from archive.reporting.fact_table import conflicts
from archive.reporting.reports import Edition, EventReports, Report
from harborwatch.commands import main
from harborwatch.event_report import as_data, counts, event_report
from news import Fact, StoryRow

Run = Callable[..., Result]
Data = Mapping[str, Any]
NOON = datetime(2018, 9, 20, 12, tzinfo=UTC)


@pytest.fixture
def run(played: Played) -> Run:
    """Run a command on the home that the demo's days leave."""
    return lambda *arguments: CliRunner().invoke(main, ["--home", str(played.home), *arguments])


@pytest.fixture
def forum(run: Run) -> Data:
    """Return the forum's event as JSON tells it."""
    listed = [json.loads(line) for line in run("events", "--json", "--limit", "99").stdout.splitlines()]  # fmt: skip
    told = max(listed, key=lambda one: len(one["outlets"]))
    shown: Data = json.loads(run("events", "show", str(told["event"]), "--json").stdout)
    assert {name: shown[name] for name in told} == told
    return shown


def test_the_forum_is_one_table_of_facts(forum: Data) -> None:
    """What six outlets say in six languages is one line a value, with all its printed forms."""
    (total,) = (one for one in forum["facts"] if one["unit"] == "CNY")
    assert total["value"] == 20e9
    assert {"RMB20 miliar", "200亿元人民币", "20 tỷ nhân dân tệ"} <= set(total["printed"])
    assert len(total["outlets"]) == forum["originals"] == 6
    projects = {one["value"] for one in forum["facts"] if one["what"] == "projects"}
    assert projects == {7.0, 35.0, 59.0}
    places = {one["value"] for one in forum["facts"] if one["kind"] == "place"}
    assert {"Nanning", "Guilin", "Beihai"} <= places


def test_what_was_corrected_is_told(forum: Data) -> None:
    """A revision that changed a count says so, as a fact."""
    assert "32 → 35 projects" in {one["change"] for one in forum["corrections"]}


def test_the_summary_is_quoted(forum: Data, run: Run) -> None:
    """At most five sentences, each with outlet and address, each printed in its story."""
    assert 1 < len(forum["summary"]) <= 5
    addresses = {one["id"]: one["url"] for one in forum["stories"]}
    for one in forum["summary"]:
        assert one["url"] == addresses[one["story"]]
    text = run("events", "show", str(forum["event"])).stdout
    assert all(one["text"] in text for one in forum["summary"])


def test_csv_has_the_same_facts(forum: Data, run: Run) -> None:
    """The table as CSV has a heading, and a row for each fact."""
    text = run("events", "show", str(forum["event"]), "--csv").stdout
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert list(rows[0]) == list(forum["facts"][0])
    assert [row["kind"] for row in rows] == [one["kind"] for one in forum["facts"]]


def test_search_finds_the_stories_of_the_event(forum: Data, run: Run) -> None:
    """event:NUMBER finds what events show lists; an amount narrows it."""
    event = forum["event"]
    found = run("search", "--json", "-n", "99", f"event:{event}").stdout.splitlines()
    assert {json.loads(line)["id"] for line in found} == {one["id"] for one in forum["stories"]}
    rich = run("search", "--json", "-n", "99", f"event:{event} amount>=20bn CNY")
    assert 6 <= len(rich.stdout.splitlines()) <= len(found)


def test_what_is_no_event(run: Run) -> None:
    """A number without an event is told, with status 1; what is no number with 2."""
    done = run("events", "show", "99999")
    assert (done.exit_code, "there is no event 99999" in done.stderr) == (1, True)
    assert run("events", "show", "forum").exit_code == 2


def report(number: int, outlet: str, fact: Fact, copy_of: int | None = None) -> Report:
    row = StoryRow(
        id=number,
        revision=2,
        outlet=outlet,
        country="ID",
        source=f"{outlet}/feed",
        address=f"https://{outlet}.example/{number}",
        title=f"Report {number}",
        body="",
        authors=(),
        language="id",
        published_at=None,
        published_precision="",
        first_seen_at=NOON + timedelta(minutes=number),
        history=False,
        copy_of=copy_of,
        copy_kind="reprint" if copy_of else "",
        event=1,
        topics=(),
    )
    return Report(story=row, facts=(fact,))


def deals(number: float) -> Fact:
    return Fact(
        kind="count", value=number, what="agreements", known=True, text=f"{number:g} deals"
    )


def test_conflicts_and_corrections_are_said_once() -> None:
    """Each conflict is one line; a copy's revision corrects nothing."""
    told = (
        report(1, "xinhua", deals(179)),
        report(2, "antara", deals(779)),
        report(3, "kopi", deals(9), copy_of=1),
    )
    editions = [
        Edition(story=story, revision=number, seen_at=NOON, facts=(deals(n),))
        for story, numbers in ((2, (799, 779)), (3, (8, 9)))
        for number, n in enumerate(numbers, 1)
    ]
    shown = event_report(EventReports(event=1, reports=told, editions=tuple(editions)))
    assert conflicts(shown.facts) == ("179 agreements: xinhua; 779 agreements: antara",)
    assert [one.change for one in shown.corrections] == ["799 → 779 deals"]
    assert counts(told) == "3 outlets, 2 originals, 1 copy; id 3"
    assert [one["conflict"] for one in as_data(shown)["facts"]] == [  # type: ignore[attr-defined]
        "179 agreements: xinhua; 779 agreements: antara",
        "779 agreements: antara; 179 agreements: xinhua",
    ]
