"""Law 4 on the way to chats: killed at each step, all arrives, and only what was in flight twice."""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from chat_outbox import ANA, Round, chats
from chat_receiver import Asked, Receiver, receiving

from news import Target

pytestmark = pytest.mark.kill

ROOT = Path(__file__).parents[3]
NAMES = [Target(channel="chat", address=name) for name in ("desk", "push", "gone")]
SECOND = Target(channel="mailbox", address="ana@second.example")
#: later than the lease of a process that died
LATER = timedelta(minutes=20)
KILLED = -signal.SIGKILL


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        running.refuses = "/gone"
        yield running


@pytest.fixture
def played(tmp_path: Path, receiver: Receiver) -> Iterator[Round]:
    """Give three digests for three chats, of which one is gone, and a fall-back."""
    made = Round(tmp_path, replace(ANA, fallback=SECOND))
    at = f"127.0.0.1:{receiver.port}"
    channel = chats(desk=f"form://{at}/desk", push=f"ntfy://{at}/push", gone=f"json://{at}/gone")
    for slot in ("one", "two", "three"):
        made.put({"chat": channel}, slot, NAMES)
    yield made
    made.archive.close()


class Rounds:
    def __init__(self, played: Round, receiver: Receiver, folder: Path) -> None:
        self.played, self.receiver, self.folder = played, receiver, folder

    def run(self, how: str) -> int:
        """Run one process, a lease later than the one before; returns its exit status."""
        self.played.clock.advance(self.played.clock.now() + LATER)
        script = str(Path(__file__).with_name("chat_dying.py"))
        now = self.played.clock.now().isoformat()
        paths = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
        done = subprocess.run(
            [sys.executable, "-W", "ignore", script, str(self.folder), str(self.receiver.port), now, how],
            env={"PYTHONPATH": paths}, timeout=90, check=False,
        )  # fmt: skip
        return done.returncode

    def check(self, in_flight: int) -> None:
        """All that can arrive has, at most so many messages twice, and the mails once."""
        rows = self.played.rows()
        assert {row.state for row in rows if row.target.address != "gone"} == {"sent"}
        assert {row.state for row in rows if row.target.address == "gone"} == {"dead"}
        wanted = sum(row.target.address in ("desk", "push") for row in rows)
        came = Counter(_text(one) for one in self.receiver.asked if one.path != "/gone")
        assert len(came) == wanted
        assert sum(came.values()) - wanted <= in_flight
        assert len(list((self.folder / "box").glob("*.eml"))) == 3


def _text(asked: Asked) -> bytes:
    return asked.path.encode() + asked.body


@pytest.mark.parametrize("how", ["claimed:1", "claimed:3", "sent:1", "sent:4"])
def test_killed_at_a_step_of_the_send(
    how: str, played: Round, receiver: Receiver, tmp_path: Path
) -> None:
    """Killed with a claim nothing is sent twice, killed with an answer that message alone."""
    rounds = Rounds(played, receiver, tmp_path)
    assert rounds.run(how) == KILLED
    assert rounds.run("alive") == 0
    rounds.check(in_flight=1 if how.startswith("sent") else 0)


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_any_moment(
    seed: int, played: Round, receiver: Receiver, tmp_path: Path
) -> None:
    """Killed again and again at random moments, each chat and the fall-back get all, once."""
    rounds, moments = Rounds(played, receiver, tmp_path), random.Random(seed)
    killed = sum(rounds.run(f"moment:{moments.uniform(0.3, 0.9):.2f}") == KILLED for _ in range(4))
    assert rounds.run("alive") == 0
    rounds.check(in_flight=killed)
