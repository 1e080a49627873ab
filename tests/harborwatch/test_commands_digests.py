"""harborwatch digests preview, replay, test and send: tried without a trace."""

import email
import email.policy
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from played_days import Played

from alerts.replaying import changes
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


def lines(done: Result) -> list[dict[str, Any]]:
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def events(done: Result) -> dict[int, dict[str, Any]]:
    return {row["event"]: row for row in lines(done)}


def test_a_replay_tells_what_was_told(run: Run, played: Played) -> None:
    """With the watches as they are, the days would send what they sent, once, in as many digests."""
    told = sorted(
        (card.event, card.kind)
        for digest in played.digests
        for card in digest.cards
        if card.kind in {"new", "minor", "update"}
    )
    rows = lines(run("digests", "replay", "me", "--json", *END))
    assert sorted((row["event"], row["kind"]) for row in rows) == told
    said = run("digests", "replay", "me", *END).stdout.splitlines()[0]
    assert said.endswith(f" in {len(played.digests)} digests")


def test_a_replay_is_told_in_the_readers_zone(run: Run) -> None:
    """Slots and alerts stand in one zone, the subscriber's, whatever the machine's."""
    slots = [
        line.split("\t")[1]
        for line in run("digests", "replay", "me", *END).stdout.splitlines()[1:]
    ]
    assert any(slot.startswith("at once ") for slot in slots)
    assert {slot[-5:] for slot in slots} == {"+0700"}


def test_a_difference_knows_updates(played: Played) -> None:
    """An update that one set of watches would send and the other would not is gained or lost."""
    had = [replace(digest, cards=()) for digest in played.digests]
    update = replace(played.digests[0].cards[0], kind="update", changes=("32 → 35 projects",))
    has = [*had[1:], replace(had[0], cards=(update,))]
    assert [(one.change, one.card.kind) for one in changes(had, has)] == [("gained", "update")]
    assert [(one.change, one.card.kind) for one in changes(has, had)] == [("lost", "update")]
    other = replace(update, changes=("35 → 53 projects",))
    more = replace(had[0], slot="next", cards=(other, replace(update, kind="new", changes=())))
    found = [one.change for one in changes(has, [*has, more])]
    assert sorted(found) == ["gained", "gained", "kept"]


def test_a_changed_watch_is_a_difference(run: Run) -> None:
    """Other queries gain and lose events; the same ones change nothing."""
    same = run("digests", "replay", "me", *END, "--with", "core=@caih OR @caih_forum OR @caih_co")
    assert "as before" not in same.stdout
    assert same.stdout.splitlines()[0].endswith(" digests")
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
    for time in ("0001-01-01", "9999-12-31T23:59"):
        assert "1970 to 2999" in run("digests", "preview", "me", "--at", time).stderr
        assert "1970 to 2999" in run("digests", "replay", "me", "--until", time).stderr
    assert "NAME=QUERY" in run("digests", "replay", "me", "--with", "core").stderr
    assert run("digests", "replay", "nobody").exit_code != 0
    assert run("digests", "replay", "me", "--without", "none").exit_code != 0
