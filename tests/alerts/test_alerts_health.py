"""The operator's digest: each matter once, at most one mail an hour, through the outbox."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from alerts.chat.services.plain import OTHER
from alerts.health import health_lines, tell_operator
from alerts.issuing import Sender
from alerts.wording import LANGUAGES, wording_for
from archive import Archive, open_archive
from archive.collecting import health, notices, sources
from archive.collecting.notices import Kind, Notice
from archive.collecting.sources import Seen
from archive.telling import digests, outbox, subscribers
from archive.telling.digests import Issue, Message
from harborwatch.noticed import MOST, Noticed
from news import Conditions, Outcome, Poll, Source, Subscriber, Target

NOON = datetime(2018, 9, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WAYS = [
    Source(id="telko/feed", outlet="telko", way="feed", address="https://t.example/feed"),
    Source(id="telko/list", outlet="telko", way="listing", address="https://t.example/"),
    Source(id="selat/feed", outlet="selat", way="feed", address="https://s.example/feed"),
]
OPERATOR = Subscriber(
    id="operator",
    name="",
    zone="Asia/Jakarta",
    language="en",
    targets=(Target(channel="mailbox", address="root@harbor.example"),),
    watches=(),
)
SENDER = Sender(
    address="Harborwatch <watch@harbor.example>",
    outlet_names={},
    topic_titles={},
    chats={"desk": OTHER},
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = open_archive(f"sqlite:///{tmp_path}/archive.db")
    with opened.write() as db:
        sources.synchronise(db, WAYS, NOON)
    for way in WAYS:
        polled(opened, way.id, NOON - HOUR, Outcome.GOOD)
    yield opened
    opened.close()


def polled(archive: Archive, source: str, at: datetime, outcome: Outcome, times: int = 1) -> None:
    with archive.write() as db:
        for number in range(times):
            poll = Poll(
                source=source,
                started_at=at + timedelta(minutes=number),
                outcome=outcome,
                detail="HTTP 503" if outcome is not Outcome.GOOD else "",
                conditions=Conditions(),
            )
            sources.record_poll(db, poll, Seen(), due_at=at, history=False)
            health.judge(db, source, poll.started_at)


def mails(archive: Archive) -> list[str]:
    with archive.read() as db:
        return [past.text for past in reversed(digests.past(db)) if past.subscriber == "operator"]


def told(archive: Archive, at: datetime, **errors: str) -> bool:
    return tell_operator(archive, OPERATOR, SENDER, errors, at)


def test_a_source_that_falls_quiet_is_told_once_and_so_is_its_return(archive: Archive) -> None:
    """Three polls without an answer are one mail; an answer after that is one more."""
    polled(archive, "selat/feed", NOON, Outcome.TEMPORARY, 2)
    assert not told(archive, NOON), "twice may be a restart"
    polled(archive, "selat/feed", NOON + HOUR, Outcome.TEMPORARY)
    assert told(archive, NOON + HOUR)
    polled(archive, "selat/feed", NOON + 2 * HOUR, Outcome.TEMPORARY)
    for hours in range(2, 9):
        assert not told(archive, NOON + hours * HOUR), "it is not said again"
    polled(archive, "selat/feed", NOON + 9 * HOUR, Outcome.GOOD)
    assert told(archive, NOON + 9 * HOUR)
    assert not told(archive, NOON + 11 * HOUR)
    first, second = mails(archive)
    assert "Does not answer: selat/feed, since 20 Sep 2018, 20:00 (HTTP 503)" in first
    assert "Recovered: selat/feed, since 21 Sep 2018, 04:00" in second
    assert "Does not answer" not in second


def test_a_way_that_takes_over_is_named(archive: Archive) -> None:
    """Where another way of the outlet is heard, the mail names it; its return is one line."""
    polled(archive, "telko/feed", NOON, Outcome.BLOCKED, 3)
    polled(archive, "telko/list", NOON, Outcome.GOOD)
    assert told(archive, NOON + HOUR)
    polled(archive, "telko/feed", NOON + HOUR, Outcome.GOOD)
    assert told(archive, NOON + 3 * HOUR)
    text, later = (" ".join(text.split()) for text in mails(archive))
    assert "Shuts us out: telko/feed" in text
    assert "Another way took over: telko/feed, since" in text
    assert "(by telko/list)" in text
    assert later.count("Recovered: telko/feed") == 1


def test_what_happened_once_is_told_once(archive: Archive) -> None:
    """A gap that nothing filled is one line, as what it is, and no recovery."""
    with archive.write() as db:
        notices.once(db, "gap", "telko/feed", "about 4 stories expected", NOON)
    assert told(archive, NOON + HOUR)
    assert not told(archive, NOON + 3 * HOUR)
    (text,) = mails(archive)
    assert "Stories may have been missed: telko/feed" in text
    assert "Recovered" not in text


def test_a_source_that_is_no_longer_watched_does_not_recover(archive: Archive) -> None:
    """Whoever takes an outlet out hears nothing more of it."""
    polled(archive, "selat/feed", NOON, Outcome.BLOCKED, 3)
    assert told(archive, NOON + HOUR)
    with archive.write() as db:
        sources.synchronise(db, WAYS[:2], NOON + HOUR)
        notices.end_of_dropped(db, NOON + HOUR)
        assert notices.standing(db) == []
    assert not told(archive, NOON + 3 * HOUR)


def test_never_proved_sources_are_no_matter(archive: Archive) -> None:
    """A source that never answered did not fall quiet."""
    new = Source(id="new/feed", outlet="new", way="feed", address="https://n.example/")
    with archive.write() as db:
        sources.synchronise(db, [*WAYS, new], NOON)
    polled(archive, "new/feed", NOON, Outcome.BLOCKED, 5)
    assert not told(archive, NOON + HOUR)


def test_what_comes_within_an_hour_is_collected(archive: Archive) -> None:
    """After a mail the next one waits an hour and holds all that has come, also what is over."""
    assert told(archive, NOON, first="boom")
    polled(archive, "selat/feed", NOON, Outcome.BLOCKED, 3)
    for minutes in range(0, 60, 10):
        assert not told(archive, NOON + timedelta(minutes=minutes), second="bang")
    polled(archive, "selat/feed", NOON + timedelta(minutes=55), Outcome.GOOD)
    assert not told(archive, NOON + timedelta(minutes=59))
    assert told(archive, NOON + HOUR)
    _, text = mails(archive)
    assert "An error of ours: second" in text
    assert "Recovered: selat/feed" in text
    assert "boom" not in text


def test_an_error_is_told_once_and_for_all(archive: Archive) -> None:
    """The same error, again and after a restart, makes no second mail."""
    assert told(archive, NOON, boom="ValueError: x")
    assert not told(archive, NOON + 5 * HOUR, boom="ValueError: y")
    assert not told(archive, NOON + 9 * HOUR, boom="ValueError: z")


def test_dead_letters_are_told_but_those_to_the_operator(archive: Archive) -> None:
    """A delivery that was given up is one line; a lost mail of health makes no other."""
    ani = Subscriber(
        id="ani", name="", zone="UTC", language="id", targets=OPERATOR.targets, watches=()
    )
    with archive.write() as db:
        subscribers.save(db, ani)
        message = Message(target=OPERATOR.targets[0], message_id="<1@x.example>", message=b"x")
        issue = Issue(
            subscriber="ani", slot="s", at=NOON, subject="", text="", html="",
            tells=[], instant=False, messages=[message],
        )  # fmt: skip
        digests.save(db, issue)
        outbox.failed(db, 1, "550 no such user", None)
    assert told(archive, NOON)
    (text,) = mails(archive)
    assert "Could not be delivered: 1" in text
    assert "550 no such user" in " ".join(text.split())
    with archive.write() as db:
        outbox.failed(db, 2, "550 no such user", None)
    assert not told(archive, NOON + 2 * HOUR)


def test_the_operator_is_nobodys_subscriber(archive: Archive) -> None:
    """The operator is no subscriber who watches, and is not listed as one."""
    assert told(archive, NOON, boom="x")
    with archive.read() as db:
        assert subscribers.kept(db) == []


def test_health_goes_to_a_chat_in_parts(archive: Archive) -> None:
    """A chat gets the same lines as messages of its own form."""
    chat = Target(channel="chat", address="desk")
    both = Subscriber(
        id="operator", name="", zone="UTC", language="zh", targets=(chat,), watches=()
    )
    assert tell_operator(archive, both, SENDER, {"boom": "x" * 200}, NOON)
    with archive.read() as db:
        (row,) = outbox.listed(db, ("open",))
    assert row.target == chat


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_its_words(language: str) -> None:
    """Each kind of notice, begun and ended, is a line in every language."""
    kinds: tuple[Kind, ...] = get_args(Kind)
    some = [
        Notice(id=n, kind=kind, thing="telko", detail="d", begun_at=NOON, ended_at=end)
        for n, kind in enumerate(kinds)
        for end in (None, NOON)
    ]
    lines = health_lines(some, wording_for(language), "Asia/Jakarta")
    assert len(set(lines)) == len(kinds) + 1
    assert all("telko" in line and "{" not in line for line in lines)


def test_the_log_is_gathered_once_per_place_and_type() -> None:
    """An error logged many times is one; warnings and dead letters are none; a flood has an end."""
    noticed, log = Noticed(), logging.getLogger("harborwatch.try")
    log.propagate = False
    log.addHandler(noticed)
    for name in ("one", "two", "three"):
        log.error("it failed: %s", name)
    log.warning("no error")
    delivering = logging.getLogger("alerts.delivering")
    delivering.addHandler(noticed)
    delivering.error("given up")
    delivering.removeHandler(noticed)
    (thing,) = noticed.found()
    assert noticed.found()[thing] == "it failed: one"
    noticed.forget([thing])
    assert not noticed.found()
    for number in range(2 * MOST):
        record = log.makeRecord(log.name, logging.ERROR, "f", number, "x", (), None)
        noticed.handle(record)
    assert len(noticed.found()) == MOST
    log.removeHandler(noticed)
