"""The commands, as a person types them, on the home that the demo leaves."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from played_days import Played

from harborwatch import config
from harborwatch.commands import COMMANDS, main
from harborwatch.config import NAME

Run = Callable[..., Result]

RIGHT = 'name = "A"\nhome = "https://a.example"\ncountry = "ID"\nlanguages = ["id"]\nzone = "Asia/Jakarta"\n'  # fmt: skip


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo that ran as a process."""

    home: Path
    status: int
    out: str
    err: str


@pytest.fixture(scope="module")
def demo(demo_begun: tuple[Path, subprocess.Popen[str]], played: Played) -> Demo:
    """The demo; while it runs beside it, the days that other tests want are played."""
    assert played.rows
    home, running = demo_begun
    out, err = running.communicate(timeout=120)
    return Demo(home, running.returncode, out, err)


@pytest.fixture
def run(demo: Demo) -> Run:
    """Run a command on the demo's home."""
    return lambda *arguments: CliRunner().invoke(main, ["--home", str(demo.home), *arguments])


def test_demo_ends_by_itself(demo: Demo) -> None:
    """`demo --once` ends with 0, says what it did, and leaves configuration, archive and mails."""
    home = demo.home
    assert demo.status == 0, demo.err
    assert demo.err == ""
    config.load(home)
    assert (home / "archive.db").stat().st_size > 100_000
    mails = list((home / "mailbox").glob("*.eml"))
    assert mails
    html = next(line for line in demo.out.splitlines() if line.startswith("its HTML: "))
    assert Path(html.removeprefix("its HTML: ")).read_text("utf-8").lstrip().startswith("<!")
    for said in ("replica outlets", "polled ", "stories kept", "copies", "events", "@caih "):
        assert said in demo.out


def test_the_demo_leaves_a_used_folder_alone(tmp_path: Path) -> None:
    """Where something stands already, nothing is played: no made-up outlet comes to a real home."""
    (tmp_path / "harborwatch.toml").write_text("", "utf-8")
    done = CliRunner().invoke(main, ["demo", "--once", "--home", str(tmp_path)])
    assert done.exit_code == 2
    assert "give --home a new folder" in done.output
    assert [one.name for one in tmp_path.iterdir()] == ["harborwatch.toml"]


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("信息港", "zh"), ("信息", "zh"), ("อาเซียน", "th"), ('"Information Harbor"', "id"),
        ("cảng thông tin", "vi"), ("pelabuhan maklumat", "ms"), ("အာဆီယံ", "my"), ("អាស៊ាន", "km"),
        ("ASEAN", "fil"), ("@caih lang:en", "en"), ("ຈີນ", "lo"),
    ],
)  # fmt: skip
def test_search_finds_stories_of_its_language(run: Run, query: str, language: str) -> None:
    """A search finds the stories of its language, one JSON object a line, all keys there."""
    done = run("search", "--json", "--limit", "50", query)
    assert done.exit_code == 0, done.output
    found = [json.loads(line) for line in done.stdout.splitlines()]
    keys = {"url", "title", "outlet", "language", "published", "topics", "event", "hit"}
    assert all(keys <= one.keys() for one in found)
    assert language in {one["language"] for one in found}
    assert all(one["url"].startswith("http://") and one["title"] for one in found)


def test_search_shows_hit_and_address(run: Run) -> None:
    """As a table, a line a story: its outlet, headline, the sentence hit and the address."""
    done = run("search", '"Information Harbor"')
    assert done.exit_code == 0
    line = next(line for line in done.stdout.splitlines() if "Tiongkok-ASEAN Pererat" in line and "indotelko" in line)  # fmt: skip
    assert "Information Harbor" in line
    assert "http://indotelko.localhost" in line
    assert "/read/1537410163" in line


def test_nothing_found_is_one(run: Run) -> None:
    """A search that finds nothing says so and ends with 1."""
    done = run("search", "zzyzx")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "nothing found" in done.stderr


@pytest.mark.parametrize("query", ['"open', "(a OR b", "@cahi", "a NEAR/x b", "AND"])
def test_wrong_queries_point_at_the_place(run: Run, query: str) -> None:
    """A query that cannot be asked ends with 2 and a caret below the place."""
    done = run("search", query)
    assert done.exit_code == 2, done.output
    _, asked, caret, *_ = done.stderr.splitlines()
    assert asked.strip() in query or query in asked
    assert caret.strip() == "^"


def test_sources_as_json(run: Run) -> None:
    """`sources --json` gives each way in with its state, stories and next poll."""
    lines = [json.loads(line) for line in run("sources", "--json").stdout.splitlines()]
    states = {one["id"]: one for one in lines}
    assert len(states) > 20
    assert states["indotelko/listing"]["stories"] > 0
    assert states["haixia/feed"]["state"] in ("blocked", "unproved")
    assert states["haixia/feed"]["detail"] == "HTTP 403"
    assert run("sources").stdout.count("\n") == len(states)


