"""Six weeks with three readers: the mailbox holds exactly the digests that a calendar names.

From 19 September to 31 October 2018: Indonesia has no holiday in these weeks,
China has Mid-Autumn and the golden week, Brussels sets its clocks back.
"""

import asyncio
import email
import email.policy
from collections import Counter
from collections.abc import Callable, Iterator
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
from harborwatch.press import Expected, Press
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
    #: what the press has published, as a perfect monitor would have it
    expected: tuple[Expected, ...]
    #: what each story of the archive tells of, by the press's word
    happenings: dict[int, str]


async def play(press: Press, program: Program, clock: PlayedClock) -> list[Digest]:
    """Play the weeks; polled and told as often as there is something to hear."""
    issued: list[Digest] = []
    for moment, polls in steps():
        clock.advance(max(moment, clock.now()))
        press.advance(max(press.now, clock.now()))
        if polls:
            await work.poll(program)
        issued.extend((await work.tell(program)).digests)
    await program.tools.workers.close()
    return issued


def steps() -> Iterator[tuple[datetime, bool]]:
    """Yield each moment of the weeks at which is told, and whether is polled before."""
    moment = poll_at = demo.BEGIN
    while moment < END:
        busy = moment < demo.END
        polls = moment >= poll_at
        if polls:
            poll_at = moment + (BUSY if busy else POLL_EVERY)
        yield moment, polls
        moment += BUSY if busy else QUIET


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Weeks:
    home = tmp_path_factory.mktemp("weeks")
    (home / NAME).write_text(CONFIG, "utf-8")
    with demo.played(home) as (press, program, clock):
        plain = replace(program, embedder=None)
        issued = asyncio.run(play(press, plain, clock))
        with program.tools.archive.read() as db:
            past = tuple(reversed(digests.past(db, limit=1000)))
            every = stories.load(db, range(1, 1000))
        expected = press.expected()
        program.tools.archive.close()
    of = {at.rstrip("/"): happening(one) for one in expected for at in one.addresses}
    happenings = {row.id: of[row.address.rstrip("/")] for row in every}
    forum = frozenset(story for story, name in happenings.items() if name == "caih-forum-2018")
    return Weeks(
        issued=tuple(issued),
        past=past,
        mails=tuple(mails(home)),
        forum=forum,
        expected=expected,
        happenings=happenings,
    )


def happening(one: Expected) -> str:
    """Return what a story tells of: the happening that several tell of, else its own."""
    return one.happening or one.address


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


def seen_at(one: Expected) -> datetime | None:
    """Return the poll that shows a story as news; None where it is history, or after the end."""
    if one.published < demo.BEGIN - timedelta(days=1):
        return None
    return next((at for at, polls in steps() if polls and at >= one.published), None)


def first_told(
    weeks: Weeks, asked: dict[str, list[str]], finds: Callable[[Expected, str], bool]
) -> dict[str, list[str]]:
    """Return what a reader's slots must hold as new, by the press and the calendar alone.

    `asked` has the slots of each watch, `finds` says whether a watch finds a story.
    """
    first: dict[str, str] = {}
    for one in weeks.expected:
        seen = seen_at(one)
        for watch, slots in asked.items():
            if seen is None or not finds(one, watch):
                continue
            slot = next(slot for slot in slots if made_at(slot) >= seen)
            known = first.setdefault(happening(one), slot)
            first[happening(one)] = min(known, slot, key=made_at)
    found: dict[str, list[str]] = {}
    for name, slot in sorted(first.items()):
        found.setdefault(slot, []).append(name)
    return found


def made_at(slot: str) -> datetime:
    """Return when the digest of a slot is made: as soon as is told after it."""
    moment = datetime.fromisoformat(slot)
    return next((at for at, _ in steps() if at >= moment), END)


def new_in(weeks: Weeks, who: str, *, at_once: bool = False) -> dict[str, list[str]]:
    """Return the happenings of each slot's new cards, a card for each."""
    found: dict[str, list[str]] = {}
    for digest in weeks.issued:
        cards = [card for card in digest.cards if card.kind == "new"]
        if digest.subscriber.id != who or digest.slot.startswith("now:") != at_once or not cards:
            continue
        told = [{weeks.happenings[line.story] for line in card.tellings} for card in cards]
        assert all(len(names) == 1 for names in told), "a card tells of one happening"
        found[digest.slot] = sorted(name for names in told for name in names)
    return found


def of_topics(one: Expected, watch: str) -> bool:
    """Say whether a watch that asks for these topics finds a story."""
    return bool(set(one.topics) & set(watch.split()))


def test_jakartas_slots_hold_what_the_press_told(weeks: Weeks) -> None:
    """Each slot's new cards are the happenings that were first seen since the slot before."""
    weekdays = set(range(5))
    both = [calendar("Asia/Jakarta", at, weekdays, set()) for at in (time(7), time(16, 30))]
    slots = sorted(slot for one in both for slot in one if slot >= "2018-09-19T07:00")
    wanted = first_told(weeks, {"caih caih_forum bri": slots}, of_topics)
    assert sum(map(len, wanted.values())) > 5
    assert new_in(weeks, "jakarta") == wanted


def test_nannings_slots_hold_what_the_press_told(weeks: Weeks) -> None:
    """Of two watches the one whose slot comes first tells a happening, and only that one."""
    slots = {
        "caih caih_forum": calendar("Asia/Shanghai", time(8), {0, 3}, HOLIDAYS),
        "bri": calendar("Asia/Shanghai", time(8), set(range(7)), HOLIDAYS),
    }
    assert new_in(weeks, "nanning") == first_told(weeks, slots, of_topics)


def test_brussels_slots_hold_what_the_press_told(weeks: Weeks) -> None:
    """Sundays tell of one watch, Mondays of the other; what was told on Sunday is no news then."""
    slots = {
        "caih caih_forum": calendar("Europe/Brussels", time(2, 30), {0}, set()),
        "bri": calendar("Europe/Brussels", time(2, 30), {6}, set()),
    }
    assert new_in(weeks, "brussels") == first_told(weeks, slots, of_topics)


def test_the_alerts_are_those_that_the_press_gave_reason_for(weeks: Weeks) -> None:
    """Each happening that names the port is one alert, at the first poll outside of quiet hours."""
    wanted: dict[str, datetime] = {}
    for one in weeks.expected:
        seen = seen_at(one)
        if seen is None or not any(
            name in one.headline + one.body for name in ("Kuantan", "关丹")
        ):
            continue
        zone = ZoneInfo("Europe/Brussels")
        at = next(at for at, _ in steps() if at >= seen and 7 <= at.astimezone(zone).hour < 22)
        wanted[happening(one)] = min(at, wanted.get(happening(one), at))
    told = [
        (max(at for at, _ in steps() if at <= datetime.fromisoformat(slot[4:])), name)
        for slot, names in new_in(weeks, "brussels", at_once=True).items()
        for name in names
    ]
    assert wanted
    assert sorted(told) == sorted((at, name) for name, at in wanted.items())
    assert len([one for one in weeks.past if one.slot.startswith("now:")]) == len(told)
