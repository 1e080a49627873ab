"""Law 4 on the way to chats and mail: killed at each step, all arrives, and only what was in flight twice."""

import os
import random
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from chat_outbox import ANA, SENDER, Round, chats
from chat_receiver import Asked, Receiver, receiving
from sqlalchemy import select

from alerts.delivering import AT_ONCE
from alerts.envelope import message_id
from archive.tables import deliveries
from news import Target

# aiosmtpd calls what Python 3.11 already calls old.
pytestmark = [
    pytest.mark.kill,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:aiosmtpd"),
]

ROOT = Path(__file__).parents[3]
NAMES = [Target(channel="chat", address=name) for name in ("desk", "push", "gone")]
MAIL = Target(channel="mail", address="ana@first.example")
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
    """Give three digests for three chats, of which one is gone, a mail and a fall-back."""
    made = Round(tmp_path, replace(ANA, fallback=SECOND))
    at = f"127.0.0.1:{receiver.port}"
    channel = chats(desk=f"form://{at}/desk", push=f"ntfy://{at}/push", gone=f"json://{at}/gone")
    for slot in ("one", "two", "three"):
        made.put({"chat": channel}, slot, [*NAMES, MAIL])
    yield made
    made.archive.close()


class Desk:
    """A mail server that keeps what it takes."""

    port = 0

    def __init__(self) -> None:
        self.taken: list[Envelope] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        self.taken.append(envelope)
        return "250 OK"


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        made.port = probe.getsockname()[1]
    controller = Controller(made, hostname="127.0.0.1", port=made.port)
    controller.start()
    yield made
    controller.stop()


class Rounds:
    def __init__(self, played: Round, receiver: Receiver, folder: Path, desk: Desk) -> None:
        self.played, self.receiver, self.folder, self.desk = played, receiver, folder, desk
        #: messages that a process had begun to send and not written down as sent when it died
        self.in_flight = 0

    def run(self, how: str) -> int:
        """Run one process, a lease later than the one before; returns its exit status."""
        self.played.clock.advance(self.played.clock.now() + LATER)
        script = str(Path(__file__).with_name("chat_dying.py"))
        now = self.played.clock.now().isoformat()
        paths = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
        done = subprocess.run(
            [sys.executable, "-W", "ignore", script, str(self.folder), str(self.receiver.port), str(self.desk.port), now, how],
            env={"PYTHONPATH": paths}, timeout=90, check=False,
        )  # fmt: skip
        if done.returncode == KILLED:
            self.in_flight += self._under_way()
        return done.returncode

    def _under_way(self) -> int:
        """Count what was being sent and can arrive twice: of each channel no more than may be at once."""
        leased = (deliveries.c.state == "open", deliveries.c.lease_until > self.played.clock.now())
        with self.played.archive.read() as db:
            of_claimed = select(deliveries.c.id, deliveries.c.channel, deliveries.c.address)
            rows = db.execute(of_claimed.where(*leased)).all()
        claimed = [(row.channel, row.address) for row in rows]
        assert all(n <= AT_ONCE.get(name, 1) for name, n in Counter(c for c, _ in claimed).items())
        assert len(set(claimed)) == len(claimed)
        begun = set((self.folder / "begun").read_text("ascii").split())
        return sum(str(row.id) in begun and row.address != "gone" for row in rows)

    def check(self) -> None:
        """All that can arrive has, nothing twice but what was in flight at a death."""
        rows = self.played.rows()
        assert {row.state for row in rows if row.target.address != "gone"} == {"sent"}
        assert {row.state for row in rows if row.target.address == "gone"} == {"dead"}
        wanted = sum(row.target.address in ("desk", "push") for row in rows)
        came = Counter(_text(one) for one in self.receiver.asked if one.path != "/gone")
        assert len(came) == wanted
        mails = Counter(_message_id(one.content) for one in self.desk.taken)
        assert set(mails) == {
            message_id(self.played.subscriber, row.slot, MAIL, SENDER)
            for row in rows
            if row.target == MAIL
        }
        assert sum(came.values()) - wanted + sum(mails.values()) - len(mails) <= self.in_flight
        assert len(list((self.folder / "box").glob("*.eml"))) == 3


def _message_id(content: bytes) -> str:
    head = content.decode().split("\r\n\r\n")[0]
    return next(
        line.partition(": ")[2] for line in head.splitlines() if line.startswith("Message-ID")
    )


def _text(asked: Asked) -> bytes:
    return asked.path.encode() + asked.body


@pytest.mark.parametrize("how", ["claimed:1", "claimed:4", "sent:1", "sent:4"])
def test_killed_at_a_step_of_the_send(
    how: str, played: Round, receiver: Receiver, tmp_path: Path, desk: Desk
) -> None:
    """Killed with a claim or with an answer, only what was in flight is sent again."""
    rounds = Rounds(played, receiver, tmp_path, desk)
    assert rounds.run(how) == KILLED
    assert rounds.run("alive") == 0
    rounds.check()


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_any_moment(
    seed: int, played: Round, receiver: Receiver, tmp_path: Path, desk: Desk
) -> None:
    """Killed again and again at random moments, each chat and the fall-back get all, once."""
    rounds, moments = Rounds(played, receiver, tmp_path, desk), random.Random(seed)
    for _ in range(4):
        rounds.run(f"moment:{moments.uniform(0.3, 0.9):.2f}")
    assert rounds.run("alive") == 0
    rounds.check()
