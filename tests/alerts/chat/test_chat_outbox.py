"""Chats and the outbox: what failed is sent again and nothing else, in order, with a way out."""

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from chat_addresses import ADDRESSES, TEXT_IN
from chat_outbox import ANA, Round, chats
from chat_receiver import Receiver, Reply, receiving

from alerts.channels import Channel
from alerts.mailbox import MailboxFolder
from archive.telling import outbox
from news import ChannelError, Delivery, Target

pytestmark = pytest.mark.long

DESK, OTHER = Target(channel="chat", address="desk"), Target(channel="chat", address="other")
BOX = Target(channel="mailbox", address="ana@desk.example")
SECOND = Target(channel="mailbox", address="ana@second.example")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
BAD, GONE = Reply(status=503), Reply(status=404)


@pytest.fixture
def teams(receiver: Receiver) -> dict[str, Channel]:
    """Give a chat whose digests have several parts."""
    return {"chat": chats(desk=ADDRESSES["teams"])}


@pytest.fixture
def played(tmp_path: Path) -> Iterator[Round]:
    made = Round(tmp_path)
    yield made
    made.archive.close()


#: how many parts the sample has there
PARTS = 5
ALL = [f"{part}/{PARTS}" for part in range(1, PARTS + 1)]


def arrived(receiver: Receiver) -> list[str]:
    return [TEXT_IN["teams"](one).partition("\n")[0] for one in receiver.asked]


def test_a_partial_failure_sends_again_only_what_failed(
    played: Round, teams: dict[str, Channel], receiver: Receiver
) -> None:
    """A part that failed is the only one that is sent again; the others follow it, in order."""
    played.put(teams, "one", [DESK])
    receiver.replies = [Reply(), BAD]
    done = played.deliver(teams)
    assert (done.sent, done.failed) == (1, 1)
    assert arrived(receiver) == ALL[:2]
    assert played.deliver(teams, timedelta(seconds=30)).sent == 0
    played.deliver(teams, 2 * MINUTE)
    assert arrived(receiver) == ALL[:2] + ALL[1:]
    assert {row.state for row in played.rows()} == {"sent"}


def test_a_dead_part_holds_no_other_up(
    played: Round, teams: dict[str, Channel], receiver: Receiver
) -> None:
    """What comes after a part that was given up goes out."""
    played.put(teams, "one", [DESK])
    receiver.replies = [GONE]
    assert played.deliver(teams).dead == 1
    assert arrived(receiver) == ALL


def test_targets_are_nobody_elses_trouble(
    played: Round, teams: dict[str, Channel], receiver: Receiver, tmp_path: Path
) -> None:
    """A chat that left the configuration, and one that fails, block neither chat nor mail."""
    both = {"chat": chats(desk=ADDRESSES["teams"], other=ADDRESSES["ntfy"].format(port=1))}
    played.put(both, "one", [OTHER, DESK, BOX])
    left = {**teams, "mailbox": MailboxFolder(tmp_path / "box")}
    played.deliver(left)
    assert arrived(receiver) == ALL
    assert len(list((tmp_path / "box").iterdir())) == 1
    (waiting,) = {row.target for row in played.rows("open")}
    assert waiting == OTHER
    assert 'no chat "other"' in played.rows("open")[0].error


def test_a_fault_of_a_channel_is_one_failure(played: Round, tmp_path: Path) -> None:
    """An exception that nobody expected fails its own delivery only."""

    class Broken:
        name = "chat"
        ways = chats(desk=ADDRESSES["telegram"]).ways

        def send(self, delivery: Delivery) -> None:
            raise ZeroDivisionError

    channels: dict[str, Channel] = {"chat": Broken(), "mailbox": MailboxFolder(tmp_path / "box")}
    played.put(channels, "one", [DESK, BOX])
    done = played.deliver(channels)
    assert (done.sent, done.failed) == (1, 1)
    assert "ZeroDivisionError" in played.rows("open")[0].error


def test_a_service_that_asks_to_wait_is_left_alone(
    played: Round, teams: dict[str, Channel], receiver: Receiver
) -> None:
    """Retry-After puts the next try off, at most by the longest wait of our own."""
    played.put(teams, "one", [DESK])
    receiver.replies = [Reply(status=429, headers={"Retry-After": "1800"})]
    played.deliver(teams)
    (first, *_) = played.rows("open")
    assert first.next_try_at == played.clock.now() + timedelta(minutes=30)
    receiver.replies = [Reply(status=429, headers={"Retry-After": "99999999999999"})]
    played.deliver(teams, HOUR)
    (first, *_) = played.rows("open")
    assert first.next_try_at <= played.clock.now() + timedelta(hours=5)


