"""`harborwatch sources probe`, and what a first cycle says, on the press over HTTP."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from crawler import catalogue
from harborwatch.commands import main
from harborwatch.config import NAME
from harborwatch.press import Press, wide

pytestmark = pytest.mark.long

OPEN = "[crawl]\npace = 0.0\nallow_private_addresses = true\noutlets = [{}]\n"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def broad() -> Iterator[Press]:
    with Press(wide.NOW, edition="wide") as running:
        yield running


@pytest.fixture
def home(press: Press, tmp_path: Path) -> Path:
    """A home whose outlets are those of the press's days."""
    return opened(tmp_path / "home", press)


def opened(folder: Path, press: Press) -> Path:
    press.write_catalogue(folder / "outlets")
    if press.now == wide.NOW:
        wide.write_catalogue(folder / "outlets", press.port)
    names = ", ".join(f'"{path.stem}"' for path in folder.glob("outlets/*/*.toml"))
    (folder / NAME).write_text(OPEN.format(names), "utf-8")
    return folder


def call(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *arguments], catch_exceptions=False)


def told(done: Result) -> dict[str, dict[str, Any]]:
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {row["source"]: row for row in rows if row["about"] == "source"}


def changes(done: Result) -> dict[str, str]:
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {row["outlet"]: row["difference"] for row in rows if row["about"] == "change"}


def file_of(home: Path, name: str) -> Path:
    return next(home.glob(f"outlets/*/{name}.toml"))


def changed(home: Path, name: str, old: str, new: str) -> Path:
    path = file_of(home, name)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def applied(path: Path, difference: str) -> list[str]:
    """Paste a difference into a file; returns the ways of the outlet that it then describes."""
    old = [
        line[1:] for line in difference.splitlines()[3:] if line[:1] in " -" and line[:2] != "@@"
    ]
    new = [line[1:] for line in difference.splitlines()[3:] if line[:1] in " +"]
    text = path.read_text("utf-8")
    assert "\n".join(old) in text
    path.write_text(text.replace("\n".join(old), "\n".join(new), 1), "utf-8")
    return [f"{one.way} {one.address}" for one in catalogue.load_file(path).sources]


def test_a_first_cycle_without_answers_says_so(home: Path, press: Press) -> None:
    """Where nothing answers, the round ends with how many outlets answer and the next step; all stay unproved."""
    for name in press.outlets:
        press.fault(name, "dropped")
    for name in ("yongjiang", "swarna"):
        press.fault(f"m.{name}", "dropped")
    done = call(home, "poll")
    assert done.exit_code == 0
    last = done.stdout.splitlines()[-1]
    assert last == f"0 of {len(press.outlets)} outlets answer; run `harborwatch sources probe`"
    assert "Traceback" not in done.output
    rows = [json.loads(line) for line in call(home, "sources", "--json").stdout.splitlines()]
    assert {row["state"] for row in rows} == {"unproved"}
    assert all(row["failures"] for row in rows)


def test_only_what_is_doubtful_is_asked(home: Path, press: Press) -> None:
    """After a round only the sources that are unproved or fail are asked; of a named outlet all."""
    # Every outlet answered through some way, so the round has nothing to add.
    assert "outlets answer" not in call(home, "poll").stdout
    begun = len(press.log)
    done = call(home, "sources", "probe", "--most", "0", "--json")
    assert (done.exit_code, list(told(done))) == (1, ["haixia/feed"])
    assert told(done)["haixia/feed"]["verdict"] == "blocked"
    assert [hit.path for hit in press.log[begun:]] == ["/feed/"], "its robots.txt is known"
    named = call(home, "sources", "probe", "indotelko", "--json")
    assert (named.exit_code, set(told(named))) == (0, {"indotelko/listing", "indotelko/listing-2"})
    unknown = call(home, "sources", "probe", "indotelco")
    assert (unknown.exit_code, 'did you mean "indotelko"?' in unknown.stderr) == (2, True)


