"""Surges: a day that brings far more than a watch's own past lets expect, told once."""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, func, insert, select, update

from alerts.issuing import Sender
from alerts.signing import Signer
from alerts.surge import (
    LEAST_DAYS,
    LEAST_STORIES,
    RARE,
    dispersion,
    expected,
    surge,
    upper_tail,
)
from alerts.surging import Pasts, tell_surges
from alerts.wording import LANGUAGES
from archive import Archive, open_archive, tables
from archive.collecting import sources
from archive.telling import digests, subscribers, unsubscriptions
from news import Rhythm, Source, Subscriber, Target, Watch
from news.rhythms import daily, read_quiet

DAY = timedelta(days=1)
THURSDAY = date(2018, 9, 20)
NOON = datetime(2018, 9, 20, 5, tzinfo=UTC)  # in Jakarta
FEED = Source(id="telko/feed", outlet="telko", way="feed", address="https://t.example/feed")
SENDER = Sender(address="Harborwatch <watch@harbor.example>", outlet_names={}, topic_titles={})
ANA = Subscriber(
    id="ana",
    name="Ana",
    zone="Asia/Jakarta",
    language="en",
    targets=(Target(channel="mailbox", address="ana@desk.example"),),
    watches=(
        Watch(name="ports", query="pelabuhan", rhythm=daily(time(7)), surge=True),
        Watch(name="rails", query="rel", rhythm=Rhythm(kind="instant")),
    ),
)


def days(count: int, each: int, until: date = THURSDAY) -> dict[date, int]:
    """Return a past of so many days before `until`, each with so many stories."""
    return {until - number * DAY: each for number in range(1, count + 1)}


def test_a_short_past_is_silent() -> None:
    """Under 14 watched days nothing is a surge, from then on it may be."""
    assert surge(THURSDAY, 100, days(LEAST_DAYS - 1, 1)) is None
    found = surge(THURSDAY, 100, days(LEAST_DAYS, 1))
    assert found is not None
    assert found.expected == pytest.approx(1.0)


def test_fewer_than_five_are_never_a_surge() -> None:
    """However little is expected, four stories are none; five are."""
    assert surge(THURSDAY, LEAST_STORIES - 1, days(56, 0)) is None
    assert surge(THURSDAY, LEAST_STORIES, days(56, 0)) is not None


def test_a_weekday_has_its_own_volume() -> None:
    """What every Thursday brings is no surge on a Thursday, and is one on a Friday."""
    past = days(57, 1, THURSDAY + DAY) | {THURSDAY - 7 * week * DAY: 15 for week in range(9)}
    assert surge(THURSDAY, 15, past) is None
    assert surge(THURSDAY + DAY, 15, past) is not None


def test_a_thin_past_is_drawn_to_the_mean() -> None:
    """Two Thursdays with 9 stories among days with 2 make neither 9 nor the mean of 3."""
    past = days(14, 2) | {THURSDAY - 7 * DAY: 9, THURSDAY - 14 * DAY: 9}
    assert expected(THURSDAY, past) == pytest.approx((18 + 4 * 3) / 6)


def test_what_is_older_or_later_does_not_count() -> None:
    """Only the 8 weeks before a day are its past."""
    past = days(56, 1)
    assert expected(THURSDAY, past | {THURSDAY: 50, THURSDAY - 57 * DAY: 50}) == 1.0


def test_after_a_day_without_polls_nothing_is_said() -> None:
    """What a day that was not watched would have shown comes with the next one."""
    past = days(56, 1)
    del past[THURSDAY - DAY]
    assert surge(THURSDAY, 100, past) is None


def test_a_watch_of_clusters_has_a_higher_bar() -> None:
    """Where every third day brings nine stories and the others none, nine are no surge."""
    clustered = {day: 9 if number % 3 == 0 else 0 for number, day in enumerate(days(56, 0))}
    assert dispersion(days(56, 3)) == 1.0
    assert dispersion(clustered) > 4
    assert surge(THURSDAY, 12, days(56, 3)) is not None
    assert surge(THURSDAY, 12, clustered) is None
    assert surge(THURSDAY, 40, clustered) is not None