def test_ledger_balances(run: Run) -> None:
    """`ledger --json` gives the sums; seen = fetched + waiting + refused + gone."""
    sums = json.loads(run("ledger", "--json").stdout)
    parts = sums["fetched"] + sums["waiting"] + sum(sums["refused"].values()) + sums["gone"]
    assert sums["seen"] == parts > 90
    assert sums["to_match"] == 0
    assert set(sums["deliveries"]) == {"sent"}
    table = run("ledger").stdout
    assert "addresses seen" in table
    assert "checked " in table


def test_digests_are_listed_and_shown(run: Run) -> None:
    """`digests` lists what was told; a number shows its text, --html its HTML; none waits."""
    rows = [line.split("\t") for line in run("digests").stdout.splitlines()]
    assert rows
    assert "HARBORWATCH" in run("digests", rows[0][0]).stdout
    assert run("digests", rows[0][0], "--html").stdout.lstrip().startswith("<!")
    assert run("digests", "--outbox").stdout == ""
    missing = run("digests", "99999")
    assert (missing.exit_code, "no digest 99999" in missing.stderr) == (1, True)


def test_topics_show_their_query(run: Run) -> None:
    """`topics` lists all 36, `topics caih` the query that the topic is; a typing error is told."""
    assert len(run("topics").stdout.splitlines()) == 36
    assert len([json.loads(line) for line in run("topics", "--json").stdout.splitlines()]) == 36
    shown = run("topics", "caih")
    assert shown.exit_code == 0
    for name in ("信息港", "information harbo"):
        assert name in shown.stdout.casefold()
    wrong = run("topics", "cahi")
    assert (wrong.exit_code, 'did you mean "caih"?' in wrong.stderr) == (2, True)


def test_outlets_are_listed_and_checked(run: Run, tmp_path: Path) -> None:
    """`outlets` lists the catalogue, `outlets FILE` says that a file is right or what is wrong."""
    assert "indotelko" in run("outlets").stdout
    file = tmp_path / "a.toml"
    file.write_text(RIGHT, "utf-8")
    assert "the file is right" in run("outlets", str(file)).stdout
    file.write_text(RIGHT.replace("zone", "zoen"), "utf-8")
    wrong = run("outlets", str(file))
    assert wrong.exit_code == 2
    assert f'{file}:5: unknown key "zoen"' in wrong.stderr
    assert 'did you mean "zone"?' in wrong.stderr


def test_poll_names_an_unknown_outlet(run: Run) -> None:
    """An outlet that no file describes is told by its name, with exit status 2."""
    done = run("poll", "indotelco")
    assert done.exit_code == 2
    assert "indotelco" in done.stderr


def test_init_makes_a_home(tmp_path: Path) -> None:
    """`init` writes a configuration that loads, an archive, and a test message into mailbox/."""
    home = tmp_path / "home"
    done = CliRunner().invoke(main, ["init", "--home", str(home), "--zone", "Asia/Jakarta"])
    assert done.exit_code == 0, done.output
    loaded = config.load(home)
    (reader,) = loaded.subscribers
    assert (reader.zone, reader.targets[0].channel) == ("Asia/Jakarta", "mailbox")
    assert "@caih" in reader.watches[0].query
    assert (home / "archive.db").exists()
    assert len(list((home / "mailbox").glob("*.eml"))) == 1
    again = CliRunner().invoke(main, ["init", "--home", str(home)])
    assert again.exit_code == 2
    assert f"{home / NAME}: is there already" in again.stderr


@pytest.mark.parametrize("given", [("--zone", "Asia/Jakatra"), ("--at", "25:00"), ("--smtp", "mail.example")])  # fmt: skip
def test_init_leaves_nothing_half_made(tmp_path: Path, given: tuple[str, str]) -> None:
    """What `init` cannot use is told with exit status 2, and no configuration stays behind."""
    done = CliRunner().invoke(
        main, ["init", "--home", str(tmp_path), "--mail", "a@b.example", *given]
    )
    assert done.exit_code == 2, done.output
    assert not (tmp_path / NAME).exists()


def test_commands_without_a_configuration_say_what_to_do(tmp_path: Path) -> None:
    """Without a home, `poll` and `run` name `harborwatch init`."""
    for command in ("poll", "run"):
        done = CliRunner().invoke(main, [command, "--home", str(tmp_path)])
        assert done.exit_code == 2
        assert 'run "harborwatch init" first' in done.stderr


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(command: str) -> None:
    """Each command that is listed can be asked for help."""
    done = CliRunner().invoke(main, [command, "--help"])
    assert done.exit_code == 0
    assert "Usage" in done.stdout


def test_a_home_without_anything_is_told(tmp_path: Path) -> None:
    """Asking an empty folder makes no archive in it; it says what to do."""
    done = CliRunner().invoke(main, ["--home", str(tmp_path / "none"), "search", "ASEAN"])
    assert done.exit_code == 2
    assert "harborwatch init" in done.output
    assert not (tmp_path / "none").exists()