def test_verdicts(home: Path, press: Press) -> None:
    """Alive with entries and newest time; dead by 410 and by no answer; a server that fails; patience."""
    press.fault("strandledger", "gone", path="/rss")
    press.fault("strandledger", "gone", path="/feed")
    press.fault("indotelko", "dropped")
    press.fault("www.indotelko", "dropped")
    press.fault("songhong", "failing")
    press.fault("ringkas", "busy")
    done = call(home, "sources", "probe", "--most", "0", "--json")
    found = told(done)
    assert done.exit_code == 1
    assert (found["suaraselat/feed"]["verdict"], found["suaraselat/feed"]["status"]) == (
        "alive",
        200,
    )
    assert "entries, newest 2018-09-1" in found["suaraselat/feed"]["text"]
    assert (found["strandledger/feed"]["verdict"], found["strandledger/feed"]["status"]) == (
        "dead",
        410,
    )
    assert (found["indotelko/listing"]["verdict"], found["indotelko/listing"]["status"]) == (
        "dead",
        None,
    )
    assert found["songhong/feed"]["verdict"] == "failing"
    assert found["ringkas/feed"]["verdict"] == "told to wait"
    assert changes(done) == {} or set(changes(done)) == {"strandledger"}


def test_an_outage_of_ours_counts_against_nobody(home: Path, press: Press) -> None:
    """Where no host at all answers, nothing is called dead and no change is proposed."""
    for name in press.outlets:
        press.fault(name, "dropped")
    for name in ("yongjiang", "swarna", "jateng.swarna"):
        press.fault(name if "." in name else f"m.{name}", "dropped")
    done = call(home, "sources", "probe", "--json")
    assert {row["verdict"] for row in told(done).values()} == {"not reached"}
    assert (done.exit_code, changes(done)) == (1, {})
    assert "this machine's network" in done.stderr


def test_a_lost_feed_is_replaced(home: Path, press: Press) -> None:
    """Where no way of an outlet lives, others are found; the file with the change pasted answers."""
    path = changed(home, "kabarniaga", "/feed/", "/no-such-feed/")
    text = path.read_text("utf-8")
    begin = text.index("[[sources]]", text.index("[[sources]]") + 1)
    end = text.find("[addresses]")
    path.write_text(text[:begin] + (text[end:] if end > 0 else ""), "utf-8")
    done = call(home, "sources", "probe", "kabarniaga", "--json")
    assert told(done)["kabarniaga/feed"]["status"] == 404
    ways = applied(path, changes(done)["kabarniaga"])
    assert any(way.endswith("/feed/") for way in ways), ways
    assert not any("no-such-feed" in way for way in ways)
    again = call(home, "sources", "probe", "kabarniaga", "--json")
    assert (again.exit_code, changes(again)) == (0, {})


def test_lines_for_a_person(home: Path, press: Press) -> None:
    """In a pipe a source is a plain line with tabs; progress and sums stand on the error output."""
    done = call(home, "sources", "probe", "suaraselat", "indotelko")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert {row[0] for row in rows} >= {"suaraselat/feed", "indotelko/listing"}
    assert all(row[1] == "alive" for row in rows)
    assert "[2/2]" in done.stderr
    assert "2 outlets:" in done.stderr


@pytest.mark.long
def test_the_wide_press_is_probed(broad: Press, tmp_path: Path) -> None:
    """Every outlet of the wide press gets a verdict; ways of another kind at the same address are proposed."""
    home = opened(tmp_path / "home", broad)
    done = call(home, "sources", "probe", "--json")
    found = told(done)
    assert found["gocpho/feed"]["text"].startswith("not a feed: HTML where a feed was expected")
    assert found["junctionasia/feed"]["status"] == 404
    assert found["cerapan/feed"]["verdict"] == "blocked"
    alive = [row for row in found.values() if row["verdict"] == "alive"]
    assert len(alive) > 80
    assert all(row["stories"] for row in alive)
    cerapan = applied(file_of(home, "cerapan"), changes(done)["cerapan"])
    assert any(way.startswith("wordpress ") for way in cerapan)
    assert "junctionasia/feed" not in applied(
        file_of(home, "junctionasia"), changes(done)["junctionasia"]
    )


@pytest.mark.long
def test_a_moved_way_is_told_and_mended(broad: Press, tmp_path: Path) -> None:
    """A way that answers 301 is told with its new address, which the change puts into the file."""
    home = opened(tmp_path / "home", broad)
    path = changed(home, "daodu", "//daodu.localhost", "//daoduold.localhost")
    old, new = (f'address = "http://{host}.localhost' for host in ("daodu", "daoduold"))
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    done = call(home, "sources", "probe", "daodu", "--json")
    moved = [row for row in told(done).values() if row["verdict"] == "moved"]
    assert moved, done.stdout
    assert moved[0]["text"].startswith("301 to http://daodu.localhost")
    ways = applied(path, changes(done)["daodu"])
    assert all("daoduold" not in way for way in ways)
