"""harborwatch topics: facets counted, names suggested, a changed file told before it is used."""

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from played_days import Played

from harborwatch.commands import main
from query import Topics

pytestmark = pytest.mark.long

Run = Callable[..., Result]


@pytest.fixture
def run(played: Played) -> Run:
    """Run a command on the home that the demo's days leave."""
    return lambda *arguments: CliRunner().invoke(main, ["--home", str(played.home), *arguments])


def data(done: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def found(run: Run, query: str) -> set[object]:
    return {one["id"] for one in data(run("search", "--json", "-n", "200", query))}


def test_show_counts_what_search_finds(run: Run) -> None:
    """A topic and each of its facets stand with the number of stories that search finds."""
    told = {one["topic"]: one["stories"] for one in data(run("topics", "show", "--json", "@caih"))}
    assert set(told) == {"@caih", *(f"@caih/{one}" for one in Topics.shipped().get("caih").facets)}
    assert told == {name: len(found(run, str(name))) for name in told}
    assert 0 < told["@caih/network"] <= told["@caih"]
    later = data(run("topics", "show", "--json", "caih", "--since", "2018-09-20"))
    assert later[0]["stories"] == len(found(run, "since:2018-09-20 @caih"))
    assert run("topics", "show", "caih").stdout.startswith("@caih\t")
    assert "did you mean" in " ".join(run("topics", "show", "cahi").stderr.split())


def test_the_seed_speaks_of_five_platforms(run: Run) -> None:
    """The story that began it names all five, and explain tells each with its words."""
    done = run("explain", "--json", "indotelko:1537410163")
    facets = [one["text"] for one in data(done) if one["about"] == "facet"]
    assert facets == [
        "@caih/network, Network infrastructure: infrastruktur jaringan",
        "@caih/technology, Technical cooperation: kerja sama teknis",
        "@caih/trade, Economic and trade services: layanan ekonomi dan perdagangan",
        "@caih/information, Information sharing: pertukaran informasi",
        "@caih/people, People-to-people exchange: antarwarga",
    ]


def test_nothing_to_suggest_ends_with_1(run: Run) -> None:
    """The demo's events have no story that shares a name which the harbor's file has not."""
    done = run("topics", "suggest", "caih")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "@caih lacks" in done.stderr
    assert run("topics", "suggest", "cahi").exit_code == 2
