"""harborwatch watches and topics check: what a query would do, before it is saved."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from played_days import Played

from harborwatch.commands import main

pytestmark = pytest.mark.long

Run = Callable[..., Result]

TOPIC = """
id = "caih"
title = "Harbor"
tier = 1
relation = "core"
definition = "A smaller harbor."

[sure]
{names}
"""


@pytest.fixture
def run(played: Played) -> Run:
    """Run a command on the home that the demo's days leave."""
    return lambda *arguments: CliRunner().invoke(main, ["--home", str(played.home), *arguments])


def data(done: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def found(run: Run, query: str) -> set[object]:
    return {one["id"] for one in data(run("search", "--json", "-n", "200", query))}


def test_watches_are_listed_with_what_they_found(run: Run, played: Played) -> None:
    """Each watch stands with rhythm, query and the stories it found, none left waiting."""
    listed = {one["watch"]: one for one in data(run("watches", "--json"))}
    assert listed.keys() == {"harbor", "core"}
    assert listed["core"]["rhythm"] == "instant"
    assert listed["core"]["waiting"] == 0
    told = {line.story for one in played.digests for card in one.cards for line in card.tellings}
    assert 0 < listed["core"]["stories"] <= len(told)  # type: ignore[operator]
    assert len(run("watches").stdout.splitlines()) == 2
    assert run("watches", "list").stdout == run("watches").stdout


@pytest.mark.parametrize("query", ["ASEAN", "信息港", "อาเซียน", "@bri", "=ASEAN"])
def test_a_trial_counts_what_search_finds(run: Run, query: str) -> None:
    """Sum, weeks, languages and samples are those of the stories that search finds."""
    said, *samples = data(run("watches", "try", "--json", query))
    whole = found(run, query)
    assert said["total"] == len(whole) == sum(said["weeks"].values())  # type: ignore[attr-defined]
    assert said["whole"] is True
    assert {one["id"] for one in samples} <= whole
    assert len(samples) == min(5, len(whole))


def test_a_trial_shows_overlap_and_near_misses(run: Run) -> None:
    """Other watches are named with how much they have; near misses with what they lack."""
    done = run("watches", "try", "Kuantan AND ASEAN")
    assert done.exit_code == 1
    assert "it has no asean" in done.stdout
    assert "it has no kuantan" in done.stdout
    said = run("watches", "try", "信息港")
    assert said.exit_code == 0
    mine = found(run, "信息港")
    both = mine & found(run, "@caih OR @caih_forum OR @caih_co")
    assert f"also in\tme/core\t{len(both)} of {len(mine)}" in said.stdout.splitlines()
    assert "week\t2018-W38\t" in said.stdout


def test_since_leaves_out_what_is_older(run: Run) -> None:
    """--since tries the query on stories from that day on only."""
    (said, *_) = data(run("watches", "try", "--json", "--since", "2018-09-20", "ASEAN"))
    assert said["total"] == len(found(run, "since:2018-09-20 ASEAN"))


@pytest.mark.parametrize("name", ["core", "me/core"])
def test_a_changed_watch_names_what_comes_and_goes(run: Run, name: str) -> None:
    """Against a watch, stories that only the new query finds are +, those it loses −."""
    old, new = "@caih OR @caih_forum OR @caih_co", "ASEAN -Nanning"
    done = run("watches", "try", "--against", name, "--json", new)
    said, *changes = data(done)
    was, now = found(run, old), found(run, new)
    assert (said["gained"], said["lost"]) == (len(now - was), len(was - now))
    assert {one["id"] for one in changes if one["change"] == "gained"} == now - was
    assert {one["id"] for one in changes if one["change"] == "lost"} == was - now
    table = run("watches", "try", "--against", name, new).stdout
    assert table.startswith(f"+{len(now - was)} −{len(was - now)}, ")
    assert "never mailed" in table


def test_the_same_query_changes_nothing(run: Run) -> None:
    """A query that finds what the watch finds ends with 1 and says so."""
    done = run("watches", "try", "--against", "core", "@caih OR @caih_forum OR @caih_co")
    assert done.exit_code == 1
    assert "+0 −0" in done.stdout
    assert "nothing would change" in done.stderr


def test_trying_writes_nothing(run: Run, played: Played) -> None:
    """A trial leaves matches, tellings and outbox as they are."""
    before = run("ledger", "--json").stdout
    run("watches", "try", "ASEAN")
    run("watches", "try", "--against", "core", "ASEAN")
    assert run("ledger", "--json").stdout == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--against", "cor", "ASEAN"), 'no watch is called "cor"; did you mean "core"?'),
        (("--since", "yesterday", "ASEAN"), "a day is written as"),
        (('"open',), "^"),
        (("@cahi",), 'did you mean "caih"'),
        (("NOT ASEAN",), "reading every story"),
    ],
)
def test_wrong_trials_are_told(run: Run, arguments: tuple[str, ...], says: str) -> None:
    """A query, day or watch that is none ends with 2 and says why."""
    done = run("watches", "try", *arguments)
    assert done.exit_code == 2, done.output
    assert says in " ".join(done.stderr.split())


def test_a_topic_file_is_checked_against_the_archive(run: Run, tmp_path: Path) -> None:
    """What a changed topic file gains and loses is what the two queries find apart."""
    file = tmp_path / "caih.toml"
    file.write_text(TOPIC.format(names='zh = ["信息港"]\nfil = ["mangga"]'), "utf-8")
    said, *changes = data(run("topics", "check", "--json", str(file)))
    was, now = found(run, "@caih"), found(run, "信息港 OR mangga")
    assert (said["gained"], said["lost"]) == (len(now - was), len(was - now))
    assert {one["id"] for one in changes} == now ^ was
    assert run("topics", "check", str(file)).stdout.startswith(
        f"+{said['gained']} −{said['lost']}"
    )
    assert found(run, "@caih") == was


def test_a_new_topic_only_gains(run: Run, tmp_path: Path) -> None:
    """A topic that was not there before gains all that it finds; the same one nothing."""
    file = tmp_path / "mango.toml"
    file.write_text(TOPIC.replace("caih", "mango").format(names='fil = ["mangga"]'), "utf-8")
    said, *_ = data(run("topics", "check", "--json", str(file)))
    assert (said["gained"], said["lost"]) == (len(found(run, "mangga")), 0)
    file.write_text(TOPIC.replace("caih", "mango").format(names='fil = ["zzyzx"]'), "utf-8")
    assert run("topics", "check", str(file)).exit_code == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id = 1", "caih.toml:1"),
        ('[sure]\nen = ["x"]', '"id" is missing'),
        ("[sure", "is not TOML"),
    ],
)
def test_a_topic_file_with_a_mistake_is_told(
    run: Run, tmp_path: Path, text: str, says: str
) -> None:
    """A topic file that cannot be used ends with 2, its own path and line."""
    file = tmp_path / "caih.toml"
    file.write_text(text, "utf-8")
    done = run("topics", "check", str(file))
    assert done.exit_code == 2, done.output
    assert str(file) in done.stderr
    assert says in done.stderr
    assert "no such file" in run("topics", "check", str(tmp_path / "none.toml")).stderr


def test_topics_are_listed_and_shown_as_before(run: Run) -> None:
    """`topics` lists, `topics bri` shows one, `topics bir` asks if bri was meant."""
    assert run("topics").stdout == run("topics", "list").stdout
    assert run("topics", "bri").stdout.startswith("@bri ")
    assert "did you mean" in " ".join(run("topics", "bir").stderr.split())
    assert "check" in run("topics", "--help").stdout
