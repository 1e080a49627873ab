"""An outlet file that cannot be used takes its own outlet with it, and nothing else."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive import open_archive
from archive.collecting import sources
from harborwatch.commands import main
from harborwatch.config import NAME
from harborwatch.press import Press
from harborwatch.wiring import put_together, reloaded

#: two outlets of the press; the second one's file breaks
KEPT, BROKEN = "kabarniaga", "ringkas"


@pytest.fixture
def home(press: Press, tmp_path: Path) -> Path:
    """A home that watches two outlets of the press."""
    folder = tmp_path / "home"
    text = 'outlets = ["kabarniaga", "ringkas"]\nallow_private_addresses = true\npace = 0.0\n'
    folder.mkdir()
    (folder / NAME).write_text(f"[crawl]\n{text}", "utf-8")
    press.write_catalogue(folder / "outlets")
    return folder


def file_of(home: Path, outlet: str) -> Path:
    return next((home / "outlets").glob(f"*/{outlet}.toml"))


def break_it(home: Path) -> tuple[Path, str]:
    """Break the file at its first line; returns it, and what it was."""
    path = file_of(home, BROKEN)
    text = path.read_text("utf-8")
    path.write_text(f'nmae = "Suara"\n{text}', "utf-8")
    return path, text


def run(home: Path, *given: str) -> Result:
    done = CliRunner().invoke(main, ["--home", str(home), *given])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def polled(home: Path) -> dict[str, bool]:
    """Return by outlet whether a source of it was ever good."""
    archive = open_archive(f"sqlite:///{home / 'archive.db'}")
    try:
        with archive.read() as db:
            rows = [sources.row_of(db, f"{one}/feed") for one in (KEPT, BROKEN)]
    finally:
        archive.close()
    return {row.outlet: row.first_good_at is not None for row in rows}


def test_the_others_are_polled(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    """One broken file is told with file and line; the others are polled; status 2; mended, it goes on."""
    assert run(home, "poll").exit_code == 0
    known = polled(home)
    assert known == {KEPT: True, BROKEN: True}
    path, text = break_it(home)
    caplog.clear()
    done = run(home, "poll", KEPT)
    assert done.exit_code == 2
    assert "polled 2 sources" in done.stdout, "its feed and its sitemap"
    (error,) = [one for one in caplog.records if one.levelname == "ERROR"]
    assert f'{path}:1: unknown key "nmae" (did you mean "name"?)' in error.getMessage()
    path.write_text(text, "utf-8")
    assert run(home, "poll").exit_code == 0
    assert polled(home) == known, "what was learnt of the outlet is not forgotten"


def test_named_it_says_why(home: Path) -> None:
    """Who names the outlet whose file is broken is told the file's mistake, not that it is unknown."""
    path, _ = break_it(home)
    for command in (("poll", BROKEN), ("backfill", BROKEN, "--since", "2018-09-01")):
        done = run(home, *command)
        assert done.exit_code == 2
        assert f"{path}:1" in done.stderr.replace("\n", "")


def test_the_doctor_and_the_lists_say_it(home: Path) -> None:
    """The doctor finds each broken file and looks on; lists leave the outlet out, and say so."""
    path, _ = break_it(home)
    done = run(home, "doctor", "--json")
    said = [json.loads(line) for line in done.stdout.splitlines()]
    (wrong,) = [one for one in said if one["state"] == "wrong" and str(path) in one["text"]]
    assert (wrong["about"], wrong["step"]) == ("configuration", 'did you mean "name"?')
    assert any(one["state"] == "well" and "outlets" in one["text"] for one in said)
    done = run(home, "outlets")
    assert KEPT in done.stdout
    assert BROKEN not in done.stdout
    assert f"left out: {path}:1" in done.stderr


async def test_broken_while_running(home: Path) -> None:
    """Read again while it runs, a broken file changes nothing for its outlet."""
    program = put_together(home)
    try:
        before = program.tools.outlets[BROKEN]
        break_it(home)
        again = reloaded(program)
        assert again.tools.outlets[BROKEN] == before
        assert [error.line for error in again.tools.broken] == [1]
        with again.tools.archive.read() as db:
            assert not sources.row_of(db, f"{BROKEN}/feed").dropped
    finally:
        await program.close()
