"""The whole program with chats: configured by name, secrets elsewhere, dead letters sent again."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from chat_outbox import ANA, Round
from chat_outbox import chats as opened
from chat_receiver import Receiver, Reply
from click.testing import CliRunner, Result

from alerts.delivering import deliver_due
from harborwatch import demo, work
from harborwatch.commands import main
from harborwatch.config import NAME, Config, load
from harborwatch.first_config import written
from harborwatch.press import Press
from harborwatch.wiring import opened_chats, put_together
from news import FileError, PlayedClock, Target

SECRET = "terumbu-karang-rahasia"
DESK = Target(channel="chat", address="desk")


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HARBORWATCH_CHAT_DESK", raising=False)


def text(chat: str, targets: str = '["chat:desk"]', more: str = "") -> str:
    made = written("ana@desk.example", "Asia/Jakarta", "07:00", "", "@caih")
    made = made.replace('targets = ["mailbox:ana@desk.example"]', f"targets = {targets}\n{more}")
    return f"{made}\n{chat}\n"


def loaded(home: Path, *given: str, **more: str) -> Config:
    (home / NAME).write_text(text(*given, **more), encoding="utf-8")
    return load(home)


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *words])


def test_a_chats_address_comes_from_the_environment_or_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chat has a name; its address stands in a variable, usual or named, or in a file."""
    with pytest.raises(FileError, match="HARBORWATCH_CHAT_DESK"):
        loaded(tmp_path, "[chat.desk]")
    monkeypatch.setenv("HARBORWATCH_CHAT_DESK", f"ntfy://{SECRET}")
    assert loaded(tmp_path, "[chat.desk]").chats == {"desk": f"ntfy://{SECRET}"}
    monkeypatch.setenv("OTHER", f"json://{SECRET}.example")
    config = loaded(tmp_path, '[chat.desk]\naddress_env = "OTHER"')
    assert config.chats == {"desk": f"json://{SECRET}.example"}
    (tmp_path / "desk.secret").write_text(f"ntfy://{SECRET}/\n")
    config = loaded(tmp_path, '[chat.desk]\naddress_file = "desk.secret"')
    assert config.chats == {"desk": f"ntfy://{SECRET}/"}
    assert config.subscribers[0].targets == (DESK,)
    assert SECRET not in repr(config)


@pytest.mark.parametrize(
    ("chat", "targets", "said"),
    [
        (f'[chat]\ndesk = "ntfy://{SECRET}"', '["chat:desk"]', "must be a table"),
        (f'[chat.desk]\naddress_env = "ntfy://{SECRET}"', '["chat:desk"]', "does not belong"),
        (f'[chat.desk]\naddress_file = "ntfy://{SECRET}"', '["chat:desk"]', "does not belong"),
        (f'[chat.desk]\naddress = "ntfy://{SECRET}"', '["chat:desk"]', "unknown key"),
        ("[chat.desk]", f'["ntfy://{SECRET}"]', "no target"),
        ("[chat.desk]", f'["chat:ntfy://{SECRET}"]', "names no chat"),
        ("[chat.desk]", '["chat:dest"]', 'did you mean "desk"'),
        ("", '["chat:desk"]', r"there is no \[chat\]"),
        ('[chat."a b"]', '["mailbox:a@b.example"]', "letters, digits and hyphens"),
        ('[chat.desk]\naddress_file = "missing"', '["chat:desk"]', "cannot be read"),
    ],
)
def test_mistakes_are_told_without_the_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chat: str, targets: str, said: str
) -> None:
    """Whatever is written in a wrong place is not shown."""
    monkeypatch.setenv("HARBORWATCH_CHAT_DESK", f"ntfy://{SECRET}")
    monkeypatch.setenv("HARBORWATCH_CHAT_A B", f"ntfy://{SECRET}")
    with pytest.raises(FileError, match=said) as caught:
        loaded(tmp_path, chat, targets)
    assert SECRET not in str(caught.value)
    done = run(tmp_path, "digests")
    assert done.exit_code == 2
    assert SECRET not in done.output


