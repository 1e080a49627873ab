"""A mail server may fail at any step: the mail arrives all the same, and not twice."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from test_alerts_channels import Desk, delivery, serving, smtp, talking

from alerts.delivering import deliver_due
from alerts.render import render
from alerts.sample import sample_digest
from archive import Archive, open_archive
from archive.telling import digests, outbox, subscribers
from archive.telling.digests import Issue, Message
from news import ChannelError, PlayedClock, Subscriber, Target

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:aiosmtpd")

HI, OK, GO = b"220 hi\r\n", b"250 ok\r\n", b"354 go\r\n"
#: what a server says up to each step, and then its 4xx
STEPS = {
    "greeting": (b"421 4.3.2 not now\r\n",),
    "hello": (HI, b"421 4.3.2 not now\r\n", b"421 4.3.2 not now\r\n"),
    "sender": (HI, OK, b"451 4.3.0 later\r\n", OK),
    "recipient": (HI, OK, OK, b"450 4.2.0 greylisted\r\n", OK),
    "data": (HI, OK, OK, OK, b"451 4.3.0 later\r\n", OK),
    "message": (HI, OK, OK, OK, GO, b"452 4.3.1 no room\r\n", OK),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("rest", [True, False], ids=["says-goodbye", "cut"])
def test_4xx_at_any_step_passes(step: str, rest: bool) -> None:
    """A 4xx at any step is temporary, also where the server hangs up instead of taking RSET."""
    answers = STEPS[step] if rest or len(STEPS[step]) == 1 else STEPS[step][:-1]
    with talking(*answers) as port, pytest.raises(ChannelError) as caught:
        smtp(port).send(delivery())
    assert not caught.value.permanent
    assert caught.value.hint


@pytest.mark.parametrize("at", range(1, 6))
def test_a_server_that_closes_in_the_middle_passes(at: int) -> None:
    """A connection closed after any answer before the last one is temporary."""
    with talking(*(HI, OK, OK, OK, GO)[:at]) as port, pytest.raises(ChannelError) as caught:
        smtp(port).send(delivery())
    assert not caught.value.permanent


@contextmanager
def dripping(seconds: float) -> Iterator[int]:
    """Serve a server that says a little at a time and never ends its line."""
    listener = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def talk() -> None:
        connection, _ = listener.accept()
        with connection:
            for answer in (HI, OK, OK, OK, GO, OK, OK):
                if done.wait(seconds):
                    return
                try:
                    connection.sendall(answer)
                    connection.recv(100_000)
                except OSError:
                    return

    thread = threading.Thread(target=talk)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        done.set()
        thread.join()
        listener.close()


def test_a_slow_server_does_not_outlast_a_lease() -> None:
    """A server that uses up each step's time is left when the whole talk's time is over."""
    begun = time.monotonic()
    with dripping(0.4) as port, pytest.raises(ChannelError) as caught:
        smtp(port, timeout=5, whole=0.9).send(delivery())
    assert not caught.value.permanent
    assert time.monotonic() - begun < 3


def test_a_password_that_smtplib_cannot_say() -> None:
    """A password with letters outside of ASCII is told as such, without showing it."""
    desk = Desk()
    with (
        serving(desk, auth_require_tls=False, authenticator=lambda *_: None) as port,
        pytest.raises(ChannelError) as caught,
    ):
        smtp(port, user="desk", password="รหัสลับ").send(delivery())
    assert not caught.value.permanent
    assert "รหัส" not in str(caught.value)
    assert "password" in str(caught.value)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    yield opened
    opened.close()


NOON = datetime(2018, 9, 20, 5, 0, tzinfo=UTC)
ANA = Subscriber(id="ana", name="Ana", zone="Asia/Jakarta", language="id", targets=(), watches=())


def put(archive: Archive, number: int, now: datetime) -> str:
    """Put a mail into the outbox; returns its Message-ID."""
    target = Target(channel="mail", address="ana@desk.example")
    digest = replace(sample_digest(ANA, now), slot=str(number))
    mail = render(digest, "Harborwatch <digest@harborwatch.example>", target, now)
    message = Message(target=target, message_id=mail.message_id, message=mail.message)
    issue = Issue(
        subscriber="ana", slot=str(number), at=now, subject=mail.subject, text=mail.text,
        html=mail.html, tells=[], instant=False, messages=[message],
    )  # fmt: skip
    with archive.write() as db:
        subscribers.synchronise(db, [ANA])
        digests.save(db, issue)
    return mail.message_id


def test_down_for_an_hour(archive: Archive) -> None:
    """A server that is gone for an hour of played time: every digest arrives after it, once."""
    clock = PlayedClock(NOON)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    wanted = []
    for minute in range(60):
        if minute % 6 == 0:
            wanted.append(put(archive, minute, clock.now()))
        assert deliver_due(archive, {"mail": smtp(port)}, clock).sent == 0
        clock.advance(clock.now() + timedelta(minutes=1))
    desk = Desk()
    with serving_at(desk, port):
        for _ in range(90):
            deliver_due(archive, {"mail": smtp(port)}, clock)
            clock.advance(clock.now() + timedelta(minutes=1))
    assert sorted(ids(desk)) == sorted(wanted)


def test_greylisted_and_refused_in_turn(archive: Archive) -> None:
    """Greylisting, a full disk and a cut connection delay mails; 5xx gives up that one alone."""
    clock = PlayedClock(NOON)
    wanted = [put(archive, number, NOON) for number in range(6)]

    class Moody(Desk):
        asked = 0

        async def handle_RCPT(self, *given: object) -> str:  # noqa: N802
            self.asked += 1
            self.rcpt = {1: "450 4.2.0 greylisted", 4: "550 5.1.1 gone"}.get(self.asked, "250 OK")
            return await super().handle_RCPT(*given)

        async def handle_DATA(self, *given: object) -> str:  # noqa: N802
            self.data = "452 4.3.1 full" if self.asked % 3 == 0 else "250 OK"
            return await super().handle_DATA(*given)

    desk = Moody()
    with serving(desk) as port:
        for _ in range(60):
            deliver_due(archive, {"mail": smtp(port)}, clock)
            clock.advance(clock.now() + timedelta(minutes=2))
    with archive.read() as db:
        counts = outbox.count(db)
    assert counts == {"sent": 5, "dead": 1}
    arrived = ids(desk)
    assert len(arrived) == len(set(arrived)) == 5
    assert set(arrived) < set(wanted)


def ids(desk: Desk) -> list[str]:
    """Return the Message-IDs that a desk took."""
    heads = [one.content.decode().split("\r\n\r\n")[0].splitlines() for one in desk.taken]
    return [
        line.partition(": ")[2] for head in heads for line in head if line.startswith("Message-ID")
    ]


@contextmanager
def serving_at(desk: Desk, port: int) -> Iterator[None]:
    """Run a mail server on that port."""
    from aiosmtpd.controller import Controller

    controller = Controller(desk, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()
