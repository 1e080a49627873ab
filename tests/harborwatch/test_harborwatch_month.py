"""Six weeks with three readers: the mailbox holds exactly the digests that a calendar names.

From 19 September to 31 October 2018: Indonesia has no holiday in these weeks,
China has Mid-Autumn and the golden week, Brussels sets its clocks back.
"""

import asyncio
import email
import email.policy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from archive.keeping import stories
from archive.telling import digests
from archive.telling.digests import PastDigest
from harborwatch import demo, work
from harborwatch.config import NAME
from harborwatch.press import Press
from harborwatch.wiring import Program
from news import Digest, PlayedClock

pytestmark = pytest.mark.long

END = datetime(2018, 10, 31, tzinfo=UTC)
#: in the press's own days as the demo does; then so often that no slot is missed
BUSY, QUIET = timedelta(hours=3), timedelta(hours=8)
#: between polls in the quiet weeks
POLL_EVERY = timedelta(days=4)

CONFIG = """
[crawl]
allow_private_addresses = true

[mail]
sender = "Harborwatch <watch@harbor.example>"

[[subscribers]]
id = "jakarta"
zone = "Asia/Jakarta"
language = "id"
holidays = "ID"
when_empty = "say"
targets = ["mailbox:jakarta@harbor.example"]

[[subscribers.watches]]
name = "pelabuhan"
query = "@caih OR @caih_forum OR @bri"
rhythm = "weekdays 07:00 16:30"

[[subscribers]]
id = "nanning"
zone = "Asia/Shanghai"
language = "zh"
holidays = "CN"
when_empty = "say"
targets = ["mailbox:nanning@harbor.example"]

[[subscribers.watches]]
name = "信息港"
query = "@caih OR @caih_forum"
rhythm = "mon,thu 08:00"

[[subscribers.watches]]
name = "铁路"
query = "@bri"
rhythm = "daily 08:00"

[[subscribers]]
id = "brussels"
zone = "Europe/Brussels"
language = "en"
quiet = "22:00-07:00"
when_empty = "say"
targets = ["mailbox:brussels@harbor.example"]

[[subscribers.watches]]
name = "week"
query = "@caih OR @caih_forum"
rhythm = "weekly mon 02:30"

[[subscribers.watches]]
name = "sundays"
query = "@bri"
rhythm = "sun 02:30"

[[subscribers.watches]]
name = "ports"
query = "Kuantan OR 关丹"
rhythm = "instant"
"""

