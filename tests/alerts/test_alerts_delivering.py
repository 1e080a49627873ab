"""A slow server delays its own messages: no other channel's, and no polls or matching."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alerts.delivering import AT_ONCE, deliver_due
from archive import Archive, open_archive
from archive.telling import digests, outbox, subscribers
from archive.telling.digests import Issue, Message
from news import Delivery, PlayedClock, Subscriber, Target

NOW = datetime(2018, 9, 20, 7, tzinfo=UTC)


@dataclass
class Slow:
    """A channel that takes nothing before it is let; counts what is under way."""

    name: str = "mail"
    let: threading.Event = field(default_factory=threading.Event)
    under_way: Counter[str] = field(default_factory=Counter)
    most: int = 0
    most_to_one: int = 0
    taken: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, delivery: Delivery) -> None:
        with self._lock:
            self.under_way[delivery.target.address] += 1
            self.most = max(self.most, sum(self.under_way.values()))
            self.most_to_one = max(self.most_to_one, *self.under_way.values())
        assert self.let.wait(20)
        with self._lock:
            self.under_way[delivery.target.address] -= 1
            self.taken.append(delivery.message_id)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Twelve mails to six addresses, then one message for the mailbox."""
    archive = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    with archive.write() as db:
        ani = Subscriber(id="ani", name="", zone="UTC", language="en", targets=(), watches=())
        subscribers.synchronise(db, [ani])
        for n in range(12):
            _put(db, n, Target(channel="mail", address=f"{n % 6}@desk.example"))
        _put(db, 12, Target(channel="mailbox", address="ani@desk.example"))
    yield archive
    archive.close()


def _put(db, n: int, target: Target) -> None:
    message = Message(target=target, message_id=f"<{n}@desk.example>", message=b"x")
    digests.save(db, Issue(
        subscriber="ani", slot=f"2018-09-{n + 1:02}T07:00+00:00", at=NOW, subject="", text="",
        html="", tells=[], instant=False, messages=[message],
    ))  # fmt: skip


def test_a_slow_channel_delays_no_other(archive: Archive) -> None:
    """While a mail server sleeps the mailbox is served; of mails some are under way, of an address one."""
    mail, box = Slow(), Slow(name="mailbox")
    box.let.set()
    channels = {"mail": mail, "mailbox": box}
    with ThreadPoolExecutor() as pool:
        done = pool.submit(deliver_due, archive, channels, PlayedClock(NOW))
        _until(lambda: bool(box.taken) and mail.most == AT_ONCE["mail"])
        assert not mail.taken
        mail.let.set()
        assert done.result(20).sent == 13
    assert mail.most == AT_ONCE["mail"]
    assert mail.most_to_one == 1
    assert sorted(mail.taken) == sorted(f"<{n}@desk.example>" for n in range(12))
    for address in range(6):
        mine = [f"<{address}@desk.example>", f"<{address + 6}@desk.example>"]
        assert [one for one in mail.taken if one in mine] == mine


def test_what_comes_meanwhile_is_not_left_waiting(archive: Archive) -> None:
    """A round that waits for a slow server takes up what becomes due for another channel."""
    mail, box = Slow(), Slow(name="mailbox")
    box.let.set()
    with ThreadPoolExecutor() as pool:
        done = pool.submit(deliver_due, archive, {"mail": mail, "mailbox": box}, PlayedClock(NOW))
        _until(lambda: len(box.taken) == 1)
        with archive.write() as db:
            _put(db, 20, Target(channel="mailbox", address="budi@desk.example"))
        _until(lambda: len(box.taken) == 2)
        mail.let.set()
        assert done.result(20).sent == 14


def test_after_a_stop_nothing_is_begun(archive: Archive) -> None:
    """A stop lets what is under way end, and leaves the rest open, claimed by nobody."""
    mail, box = Slow(), Slow(name="mailbox")
    stop = threading.Event()
    with ThreadPoolExecutor() as pool:
        channels = {"mail": mail, "mailbox": box}
        done = pool.submit(deliver_due, archive, channels, PlayedClock(NOW), stop.is_set)
        _until(lambda: mail.most == AT_ONCE["mail"])
        stop.set()
        mail.let.set()
        box.let.set()
        sent = done.result(20).sent
    with archive.read() as db:
        assert outbox.count(db) == {"sent": sent, "open": 13 - sent}
    assert deliver_due(archive, channels, PlayedClock(NOW)).sent == 13 - sent


def _until(seen) -> None:
    ends = time.monotonic() + 20
    while not seen():
        assert time.monotonic() < ends
        time.sleep(0.01)