def test_an_address_that_apprise_does_not_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chat's name is told, not its address."""
    monkeypatch.setenv("HARBORWATCH_CHAT_DESK", f"nowhere://{SECRET}")
    with pytest.raises(FileError, match='of chat "desk" is no address') as caught:
        opened_chats(loaded(tmp_path, "[chat.desk]"))
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('fallback = "chat:desk"', "falls back to a mail"),
        ('fallback = "mail:ana@x.example"', "needs a mail server"),
        ('fallback = "mailbox:ana@"', "no mail address"),
        ('fallback = "fax:1"', "no target"),
        ("fallback_after = 73", "0 to 72 hours"),
    ],
)
def test_a_fall_back_that_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, said: str
) -> None:
    """A fall-back is a mail that can go out, within the days that a target is tried."""
    monkeypatch.setenv("HARBORWATCH_CHAT_DESK", f"ntfy://{SECRET}")
    with pytest.raises(FileError, match=said):
        loaded(tmp_path, "[chat.desk]", more=more)


def test_what_was_given_up_is_listed_and_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, receiver: Receiver
) -> None:
    """`digests` shows what is open and dead; `digests resend` makes it due, by number, target, all."""
    address = f"json://127.0.0.1:{receiver.port}/{SECRET}"
    monkeypatch.setenv("HARBORWATCH_CHAT_DESK", address)
    loaded(tmp_path, "[chat.desk]")
    played = Round(tmp_path, ANA)
    channels = {"chat": opened(desk=address)}
    for slot in ("one", "two", "three"):
        played.put(channels, slot, [DESK])
    receiver.usual = Reply(status=403)
    played.deliver(channels)
    shown = run(tmp_path, "digests")
    assert shown.exit_code == 0
    assert shown.output.count("\tdead\tchat:desk\t") == 3
    assert "answered 403" in shown.output
    assert SECRET not in shown.output
    receiver.usual = Reply()
    number = shown.output.split("\tdead\t")[0].split()[-1]
    assert "1 delivery is due again" in run(tmp_path, "digests", "resend", number).output
    nobody = run(tmp_path, "digests", "resend", "--to", "chat:elsewhere")
    assert (nobody.exit_code, "was given up" in nobody.output) == (1, True)
    assert "2 deliveries are" in run(tmp_path, "digests", "resend", "--to", "chat:desk").output
    assert run(tmp_path, "digests", "resend", "--dead").exit_code == 1
    assert run(tmp_path, "digests", "resend").exit_code == 2
    # The command speaks of the real time, far after the played one.
    played.clock.advance(played.clock.now() + timedelta(days=36_500))
    assert deliver_due(played.archive, channels, played.clock).sent == 3
    again = run(tmp_path, "digests", "resend", number)
    assert (again.exit_code, "was sent" in again.output) == (1, True)
    played.archive.close()


@pytest.mark.long
async def test_from_the_press_to_a_chat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, receiver: Receiver
) -> None:
    """Stories polled from the press go to a webhook and a chat, and to the fall-back of a gone one."""
    at = f"127.0.0.1:{receiver.port}"
    monkeypatch.setenv("HARBORWATCH_CHAT_HOOK", f"json://{at}/{SECRET}")
    monkeypatch.setenv("HARBORWATCH_CHAT_GONE", f"ntfy://{at}/gone-{SECRET}")
    receiver.refuses = "/"
    with Press(demo.BEGIN) as press:
        press.write_catalogue(tmp_path / "outlets")
        made = text(
            "[chat.hook]\n[chat.gone]",
            '["chat:hook", "chat:gone"]',
            'fallback = "mailbox:ana@second.example"',
        )
        made = made.replace("outlets = []", "outlets = []\nallow_private_addresses = true")
        made = made.replace("pace = 2.0", "pace = 0.0")
        (tmp_path / NAME).write_text(made, "utf-8")
        press.advance(demo.BEGIN + timedelta(hours=12))
        program = put_together(tmp_path, PlayedClock(press.now), [tmp_path / "outlets"])
        try:
            await work.poll(program)
            told = await work.tell(program)
        finally:
            await program.close()
    assert told.digests
    documents = [one.json for one in receiver.asked if SECRET in one.path]
    assert [one["slot"] for one in documents] == [digest.slot for digest in told.digests]
    assert documents[0]["cards"][0]["tellings"]
    mails = list((tmp_path / "mailbox").glob("*.eml"))
    assert len(mails) == len(told.digests)
    for file in await asyncio.to_thread(lambda: [p for p in tmp_path.rglob("*") if p.is_file()]):
        assert SECRET.encode() not in file.read_bytes(), file.name
