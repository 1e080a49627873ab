"""harborwatch subscribers and watches add, set, remove: by command, checked as the file is."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from harborwatch.commands import main
from harborwatch.config import NAME, load
from harborwatch.wiring import put_together

pytestmark = pytest.mark.long

CONFIG = """
[[subscribers]]
id = "me"
zone = "Asia/Jakarta"
targets = ["mailbox:me@harbor.example"]

[[subscribers.watches]]
name = "harbor"
query = "@caih"

[[subscribers]]
id = "budi"
zone = "Asia/Shanghai"
language = "zh"
quiet = "22:00-06:30"
holidays = "cn"
targets = ["mailbox:budi@harbor.example"]

[[subscribers.watches]]
name = "rails"
query = "铁路"
rhythm = "mon,thu 07:00 16:30"
at_least = 4
surge = true
"""

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command on a home whose file was read once."""
    (tmp_path / NAME).write_text(CONFIG, "utf-8")
    program = put_together(tmp_path)
    program.tools.archive.close()
    return lambda *arguments: CliRunner().invoke(main, ["--home", str(tmp_path), *arguments])


def data(done: Result) -> list[dict[str, object]]:
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_file_is_read_with_quiet_hours_and_holidays(run: Run, tmp_path: Path) -> None:
    """What the file says of a subscriber is what the table holds, shown as "file"."""
    me, budi = load(tmp_path).subscribers
    assert (me.quiet, me.holidays, budi.holidays) == (None, "", "CN")
    listed = {one["subscriber"]: one for one in data(run("subscribers", "--json"))}
    assert listed["budi"]["quiet"] == "22:00-06:30"
    assert {one["from"] for one in listed.values()} == {"file"}
    (rails,) = [one for one in data(run("watches", "--json")) if one["watch"] == "rails"]
    assert (rails["rhythm"], rails["at_least"], rails["surge"], rails["from"]) == (
        "mon,thu 07:00 16:30",
        4,
        True,
        "file",
    )


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("subscribers", "set", "me", "--zone", "UTC"), 2),
        (("subscribers", "remove", "budi"), 11),
        (("watches", "set", "harbor", "--rhythm", "instant"), 7),
        (("watches", "remove", "budi/rails"), 19),
    ],
)
def test_what_is_from_the_file_is_changed_there(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], line: int
) -> None:
    """A change of what stands in the file is refused with the file and the line."""
    before = run("watches", "--json").stdout + run("subscribers", "--json").stdout
    done = run(*arguments)
    assert done.exit_code == 2
    assert f"{tmp_path / NAME}:{line}: " in done.stderr
    assert "is from this file (change it there" in done.stderr
    assert run("watches", "--json").stdout + run("subscribers", "--json").stdout == before


def test_a_subscriber_by_command_lives_and_goes(run: Run) -> None:
    """Added, changed, shown, given watches and removed; a start in between takes nothing away."""
    to = ("--to", "mailbox:ana@harbor.example")
    (made,) = data(run("subscribers", "add", "ana", *to, "--zone", "Europe/Brussels", "--json"))
    assert (made["from"], made["zone"], made["language"]) == ("command", "Europe/Brussels", "en")
    (made,) = data(run("subscribers", "set", "ana", "--fallback-after", "12", "--json"))
    assert made["fallback_after"] == 12
    changed = ("--language", "vi", "--quiet", "23:00-06:00", "--holidays", "be")
    (made,) = data(run("subscribers", "set", "ana", *changed, "--json"))
    assert (made["language"], made["quiet"], made["holidays"]) == ("vi", "23:00-06:00", "BE")
    rhythm = ("--rhythm", "weekly mon 7:00", "--at-least", "3", "--surge")
    (watch,) = data(
        run("watches", "add", "--for", "ana", *rhythm, "--json", "ports", "Kuantan", "OR", "关丹")
    )
    assert watch["rhythm"] == "mon 07:00"
    assert watch["query"] == "Kuantan OR 关丹"
    said = run("watches", "add", "--for", "ana", "--rhythm", "mon 7:00", "more", "Kuantan").stdout
    assert re.search(r"next digest \d{4}-\d\d-\d\d 07:00 Europe/Brussels\n", said)
    assert run("watches", "remove", "ana/more").exit_code == 0
    (watch,) = data(run("watches", "set", "ports", "--rhythm", "instant", "--json"))
    assert (watch["rhythm"], watch["at_least"], watch["next"]) == ("instant", 3, None)
    assert watch["surge"] is True
    (watch,) = data(run("watches", "set", "ports", "--no-surge", "--json"))
    assert (watch["at_least"], watch["surge"]) == (3, False)
    (shown,) = data(run("subscribers", "show", "ana", "--json"))
    assert shown["watches"] == ["ports"]
    assert run("watches", "remove", "ana/ports", "--json").exit_code == 0
    (made,) = data(run("subscribers", "set", "ana", "--quiet", "", "--json"))
    assert made["quiet"] == ""
    assert "removed ana" in run("subscribers", "remove", "ana").stdout
    assert run("subscribers", "show", "ana").exit_code == 2


