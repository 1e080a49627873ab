"""Law 3, end to end: what was told is not told again because events were grouped otherwise."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import select

from alerts.issuing import Sender, issue_due
from alerts.matching import match_new
from archive import tables
from archive.grouping import events
from archive.grouping.events import Tie
from archive.keeping import stories
from archive.telling import subscribers
from crawler.places import outlet_folders, topic_folders
from harborwatch.commands.try_story_inputs import StoryInput
from harborwatch.commands.try_telling import Newsroom, newsroom, tell
from news import Digest, PlayedClock, Rhythm, Subscriber, Target, Watch
from news.rhythms import daily
from pipelines.event_settling import regroup

NOON = datetime(2018, 9, 12, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SENDER = Sender(address="Harborwatch <watch@example.org>", outlet_names={}, topic_titles={})
TEXTS = (
    "The forum on harbours of information opened in Nanning and thirty-five projects were signed.",
    "ชาวประมงริมทะเลขายปลาและกุ้งได้มากขึ้นตั้งแต่ฤดูฝนที่แล้ว แม่ค้าคนหนึ่งเล่าให้ผู้สื่อข่าวฟัง",
    "北部山区的铁路因山体滑坡停运两个星期，救援人员把旅客送下山。",
)
RHYTHMS = (Rhythm(kind="instant"), daily(time(7)))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with newsroom(outlet_folders(tmp_path), topic_folders(tmp_path)) as opened:
        yield opened


def reader(name: str, query: str, rhythm: Rhythm) -> Subscriber:
    return Subscriber(
        id=name,
        name=name,
        zone="Asia/Jakarta",
        language="en",
        targets=(Target(channel="mailbox", address=f"{name}@example.org"),),
        watches=(Watch(name="all", query=query, rhythm=rhythm),),
    )


def told(room: Newsroom, number: int, at: datetime, text: str = "") -> int:
    text = text or TEXTS[number]
    given = StoryInput(number=number, id=number, title=f"Report {number}", text=text)
    return tell(room, given, at).number


def issued(room: Newsroom, now: datetime) -> list[Digest]:
    match_new(room.tools.archive, room.tools.topics, PlayedClock(now))
    return issue_due(room.tools.archive, SENDER, now)


def tied(room: Newsroom, one: int, other: int, score: float) -> None:
    """Let two stories be found alike, or strange, as a vector or a learnt mean may do later."""
    with room.tools.archive.write() as db:
        events.tie(db, [Tie(low=one, high=other, score=score, because="close in meaning .80")])
        regroup(db, {one, other})


def grouped(room: Newsroom, *wanted: int) -> int:
    """Return how many events these stories are in."""
    with room.tools.archive.read() as db:
        return len({row.event for row in stories.load(db, wanted)})


@pytest.mark.parametrize("rhythm", RHYTHMS, ids=lambda one: one.kind)
def test_a_merge_or_split_alone_sends_nothing(room: Newsroom, rhythm: Rhythm) -> None:
    """Two events that turn out to be one, then two again, make no digest; a new story does."""
    both, first_only = reader("both", "report", rhythm), reader("first", "harbours", rhythm)
    with room.tools.archive.write() as db:
        subscribers.synchronise(db, [both, first_only])
    one, other = told(room, 0, NOON), told(room, 1, NOON + timedelta(hours=1))
    assert grouped(room, one, other) == 2
    sent = {digest.subscriber.id: digest for digest in issued(room, NOON + DAY)}
    assert {name: [card.kind for card in digest.cards] for name, digest in sent.items()} == {
        "both": ["new", "new"],
        "first": ["new"],
    }
    for day, score, groups in ((2, 6.0, 1), (3, -6.0, 2), (4, 6.0, 1), (5, -6.0, 2)):
        tied(room, one, other, score)
        assert grouped(room, one, other) == groups
        assert issued(room, NOON + day * DAY) == [], f"{score} on day {day}"
    told(room, 2, NOON + 5 * DAY + timedelta(hours=1))
    (digest,) = issued(room, NOON + 6 * DAY)
    assert (digest.subscriber.id, [card.kind for card in digest.cards]) == ("both", ["new"])
    assert [line.title for card in digest.cards for line in card.tellings] == ["Report 2"]


@pytest.mark.parametrize("rhythm", RHYTHMS, ids=lambda one: one.kind)
def test_a_story_that_joins_what_was_told_sends_nothing(room: Newsroom, rhythm: Rhythm) -> None:
    """A story merged into a told event, one split off it, and a reprint of the told one send nothing."""
    with room.tools.archive.write() as db:
        subscribers.synchronise(db, [reader("both", "report", rhythm)])
    one = told(room, 0, NOON)
    assert len(issued(room, NOON + DAY)) == 1
    other = told(room, 1, NOON + DAY + timedelta(hours=1))
    tied(room, one, other, 6.0)
    assert grouped(room, one, other) == 1
    assert issued(room, NOON + 2 * DAY) == []
    tied(room, one, other, -6.0)
    assert grouped(room, one, other) == 2
    assert issued(room, NOON + 3 * DAY) == []
    reprint = told(room, 2, NOON + 3 * DAY + timedelta(hours=1), TEXTS[0])
    assert grouped(room, one, reprint) == 1
    assert issued(room, NOON + 4 * DAY) == []
    # The reader never heard of the other one: its next telling is news.
    again = told(room, 3, NOON + 4 * DAY + timedelta(hours=1), TEXTS[1])
    (digest,) = issued(room, NOON + 5 * DAY)
    cards = [(card.kind, [line.story for line in card.tellings]) for card in digest.cards]
    assert cards == [("new", [other, again])]


def test_an_update_goes_on_from_its_alert(room: Newsroom) -> None:
    """An update at once answers the alert of its own event, under that one's subject."""
    with room.tools.archive.write() as db:
        subscribers.synchronise(db, [reader("at-once", "report", RHYTHMS[0])])
    for number in (1, 0):
        told(room, number, NOON + timedelta(hours=2 - number))
        assert len(issued(room, NOON + timedelta(hours=2 - number))) == 1
    more = TEXTS[0].replace("thirty-five", "fifty-three")
    told(room, 0, NOON + timedelta(hours=5), more)
    (update,) = issued(room, NOON + timedelta(hours=6))
    assert [card.kind for card in update.cards] == ["update"]
    with room.tools.archive.read() as db:
        sent = db.scalars(select(tables.deliveries.c.message).order_by(tables.deliveries.c.id))
        other, first, later = (message_from_bytes(one, policy=default) for one in sent)
    assert other["Subject"] != first["Subject"]
    assert later["Subject"] == f"Re: {first['Subject']}"
    assert later["In-Reply-To"] == later["References"] == first["Message-ID"]