@given(least=st.integers(0, 60), mean=st.floats(0.01, 40))
@settings(max_examples=60)
def test_the_tail_is_that_of_poisson(least: int, mean: float) -> None:
    """The chance of so many or more is what is left of all that are fewer."""
    fewer = math.fsum(
        math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(least)
    )
    assert upper_tail(least, mean) == pytest.approx(1 - fewer, abs=1e-9)


@given(mean=st.integers(0, 300), stories=st.integers(0, 600))
@settings(max_examples=60)
def test_more_stories_are_never_less_of_a_surge(mean: int, stories: int) -> None:
    """A surge stays one with one story more, and never lies under what is expected."""
    past = days(56, mean)
    found = surge(THURSDAY, stories, past)
    if found is not None:
        assert stories > found.expected
        assert upper_tail(stories, found.expected) < RARE
        assert surge(THURSDAY, stories + 1, past) is not None


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = open_archive(f"sqlite:///{tmp_path}/archive.db")
    with opened.write() as db:
        sources.synchronise(db, [FEED], NOON)
        subscribers.synchronise(db, [ANA])
        for number in range(57):
            watched(db, THURSDAY - number * DAY)
            put(db, NOON - number * DAY, 2 if number else 0)
    yield opened
    opened.close()


def watched(db: Connection, day: date) -> None:
    """Let a source have answered on a day."""
    sums = ("expected", "polled", "seen", "new", "changed", "known", "refused", "history", "fresh")
    row = dict.fromkeys(sums, 0) | {"source": FEED.id, "day": day, "answered": 1}
    db.execute(insert(tables.source_days).values(row))


def put(
    db: Connection, at: datetime, count: int, *, copies_of: int | None = None, watch: str = "ports"
) -> int:
    """Let a watch find so many stories first seen at that time; returns the last one's number."""
    last = db.scalar(select(func.max(tables.stories.c.id))) or 0
    for number in range(last + 1, last + 1 + count):
        story = {
            "id": number, "outlet": "telko", "country": "id", "source": FEED.id,
            "address": f"https://t.example/{number}", "language": "id", "revision": 1,
            "first_seen_at": at, "history": False, "copy_of": copies_of,
        }  # fmt: skip
        db.execute(insert(tables.stories).values(story))
        match = {
            "subscriber": "ana", "watch": watch, "story": number, "revision": 1,
            "matched_at": at, "sentence": "", "hits": [],
        }  # fmt: skip
        db.execute(insert(tables.matches).values(match))
    return last + count


def found(archive: Archive, at: datetime, count: int, **given: Any) -> int:
    with archive.write() as db:
        return put(db, at, count, **given)


def mails(archive: Archive) -> list[str]:
    with archive.read() as db:
        return [one.subject for one in reversed(digests.past(db))]


def test_a_surge_is_told_once(archive: Archive) -> None:
    """One line with what was expected; more of it, later rounds and restarts say nothing more."""
    found(archive, NOON, 7)
    assert tell_surges(archive, SENDER, NOON) == 0, "7 where 2 are expected may happen"
    found(archive, NOON, 5)
    assert tell_surges(archive, SENDER, NOON) == 1
    found(archive, NOON, 9)
    assert tell_surges(archive, SENDER, NOON + timedelta(hours=1)) == 0
    archive.close()
    again = open_archive(archive.address)
    try:
        assert tell_surges(again, SENDER, NOON + DAY) == 0
        assert mails(again) == ["ports: 12 stories today, 2 expected"]
    finally:
        again.close()


def test_copies_count_once(archive: Archive) -> None:
    """Forty reprints of one story are one story, on the day on which it was first seen."""
    original = found(archive, NOON - timedelta(days=3), 1)
    found(archive, NOON, 40, copies_of=original)
    found(archive, NOON, 4)
    assert tell_surges(archive, SENDER, NOON) == 0
    unmatched = found(archive, NOON, 1, watch="rails")
    found(archive, NOON, 40, copies_of=unmatched)
    assert tell_surges(archive, SENDER, NOON) == 0, "five now, where two are expected"
    found(archive, NOON, 7)
    assert tell_surges(archive, SENDER, NOON) == 1
    assert mails(archive) == ["ports: 12 stories today, 2 expected"]


