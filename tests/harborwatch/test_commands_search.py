"""harborwatch search: orders, counts, saved searches, and exports for other programs."""

import csv
import io
import json
import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from played_days import Played

from harborwatch.commands import main
from harborwatch.commands.exporting import FORMATS

pytestmark = pytest.mark.long

Run = Callable[..., Result]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def run(played: Played) -> Run:
    """Run a command on the home that the demo's days leave."""
    return lambda *arguments: CliRunner().invoke(main, ["--home", str(played.home), *arguments])


def found(done: Result) -> list[int]:
    return [json.loads(line)["id"] for line in done.stdout.splitlines()]


@pytest.mark.parametrize("sort", ["date", "relevance"])
@pytest.mark.parametrize("query", ["ASEAN", "信息港", "อาเซียน", "@caih"])
def test_pages_of_either_order_fit_together(run: Run, sort: str, query: str) -> None:
    """Following --before page by page gives every story once, in the order of one long page."""
    whole = found(run("search", "--json", "--sort", sort, "-n", "100", query))
    paged: list[int] = []
    before: list[str] = []
    while True:
        done = run("search", "--json", "--sort", sort, "-n", "2", *before, query)
        paged += found(done)
        if "more: " not in done.stderr:
            break
        before = done.stderr.strip().removeprefix("more: ").splitlines()[0].split()
    assert paged == whole
    assert len(set(whole)) == len(whole) == int(run("search", "--count", query).stdout)


def test_spans_point_at_the_words(run: Run) -> None:
    """Each span in JSON holds words that the query asked for, in headline and sentence."""
    for line in run("search", "--json", "-n", "50", "信息港 OR ASEAN").stdout.splitlines():
        one = json.loads(line)
        marked = [one["title"][a:b] for a, b in one["title_spans"]]
        marked += [one["hit"][a:b] for a, b in one["hit_spans"]]
        assert marked
        assert set(marked) <= set(one["words"])


def test_facets_add_up(run: Run) -> None:
    """Languages and outlets sum up to the total; the table says the same as the JSON."""
    said = json.loads(run("search", "--facets", "--json", "ASEAN").stdout)
    assert said["whole"]
    for name in ("language", "outlet", "country", "day"):
        assert sum(said["facets"][name].values()) == said["total"]
    table = run("search", "--facets", "ASEAN").stdout.splitlines()
    assert table[0] == f"{said['total']} stories"
    assert f"language\tid\t{said['facets']['language']['id']}" in table


def test_a_search_is_saved_asked_and_forgotten(run: Run) -> None:
    """A saved search is listed, found by its name in the order saved, and can be forgotten."""
    saved = run("search", "--save", "信息", "--sort", "relevance", "--json", "信息港")
    assert saved.exit_code == 0
    (listed,) = [json.loads(line) for line in run("searches", "--json").stdout.splitlines()]
    assert (listed["name"], listed["query"], listed["sort"]) == ("信息", "信息港", "relevance")
    assert run("search", "--saved", "信息", "--json").stdout == saved.stdout
    assert run("searches").stdout.startswith("信息\trelevance\t")
    assert run("searches", "--remove", "信息").exit_code == 0
    assert run("searches").exit_code == run("searches", "--remove", "信息").exit_code == 1


def test_csv_is_read_back(run: Run, tmp_path: Path) -> None:
    """The CSV file holds every story with the same columns, readable by a spreadsheet."""
    path = tmp_path / "found.csv"
    assert run("search", "--export", "csv", str(path), "ASEAN").exit_code == 0
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert [int(row["id"]) for row in rows] == found(run("search", "--json", "-n", "99", "ASEAN"))
    assert all(datetime.fromisoformat(row["first_seen"]).tzinfo for row in rows)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    shown = run("search", "--export", "csv", "-", "ASEAN").stdout
    assert list(csv.DictReader(io.StringIO(shown))) == rows


def test_json_lines_hold_whole_stories(run: Run, tmp_path: Path) -> None:
    """Each line of the JSON Lines file is one story, as many as --limit says."""
    path = tmp_path / "found.jsonl"
    assert run("search", "--export", "jsonl", str(path), "-n", "3", "ASEAN").exit_code == 0
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len(lines) == 3
    assert all(one["title"] and one["url"] and one["words"] for one in lines)