#: days without a slot in Nanning: Mid-Autumn, then the golden week but for its weekend
HOLIDAYS = {date(2018, 9, 24), *(date(2018, 10, day) for day in range(1, 6))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks:
    """What the weeks left."""

    issued: tuple[Digest, ...]
    past: tuple[PastDigest, ...]
    mails: tuple[EmailMessage, ...]
    forum: frozenset[int]


async def play(press: Press, program: Program, clock: PlayedClock) -> list[Digest]:
    """Play the weeks; polled and told as often as there is something to hear."""
    issued: list[Digest] = []
    moment = poll_at = demo.BEGIN
    while moment < END:
        clock.advance(max(moment, clock.now()))
        press.advance(max(press.now, clock.now()))
        busy = moment < demo.END
        if moment >= poll_at:
            await work.poll(program)
            poll_at = moment + (BUSY if busy else POLL_EVERY)
        issued.extend((await work.tell(program)).digests)
        moment += BUSY if busy else QUIET
    await program.tools.workers.close()
    return issued


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Weeks:
    home = tmp_path_factory.mktemp("weeks")
    (home / NAME).write_text(CONFIG, "utf-8")
    with demo.played(home) as (press, program, clock):
        plain = replace(program, embedder=None)
        issued = asyncio.run(play(press, plain, clock))
        with program.tools.archive.read() as db:
            past = tuple(reversed(digests.past(db, limit=1000)))
            addresses = {
                one.rstrip("/")
                for expected in press.expected()
                if expected.happening == "caih-forum-2018"
                for one in expected.addresses
            }
            every = stories.load(db, range(1, 1000))
            forum = frozenset(row.id for row in every if row.address.rstrip("/") in addresses)
        program.tools.archive.close()
    return Weeks(issued=tuple(issued), past=past, mails=tuple(mails(home)), forum=forum)


def mails(home: Path) -> Iterator[EmailMessage]:
    for file in sorted((home / "mailbox").glob("*.eml")):
        yield email.message_from_bytes(file.read_bytes(), policy=email.policy.default)


def calendar(zone: str, at: time, days: set[int], off: set[date]) -> list[str]:
    """Return the slots of these weeks by a walk through the days; 02:30 comes first once."""
    place, found = ZoneInfo(zone), []
    for number in range(45):
        day = date(2018, 9, 18) + timedelta(days=number)
        moment = datetime.combine(day, at, tzinfo=place)
        # A new rhythm has its latest slot before the beginning made up.
        if day.weekday() in days and day not in off and moment < END:
            found.append(moment.isoformat(timespec="minutes"))
    begun = [slot for slot in found if datetime.fromisoformat(slot) <= demo.BEGIN]
    return begun[-1:] + [slot for slot in found if datetime.fromisoformat(slot) > demo.BEGIN]


def slots_of(weeks: Weeks, subscriber: str) -> list[str]:
    return [one.slot for one in weeks.past if one.subscriber == subscriber]


def test_jakarta_gets_every_weekday_twice(weeks: Weeks) -> None:
    """Two digests each weekday, none at the weekend, none missing."""
    weekdays = set(range(5))
    morning = calendar("Asia/Jakarta", time(7), weekdays, set())
    evening = calendar("Asia/Jakarta", time(16, 30), weekdays, set())
    wanted = {slot for slot in morning + evening if slot >= "2018-09-19T07:00"}
    assert slots_of(weeks, "jakarta") == sorted(wanted)


def test_nanning_gets_one_digest_a_day_but_on_holidays(weeks: Weeks) -> None:
    """Two rhythms at eight are one digest; Mid-Autumn and the golden week are left out."""
    wanted = calendar("Asia/Shanghai", time(8), set(range(7)), HOLIDAYS)
    assert slots_of(weeks, "nanning") == wanted


def test_brussels_gets_each_sunday_and_monday_once(weeks: Weeks) -> None:
    """02:30 comes twice on 28 October, its digest once."""
    slots = [slot for slot in slots_of(weeks, "brussels") if not slot.startswith("now:")]
    wanted = calendar("Europe/Brussels", time(2, 30), {0, 6}, set())
    # Both rhythms are new at the beginning: their latest slots make one digest.
    assert slots[1:] == wanted
    assert "2018-10-28T02:30+02:00" in slots
    assert slots[0] == "2018-09-17T02:30+02:00"


def test_no_alert_comes_in_quiet_hours(weeks: Weeks) -> None:
    """Brussels is told of ports at once, but never between ten and seven."""
    alerts = [one for one in weeks.past if one.slot.startswith("now:")]
    assert alerts
    assert {one.subscriber for one in alerts} == {"brussels"}
    hours = {one.at.astimezone(ZoneInfo("Europe/Brussels")).hour for one in alerts}
    assert hours <= set(range(7, 22))


def test_the_mailbox_holds_exactly_these(weeks: Weeks) -> None:
    """One mail per digest, each with an id of its own, in its reader's language."""
    assert len(weeks.mails) == len(weeks.past) == len(weeks.issued)
    assert len({mail["Message-ID"] for mail in weeks.mails}) == len(weeks.mails)
    subjects = Counter(str(mail["Subject"]).strip() for mail in weeks.mails)
    assert subjects == Counter(one.subject.strip() for one in weeks.past)
    languages = {(str(m["To"]).partition("@")[0], m["Content-Language"]) for m in weeks.mails}
    assert languages == {
        ("jakarta", "id"),
        ("nanning", "zh"),
        ("brussels", "en"),
    }


def test_the_forum_is_one_card_with_eight_tellings(weeks: Weeks) -> None:
    """Told weekly, the seed's event is one new card in which all eight tellings stand."""
    assert len(weeks.forum) == 8
    cards = [
        card
        for digest in weeks.issued
        if digest.subscriber.id == "brussels" and not digest.slot.startswith("now:")
        for card in digest.cards
        if {line.story for line in card.tellings} & weeks.forum
    ]
    assert [card.kind for card in cards] == ["new"]
    assert {line.story for line in cards[0].tellings} == weeks.forum
    assert cards[0].importance.tier == 1


def test_everybody_is_told_of_the_forum(weeks: Weeks) -> None:
    """Each of the three is told once, as new, whatever the rhythm."""
    for who in ("jakarta", "nanning", "brussels"):
        kinds = [
            card.kind
            for digest in weeks.issued
            if digest.subscriber.id == who
            for card in digest.cards
            if {line.story for line in card.tellings} & weeks.forum
        ]
        assert kinds.count("new") == 1, who


def test_no_revision_is_told_twice(weeks: Weeks) -> None:
    """Nobody is told a story's revision as news twice in all these weeks (law 3)."""
    told = Counter(
        (digest.subscriber.id, line.story, line.revision)
        for digest in weeks.issued
        for card in digest.cards
        if card.kind in ("new", "also", "minor")
        for line in card.tellings
    )
    assert [one for one, times in told.items() if times > 1] == []
