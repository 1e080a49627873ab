"""harborwatch digests preview, replay, test and send: tried without a trace."""

import email
import email.policy
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from played_days import Played

from harborwatch.commands import main

pytestmark = pytest.mark.long

Run = Callable[..., Result]
END = ("--until", "2018-09-21T19:00")


@pytest.fixture
def home(played: Played, tmp_path: Path) -> Path:
    """A copy of the home that the demo's days leave."""
    with played.program.tools.archive.write():
        shutil.copytree(played.home, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def run(home: Path) -> Run:
    return lambda *arguments: CliRunner().invoke(main, ["--home", str(home), *arguments])


def events(done: Result) -> dict[int, dict[str, object]]:
    assert done.exit_code == 0, done.output
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {row["event"]: row for row in rows}


def test_a_replay_tells_what_was_told(run: Run, played: Played) -> None:
    """With the watches as they are, the days would send the events that they sent, once each."""
    told = {c.event for d in played.digests for c in d.cards if c.kind == "new"}
    assert set(events(run("digests", "replay", "me", "--json", *END))) == told


def test_a_changed_watch_is_a_difference(run: Run) -> None:
    """Other queries gain and lose events; the same ones change nothing."""
    same = run("digests", "replay", "me", *END, "--with", "core=@caih OR @caih_forum OR @caih_co")
    assert "events in" in same.stdout
    lost = events(run("digests", "replay", "me", "--json", *END, "--without", "harbor"))
    assert {"lost", "kept"} >= {row["change"] for row in lost.values()} >= {"lost"}
    wide = run("digests", "replay", "me", "--json", *END, "--with", "sea=Kuantan OR 关丹")
    assert "gained" in {row["change"] for row in events(wide).values()}


def test_trying_leaves_no_trace(run: Run, home: Path) -> None:
    """Neither a preview nor a replay writes a digest, a delivery or a told story."""
    before = run("digests").stdout
    run("digests", "preview", "me")
    run("digests", "replay", "me", *END)
    assert run("digests").stdout == before
    assert len(list((home / "mailbox").glob("*.eml"))) == len(before.splitlines())


def test_a_preview_is_the_mail_that_goes_out(run: Run) -> None:
    """What waits is shown as text, page and mail; where nothing waits it says so."""
    assert run("digests", "preview", "me").exit_code == 1
    run("subscribers", "set", "me")
    added = run(
        "subscribers", "add", "ana", "--to", "mailbox:ana@x.example", "--when-empty", "say"
    )
    assert added.exit_code == 0, added.output
    assert run("watches", "add", "--for", "ana", "sea", "Kuantan").exit_code == 0
    said = run("digests", "preview", "ana", "--at", "2018-09-22T07:00", "--as", "eml")
    mail = email.message_from_bytes(said.stdout_bytes, policy=email.policy.default)
    assert mail["To"] == "ana@x.example"
    assert "22 Sep 2018" in mail.get_body(("plain",)).get_content()


def test_a_test_message_takes_the_real_way(run: Run, home: Path) -> None:
    """The test message arrives where digests arrive, and stands in no outbox."""
    before = set((home / "mailbox").glob("*.eml"))
    done = run("digests", "test", "me")
    assert done.exit_code == 0
    assert "sent" in done.stdout
    (new,) = set((home / "mailbox").glob("*.eml")) - before
    assert b"test message" in new.read_bytes()


def test_send_does_what_is_due(run: Run) -> None:
    """Without a poll, what is due is made and delivered once."""
    assert "0 given up" in run("digests", "send").stdout
    assert run("digests", "send").stdout == "0 sent, 0 to try again, 0 given up\n"


def test_what_cannot_be_is_refused(run: Run) -> None:
    """A time, a watch or a subscriber that is none is named, with what to write."""
    assert "2026-11-23T07:00" in run("digests", "preview", "me", "--at", "soon").stderr
    assert "NAME=QUERY" in run("digests", "replay", "me", "--with", "core").stderr
    assert run("digests", "replay", "nobody").exit_code != 0
    assert run("digests", "replay", "me", "--without", "none").exit_code != 0