def test_a_chat_down_for_days_becomes_a_dead_letter_and_is_sent_again(
    played: Round, teams: dict[str, Channel], receiver: Receiver
) -> None:
    """Tries go on for days, then the letter is dead, listed, and sent when it is asked for."""
    played.put(teams, "one", [DESK])
    receiver.usual = BAD
    tries = 0
    while played.rows("open") and tries < 2000:
        played.deliver(teams, 20 * MINUTE)
        tries += 1
    dead = played.rows("dead")
    assert len(dead) == PARTS
    assert all("503" in row.error for row in dead)
    receiver.usual, receiver.asked = Reply(), []
    with played.archive.write() as db:
        assert outbox.reopen(db, played.clock.now(), target=BOX) == 0
        assert outbox.reopen(db, played.clock.now(), delivery=dead[2].id) == 1
        assert outbox.reopen(db, played.clock.now(), target=DESK) == PARTS - 1
    played.deliver(teams)
    assert arrived(receiver) == ALL
    with played.archive.write() as db:
        assert outbox.reopen(db, played.clock.now(), delivery=dead[0].id) == 0, "sent stays sent"


def second_ways(tmp_path: Path) -> list[email.message.EmailMessage]:
    files = sorted((tmp_path / "box").glob("*.eml"))
    return [email.message_from_bytes(f.read_bytes(), policy=email.policy.default) for f in files]


@pytest.mark.parametrize("language", ["id", "zh", "th", "vi", "ms", "en"])
def test_a_dead_digest_falls_back_once_and_says_why(
    tmp_path: Path, receiver: Receiver, language: str
) -> None:
    """A chat that is gone: the digest goes to the fall-back as a mail, once, with the reason."""
    played = Round(tmp_path, replace(ANA, fallback=SECOND, language=language))
    channels = {"chat": chats(desk=ADDRESSES["teams"]), "mailbox": MailboxFolder(tmp_path / "box")}
    played.put(channels, "one", [DESK])
    receiver.usual = GONE
    for _ in range(3):
        played.deliver(channels, HOUR)
    (mail,) = second_ways(tmp_path)
    text = mail.get_body(("plain",)).get_content()
    assert "chat:desk" in " ".join(text.split()[:40])
    assert "404" in " ".join(text.split()[:60])
    assert "HARBORWATCH" in text
    assert "chat:desk" in mail.get_body(("html",)).get_content()
    assert mail["To"].addresses[0].addr_spec == "ana@second.example"
    with played.archive.write() as db:
        outbox.reopen(db, played.clock.now(), target=DESK)
    played.deliver(channels, HOUR)
    assert len(second_ways(tmp_path)) == 1, "given up again, it does not fall back again"
    played.archive.close()


def test_a_digest_that_fails_for_hours_falls_back_and_is_still_tried(
    tmp_path: Path, receiver: Receiver
) -> None:
    """After the hours that the subscriber names the mail goes; the chat gets it when it can."""
    played = Round(tmp_path, replace(ANA, fallback=SECOND, fallback_after=3))
    channels = {"chat": chats(desk=ADDRESSES["teams"]), "mailbox": MailboxFolder(tmp_path / "box")}
    played.put(channels, "one", [DESK])
    receiver.usual = BAD
    for _ in range(2):
        played.deliver(channels, HOUR)
    assert second_ways(tmp_path) == []
    for _ in range(5):
        played.deliver(channels, HOUR)
    (mail,) = second_ways(tmp_path)
    assert "berjam-jam" in mail.get_body(("plain",)).get_content()
    receiver.usual, receiver.asked = Reply(), []
    played.deliver(channels, 9 * HOUR)
    assert arrived(receiver) == ALL
    assert len(second_ways(tmp_path)) == 1
    played.archive.close()


def test_old_dead_letters_do_not_fall_back(tmp_path: Path, receiver: Receiver) -> None:
    """A fall-back that is named today brings no history, and never itself."""
    played = Round(tmp_path)
    channels: dict[str, Channel] = {"chat": chats(desk=ADDRESSES["teams"])}
    played.put(channels, "one", [DESK])
    receiver.usual = GONE
    played.deliver(channels)
    played.archive.close()
    later = Round(tmp_path, replace(ANA, fallback=BOX))
    later.clock.advance(played.clock.now() + timedelta(days=8))
    later.put(channels, "two", [BOX])

    class Full(MailboxFolder):
        def send(self, delivery: Delivery) -> None:
            raise ChannelError("full", permanent=True)

    for _ in range(3):
        later.deliver({**channels, "mailbox": Full(tmp_path / "box")}, HOUR)
    assert [row.target for row in later.rows("dead")].count(BOX) == 1
    assert len(later.rows()) == PARTS + 1
    later.archive.close()


def test_ten_chats_at_once_over_real_servers(tmp_path: Path) -> None:
    """One digest for several of the operator's own servers: each gets it once."""
    played = Round(tmp_path)
    with receiving() as one, receiving() as two, receiving() as three:
        channel = chats(
            hook=f"json://127.0.0.1:{one.port}/x",
            push=f"ntfy://127.0.0.1:{two.port}/topic",
            form=f"form://127.0.0.1:{three.port}/x",
        )
        names = [Target(channel="chat", address=name) for name in ("hook", "push", "form")]
        played.put({"chat": channel}, "one", names)
        two.replies = [Reply(status=500)]
        assert played.deliver({"chat": channel}).failed == 1
        played.deliver({"chat": channel}, 2 * MINUTE)
        parts = [
            row.parts for row in played.rows() if row.target.address == "form" and row.part == 1
        ]
        assert [len(r.asked) for r in (one, two, three)] == [1, 2, parts[0]]
    assert {row.state for row in played.rows()} == {"sent"}
    played.archive.close()
