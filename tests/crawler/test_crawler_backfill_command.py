"""harborwatch backfill, as a process: what it prints, what it refuses, killed and begun again, its pace."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from made_outlet import BEGIN, Site, Told, told
from paged_server import Served, paged_server

from archive import open_archive
from archive.collecting import sightings
from archive.tables import addresses
from crawler import backfill_spider
from harborwatch.commands import main
from harborwatch.config import NAME

ROOT = Path(__file__).parents[2]
DAY = timedelta(days=1)
#: the range in which the made-up past lies
RANGE = ("--since", f"{BEGIN - 20 * DAY:%Y-%m-%d}", "--until", f"{BEGIN - 5 * DAY:%Y-%m-%d}")
CONFIGURATION = """
[crawl]
outlets = ["made"]
allow_private_addresses = true
pace = {pace}

[[subscribers]]
id = "ani"
zone = "UTC"
language = "en"
targets = ["mailbox:ani@desk.example"]

[[subscribers.watches]]
name = "ports"
query = "port"
rhythm = "instant"
"""


class Past:
    """An outlet with a past, a home that watches it, and who asked what when."""

    def __init__(self, home: Path, served: Served) -> None:
        self.home, self.served = home, served
        self.site = Site(served, home, [("feed", "/feed/")])
        self.site.tools.archive.close()
        self.now, self.old = told(1, 6, BEGIN - DAY), told(100, 12, BEGIN - 8 * DAY)
        self.site.feed(self.now)
        self.site.sitemap(self.old, "/sitemap.xml")
        self.hits: list[tuple[str, float]] = []
        served.before = self.heard
        self.pace(0.0)

    def pace(self, seconds: float) -> None:
        (self.home / NAME).write_text(CONFIGURATION.format(pace=seconds), "utf-8")

    def heard(self, place: str) -> None:
        self.hits.append((place, time.monotonic()))

    def run(self, *given: str) -> Result:
        done = CliRunner().invoke(main, ["--home", str(self.home), *given])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    def begun(self) -> subprocess.Popen[bytes]:
        """Begin a backfill as a process."""
        return subprocess.Popen(
            [sys.executable, "-m", "harborwatch", "--home", str(self.home), "backfill", "made", *RANGE],
            cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def stored(self) -> set[str]:
        archive = open_archive(f"sqlite:///{self.home / 'archive.db'}")
        self.site.tools = type(self.site.tools)(
            **{name: getattr(self.site.tools, name) for name in self.site.tools.__slots__}
            | {"archive": archive}
        )
        try:
            return set(self.site.stored())
        finally:
            archive.close()

    def mails(self) -> list[str]:
        return [path.read_text("utf-8") for path in (self.home / "mailbox").glob("*.eml")]


@pytest.fixture
def past(tmp_path: Path) -> Iterator[Past]:
    with paged_server() as served:
        yield Past(tmp_path, served)


def paths(some: list[Told]) -> set[str]:
    return {one.path for one in some}


@pytest.mark.long
def test_what_it_says_in_a_pipe(past: Past) -> None:
    """In a pipe each address asked is one plain line; the sums come last; the past is kept, not mailed."""
    done = past.run("backfill", "made", *RANGE)
    assert done.exit_code == 0, done.output
    assert "\r" not in done.stdout
    assert "\x1b" not in done.stdout
    *steps, last = done.stdout.splitlines()
    assert any("sitemap.xml" in line for line in steps)
    assert last.endswith("12 new addresses")
    assert paths(past.old) == past.stored()
    assert past.run("poll").exit_code == 0
    assert past.mails() == [], "history is found and never told"
    past.site.feed([*told(50, 1, BEGIN), *past.now])
    assert past.run("poll", "made").exit_code == 0
    (mail,) = past.mails()
    assert told(50, 1, BEGIN)[0].title in " ".join(mail.replace("=\n", "").split())


@pytest.mark.long
def test_a_limit_and_going_on(past: Past) -> None:
    """A limit ends it with the sums so far; without one the same range goes on to the end."""
    done = past.run("backfill", "made", *RANGE, "--limit", "5")
    assert "its limit is reached" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("5 new addresses")
    assert len(past.stored()) == 5
    assert (
        past.run("backfill", "made", *RANGE).stdout.splitlines()[-1].endswith("12 new addresses")
    )
    assert past.stored() == paths(past.old)
    asked = Counter(place for place, _ in past.hits)
    assert all(asked[f"made{path}"] == 1 for path in paths(past.old))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("mede", "--since", "2026-01-01"), 'did you mean "made"?'),
        (("xqzw", "--since", "2026-01-01"), "harborwatch outlets lists them"),
        (("made", "--since", "01.02.2026"), "does not match the format"),
        (("made", "--since", "2026-13-01"), "does not match the format"),
        (("made", "--since", "2026-02-01", "--until", "2026-02-01"), "is not after --since"),
        (("made", "--since", "2999-01-01"), "is not after --since"),
        (("made",), "Missing option '--since'"),
        (("made", "--since", "2026-01-01", "--limit", "0"), "is not in the range"),
    ],
)
def test_what_is_refused(past: Past, given: tuple[str, ...], says: str) -> None:
    """A wrong outlet, date or limit is told with what would be right; nothing is asked."""
    done = past.run("backfill", *given)
    assert done.exit_code == 2
    assert says in " ".join(done.stderr.replace("│", " ").split())
    assert past.hits == []


@pytest.mark.kill
@pytest.mark.parametrize("at", ["made/sitemap.xml", "made/feed/?paged=2", "third page"])
def test_killed_it_goes_on(past: Past, at: str) -> None:
    """Killed in the middle and called again, it ends with all of the past, nothing fetched twice."""
    running: list[subprocess.Popen[bytes]] = []

    def heard(place: str) -> None:
        past.heard(place)
        pages = sum(one.startswith("made/20") for one, _ in past.hits)
        if running and running[0].poll() is None and (place == at or pages == 3):
            os.kill(running[0].pid, signal.SIGKILL)

    past.served.before = heard
    running.append(past.begun())
    running[0].wait(timeout=120)
    assert running[0].returncode == -signal.SIGKILL
    # Pages of one host are asked two at a time.
    in_flight = {place for place, _ in past.hits[-3:]}
    past.served.before = past.heard
    _let_go(past.home)
    done = past.run("backfill", "made", *RANGE)
    assert done.exit_code == 0, done.output
    assert past.stored() == paths(past.old)
    asked = Counter(place for place, _ in past.hits)
    twice = {place for place, times in asked.items() if times > 1} - {"made/robots.txt"}
    assert twice <= in_flight
    assert past.mails() == []


def _let_go(home: Path) -> None:
    """Let the claims of the dead run end now; the test does not wait for minutes."""
    archive = open_archive(f"sqlite:///{home / 'archive.db'}")
    with archive.write() as db:
        db.execute(addresses.update().values(lease_until=None))
    archive.close()


@pytest.mark.long
def test_what_another_run_has_in_hand_is_waited_for(
    past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages claimed by a run that died are said to be waited for, and fetched when the claim ends."""
    assert past.run("backfill", "made", *RANGE, "--limit", "12").exit_code == 0
    archive = open_archive(f"sqlite:///{past.home / 'archive.db'}")
    with archive.write() as db:
        row = db.execute(addresses.select().limit(1)).one()
        now = row.first_seen_at
        db.execute(addresses.update().values(fetch_at=None))
        db.execute(
            addresses.update()
            .where(addresses.c.id == row.id)
            .values(state="waiting", fetch_at=now, lease_until=now + timedelta(days=400))
        )
        assert sightings.held(db, "made", now) is not None
    archive.close()
    monkeypatch.setattr(backfill_spider, "LEASE", timedelta(seconds=2))
    done = past.run("backfill", "made", *RANGE)
    assert "1 pages are in another run's hands until" in done.stdout
    assert "1 pages could not be fetched yet" in done.stdout


@pytest.mark.long
def test_its_pace(past: Past) -> None:
    """By the server's log no two requests stand nearer than the pace, and robots.txt is obeyed."""
    past.pace(0.2)
    hidden = past.old[0].path
    past.served.say(
        "made/robots.txt", f"User-agent: *\nDisallow: {hidden}\n".encode(), kind="text/plain"
    )
    assert past.run("backfill", "made", *RANGE).exit_code == 0
    assert past.stored() == paths(past.old) - {hidden}
    assert f"made{hidden}" not in {place for place, _ in past.hits}
    times = [at for _, at in past.hits]
    assert len(times) > 15
    late = 0.15  # a busy machine writes one request down later than it came
    for first in range(len(times) - 5):
        assert times[first + 5] - times[first] >= 5 * 0.2 - late