def test_only_watches_that_ask_for_it_tell(archive: Archive) -> None:
    """A watch without the option is silent, and so is one that its reader wants no more."""
    found(archive, NOON, 50, watch="rails")
    assert tell_surges(archive, SENDER, NOON) == 0
    found(archive, NOON, 50)
    with archive.write() as db:
        unsubscriptions.stop_watch(db, "ana", "ports", NOON)
    assert tell_surges(archive, SENDER, NOON) == 0


def test_quiet_hours_put_it_off(archive: Archive) -> None:
    """What surged late in the day is told when the quiet hours end, with its day."""
    quiet = replace(ANA, quiet=read_quiet("22:00-06:30"))
    with archive.write() as db:
        subscribers.synchronise(db, [quiet])
    late = NOON + timedelta(hours=11)
    found(archive, late, 20)
    for hours in range(8):
        assert tell_surges(archive, SENDER, late + timedelta(hours=hours)) == 0
    assert tell_surges(archive, SENDER, late + timedelta(hours=9)) == 1
    assert mails(archive) == ["ports: 20 stories on 20 Sep 2018, 2 expected"]


def test_days_are_those_of_the_readers_zone(archive: Archive) -> None:
    """Twelve stories over a UTC midnight are one day in Jakarta."""
    midnight = datetime(2018, 9, 20, tzinfo=UTC)
    found(archive, midnight - timedelta(hours=1), 6)
    found(archive, midnight + timedelta(hours=1), 6)
    assert tell_surges(archive, SENDER, NOON) == 1
    assert mails(archive) == ["ports: 12 stories today, 2 expected"]


def test_what_is_known_of_the_past_changes_nothing(archive: Archive) -> None:
    """Asked again and again with what was read before, on two days, the answers are the same."""
    known: Pasts = {}
    told = []
    for hours in range(0, 48, 4):
        now = NOON + timedelta(hours=hours)
        found(archive, now, 3)
        told.append(tell_surges(archive, SENDER, now, known))
        assert set(known) <= {("ana", "ports")}
    assert sum(told) == 2
    assert mails(archive) == ["ports: 9 stories today, 2 expected"] * 2
    with archive.write() as db:
        db.execute(update(tables.watches).values(surge=False))
    assert tell_surges(archive, SENDER, NOON + 2 * DAY, known) == 0
    assert known == {}


def test_a_new_watch_learns_first(archive: Archive) -> None:
    """Days before a watch found its first story are not days on which it found none."""
    with archive.write() as db:
        young = tables.matches.c.matched_at < NOON - 14 * DAY
        db.execute(delete(tables.matches).where(young))
    found(archive, NOON, 50)
    assert tell_surges(archive, SENDER, NOON) == 0


#: the subject in each language of digests
SUBJECTS = {
    "en": "ports: 34 stories today, 2 expected",
    "id": "ports: 34 berita hari ini, perkiraan 2",
    "ms": "ports: 34 laporan hari ini, jangkaan 2",
    "th": "ports: วันนี้ 34 ข่าว คาดไว้ 2",
    "vi": "ports: 34 tin hôm nay, dự kiến 2",
    "zh": "ports：今天 34 篇报道，预期 2 篇",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_it(archive: Archive, language: str) -> None:
    """Subject, text, page and chat say the figure and what was expected; a link says no."""
    chat = Target(channel="chat", address="desk")
    who = replace(ANA, language=language, targets=(*ANA.targets, chat))
    with archive.write() as db:
        subscribers.synchronise(db, [who])
    found(archive, NOON, 34)
    signed = replace(SENDER, public_url="https://news.example", signer=Signer(key=b"k" * 32))
    assert tell_surges(archive, signed, NOON) == 1
    with archive.read() as db:
        mail, said = db.scalars(select(tables.deliveries.c.message).order_by("id"))
    read = message_from_bytes(mail, policy=policy.default)
    text, page = (part.get_content() for part in read.iter_parts())
    assert read["Subject"] == SUBJECTS[language]
    assert all(SUBJECTS[language] in shown for shown in (text, page, said.decode()))
    assert read["List-Unsubscribe-Post"]
    assert "https://news.example/unsubscribe?t=" in text
    assert said.decode().count("34") == 1