def test_atom_is_a_feed(run: Run, tmp_path: Path) -> None:
    """The feed has what RFC 4287 asks for: ids, dates with zone, authors, links, in each entry."""
    path = tmp_path / "found.atom"
    assert run("search", "--export", "atom", str(path), "信息港 OR ASEAN").exit_code == 0
    feed = ET.fromstring(path.read_text("utf-8"))
    entries = feed.findall(f"{ATOM}entry")
    assert feed.tag == f"{ATOM}feed"
    assert len(entries) == int(run("search", "--count", "信息港 OR ASEAN").stdout)
    for one in (feed, *entries):
        assert uuid.UUID(text(one, "id"))
        assert text(one, "title")
        assert datetime.fromisoformat(text(one, "updated")).tzinfo
        assert text(one, "author", "name")
    assert len({text(one, "id") for one in entries}) == len(entries)
    for one in entries:
        link = one.find(f"{ATOM}link")
        assert link is not None
        assert link.get("rel") == "alternate"
        assert urlsplit(link.get("href", "")).scheme == "http"
    again = run("search", "--export", "atom", "-", "信息港 OR ASEAN").stdout
    ids = [text(one, "id") for one in ET.fromstring(again).findall(f"{ATOM}entry")]
    assert ids == [text(one, "id") for one in entries]


def test_references_are_one_a_story(run: Run, tmp_path: Path) -> None:
    """RIS has a reference for each story, by the outlet's name, the same here and in a file."""
    path = tmp_path / "found.ris"
    assert run("search", "--export", "ris", str(path), "信息港 OR ASEAN").exit_code == 0
    said = path.read_bytes().decode("utf-8")
    total = int(run("search", "--count", "信息港 OR ASEAN").stdout)
    assert [said.count(f"{tag}  - ") for tag in ("TY", "ER", "UR", "AB")] == [total] * 4
    assert said.count("\r\n") == said.count("\n")
    shown = run("search", "--ris", "信息港 OR ASEAN").stdout_bytes.decode("utf-8")
    assert shown == said


@pytest.mark.parametrize("other", [("--count",), ("--facets",), ("--export", "csv", "-")])
def test_one_form_is_asked_for(run: Run, other: tuple[str, ...]) -> None:
    """References and another form at once are refused: neither is left out in silence."""
    done = run("search", "--ris", *other, "ASEAN")
    assert done.exit_code == 2
    assert "give one of" in done.stderr


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_found_is_an_empty_file(run: Run, tmp_path: Path, kind: str) -> None:
    """An export of nothing is a right file without stories, and ends with 1."""
    path = tmp_path / "found"
    assert run("search", "--export", kind, str(path), "zzyzx").exit_code == 1
    said = path.read_text("utf-8-sig")
    assert said.count("\n") == {"csv": 1, "jsonl": 0, "ris": 0}.get(kind, said.count("\n"))
    assert kind != "atom" or ET.fromstring(said).findall(f"{ATOM}entry") == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "give a query"),
        (("--saved", "x", "ASEAN"), "give a query"),
        (("--saved", "no such"), 'no search is saved as "no such"'),
        (("--before", "soon", "ASEAN"), 'before "soon" is no place'),
        (("--before", "9" * 30, "ASEAN"), "is no place"),
        (("--sort", "relevance", "--before", "81", "ASEAN"), "is no place"),
        (("--export", "csv", "/no/such/folder/x.csv", "ASEAN"), "/no/such/folder/x.csv: cannot"),
        (("--export", "csv", "/", "ASEAN"), "cannot be written"),
        (("--export", "pdf", "x", "ASEAN"), "pdf"),
        (("--save", "two\nlines", "ASEAN"), "a name has no line ends"),
        (("--limit", "0", "ASEAN"), "0"),
        (("--count", "NOT ASEAN"), "reading every story"),
    ],
)
def test_wrong_wishes_are_told(run: Run, arguments: tuple[str, ...], says: str) -> None:
    """What cannot be done ends with 2 and says what and what to do."""
    done = run("search", *arguments)
    assert done.exit_code == 2, done.output
    assert says in " ".join(done.stderr.split())


def test_a_file_that_cannot_be_finished_stays_as_it_was(run: Run, tmp_path: Path) -> None:
    """An export that fails half way leaves the old file whole and nothing beside it."""
    path = tmp_path / "found.csv"
    path.write_text("old", "utf-8")
    assert run("search", "--export", "csv", str(path), "NOT ASEAN").exit_code == 2
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def text(element: ET.Element, *names: str) -> str:
    found = element.find("/".join(f"{ATOM}{name}" for name in names))
    assert found is not None
    return found.text or ""