def test_a_start_leaves_what_was_made_by_command(run: Run, tmp_path: Path) -> None:
    """Reading the file again keeps subscribers and watches of commands, also of the file's people."""
    run("subscribers", "add", "ana", "--to", "mailbox:ana@harbor.example")
    assert run("watches", "add", "--for", "ana", "own", "Kuantan").exit_code == 0
    assert run("watches", "add", "--for", "me", "own", "Kuantan").exit_code == 0
    put_together(tmp_path).tools.archive.close()
    origins = {
        f"{one['subscriber']}/{one['watch']}": one["from"]
        for one in data(run("watches", "--json"))
    }
    assert origins == {
        "ana/own": "command",
        "me/own": "command",
        "me/harbor": "file",
        "budi/rails": "file",
    }


def test_the_file_wins_over_a_command(run: Run, tmp_path: Path) -> None:
    """A watch that the file names too is the file's from the next start on."""
    run("watches", "add", "--for", "me", "own", "Kuantan")
    text = CONFIG.replace('name = "harbor"\nquery = "@caih"', 'name = "own"\nquery = "@bri"')
    (tmp_path / NAME).write_text(text, "utf-8")
    put_together(tmp_path).tools.archive.close()
    mine = [one for one in data(run("watches", "--json")) if one["subscriber"] == "me"]
    assert [(one["watch"], one["query"], one["from"]) for one in mine] == [("own", "@bri", "file")]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("subscribers", "show", "budy"), 'did you mean "budi"'),
        (("subscribers", "add", "me", "--to", "mailbox:x@y.example"), "already"),
        (("subscribers", "add", "ana"), "has no target"),
        (("subscribers", "add", "ana", "--to", "mial:x@y.example"), 'did you mean "mail"'),
        (("subscribers", "add", "ana", "--to", "mail:x@y.example"), "needs a mail server"),
        (("subscribers", "add", "operator", "--to", "mailbox:x@y.example"), "can be called"),
        (
            ("subscribers", "add", "a", "--to", "mailbox:x@y.example", "--zone", "Asia/Jakata"),
            "unknown zone",
        ),
        (
            ("subscribers", "add", "a", "--to", "mailbox:x@y.example", "--holidays", "XQ"),
            "no holidays are known",
        ),
        (
            ("subscribers", "add", "a", "--to", "mailbox:x@y.example", "--quiet", "22-6"),
            "no time of day",
        ),
        (
            ("subscribers", "add", "a", "--to", "mailbox:x@y.example", "--language", "klingon"),
            "write en, id, zh, vi, th, ms; of km, lo, my, fil only headlines, the rest in English",
        ),
        (("watches", "add", "new", "Kuantan"), "whose watch is it?"),
        (("watches", "add", "--for", "m", "new", "Kuantan"), "no subscriber is called"),
        (("watches", "add", "--for", "me", "harbor", "Kuantan"), "already"),
        (("watches", "add", "--for", "me", "new", '"open'), "^"),
        (("watches", "add", "--for", "me", "new", "@cahi"), 'did you mean "caih"'),
        (("watches", "add", "--for", "me", "--rhythm", "dayly 7:00", "new", "x"), '"daily"'),
        (("watches", "add", "--for", "me", "--at-least", "11", "new", "x"), "at_least is 11"),
        (("watches", "add", "--for", "me", "", "x"), "name is empty"),
        (("watches", "set", "harbr"), 'did you mean "harbor"'),
        (("watches", "remove", "me/harbr"), 'did you mean "me/harbor"'),
    ],
)
def test_mistakes_are_told(run: Run, arguments: tuple[str, ...], says: str) -> None:
    """What cannot be done ends with 2, says why, and changes nothing."""
    before = run("subscribers", "--json").stdout
    done = run(*arguments)
    assert done.exit_code == 2, done.output
    assert says in " ".join(done.stderr.split()), done.stderr
    assert "Traceback" not in done.output
    assert run("subscribers", "--json").stdout == before


def test_a_preview_is_what_the_watch_finds(run: Run) -> None:
    """A preview of a watch that finds nothing yet ends with 1 and sums of zero."""
    done = run("watches", "preview", "rails", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout.splitlines()[0])["total"] == 0


def test_nobody_is_an_answer(tmp_path: Path) -> None:
    """A list without anybody ends with 1 and says what makes one."""
    (tmp_path / NAME).write_text("", "utf-8")
    done = CliRunner().invoke(main, ["--home", str(tmp_path), "subscribers"])
    assert done.exit_code == 1
    assert "subscribers add" in done.stderr
