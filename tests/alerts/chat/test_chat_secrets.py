"""An address is a secret: it stands in no log, no error, no list and not in the archive."""

import io
import logging
import traceback
from pathlib import Path

import pytest
from chat_addresses import ADDRESSES, SECRETS, usual
from chat_outbox import Round, chats
from chat_receiver import Receiver, Reply
from test_chat_services import delivery, rendered

from alerts.channels import Channel
from news import ChannelError, Target

pytestmark = pytest.mark.long

PLAYED = [Reply(), Reply(status=500), Reply(status=403), Reply(act="close"), Reply(act="hang")]


def seen(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


@pytest.fixture
def log() -> io.StringIO:
    """Give everything that any logger writes, from the lowest level on."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(1)
    yield written
    root.setLevel(before)
    root.removeHandler(handler)


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_secret_is_written_anywhere(
    name: str,
    receiver: Receiver,
    log: io.StringIO,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Sent, refused, cut and silent: log, archive, outbox and screen hold nothing of it."""
    address = ADDRESSES[name].format(port=receiver.port)
    channels: dict[str, Channel] = {"chat": chats(desk=address)}
    played = Round(tmp_path)
    for number, reply in enumerate(PLAYED):
        receiver.usual = Reply(
            status=reply.status, act=reply.act, body=usual(name) if reply == Reply() else "{}"
        )
        played.put(channels, str(number), [Target(channel="chat", address="desk")])
        played.deliver(channels)
    rows = played.rows()
    assert {row.state for row in rows} == {"sent", "open", "dead"}
    played.archive.close()
    assert seen(log.getvalue()) == []
    assert "chat" in log.getvalue() or "delivery" in log.getvalue()
    assert seen("".join(map(repr, rows))) == []
    assert seen(repr(channels)) == []
    for file in tmp_path.iterdir():
        held = file.read_bytes()
        assert [secret for secret in SECRETS if secret.encode() in held] == [], file.name
    assert seen("".join(capfd.readouterr())) == []


@pytest.mark.parametrize("name", ["telegram", "discord", "ntfy"])
def test_no_traceback_shows_a_secret(name: str, receiver: Receiver) -> None:
    """Even printed with its causes, an error of a chat shows nothing of the address."""
    chat = chats(desk=ADDRESSES[name].format(port=1))
    receiver.usual = Reply(act="close")
    try:
        chat.send(delivery(rendered(chat)[0]))
    except ChannelError:
        assert seen(traceback.format_exc()) == []
    else:
        pytest.fail("nobody was there")
