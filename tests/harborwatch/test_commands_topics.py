"""harborwatch topics: facets counted, names suggested, a changed file told before it is used."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from played_days import Played

from harborwatch.commands import main
from harborwatch.topic_changes import spread
from query import Topics

pytestmark = pytest.mark.long

Run = Callable[..., Result]
HARBOR = Topics.shipped().get("caih")
TOPICS = Path(__file__).parents[2] / "query" / "topics"


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
    assert set(told) == {"@caih", *(f"@caih/{one}" for one in HARBOR.facets)}
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


def test_a_changed_file_counts_its_facets_and_whatever_includes_it(
    run: Run, tmp_path: Path
) -> None:
    """Each topic and facet that changes with a file stands with what it gains and loses."""
    file = tmp_path / "caih_forum.toml"
    text = (TOPICS / file.name).read_text("utf-8")
    begin = text.index("[sure]")
    file.write_text(f'{text[:begin]}[sure]\nen = ["Nanning"]\nid = ["zzyzx"]', "utf-8")
    said, *changes = data(run("topics", "check", "--json", str(file)))
    was, now = found(run, "@caih_forum"), found(run, "Nanning")
    assert (said["gained"], said["lost"]) == (len(now - was), len(was - now))
    # The harbor has names of its own, so that it only gains where the forum has no name of it.
    assert said["also"]["@caih"]["gained"] == len(now - found(run, "@caih"))  # type: ignore[index]
    assert said["also"]["@caih"]["lost"] <= said["lost"]  # type: ignore[index,operator]
    assert set(said["also"]) >= {f"@caih/{one}" for one in HARBOR.facets}  # type: ignore[call-overload]
    languages = said["languages"]
    told = [(one["language"], one["change"]) for one in changes]
    for code, counts in languages.items():  # type: ignore[attr-defined]
        assert counts == {way: told.count((code, way)) for way in ("gained", "lost")}
    printed = run("topics", "check", str(file)).stdout.splitlines()
    assert any(line.startswith("@caih: +") for line in printed)
    assert any(f"{code} +" in line for line in printed for code in list(languages)[:1])  # type: ignore[call-overload]
    assert run("topics", "check", str(TOPICS / "caih.toml")).exit_code == 1


def test_samples_are_spread_over_languages() -> None:
    """Where not all are shown, each language has about as many, the newest of them."""
    languages = dict.fromkeys(range(10, 100), "zh") | dict.fromkeys(range(1, 5), "lo")
    numbers = sorted(languages, reverse=True)
    assert spread(numbers, languages, 6) == [99, 98, 97, 4, 3, 2]
    assert spread(numbers, languages, 1_000) == numbers
