"""What tells of surges is read alike from PostgreSQL."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from archive import Archive, tables
from archive.collecting import sources
from archive.telling import subscribers, watch_days
from news import Rhythm, Source, Subscriber, Target, Watch

pytestmark = pytest.mark.postgres

NOON = datetime(2018, 9, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FEED = Source(id="telko/feed", outlet="telko", way="feed", address="https://t.example/feed")
ANA = Subscriber(
    id="ana",
    name="Ana",
    zone="Asia/Jakarta",
    language="id",
    targets=(Target(channel="mailbox", address="ana@desk.example"),),
    watches=(Watch(name="ports", query="x", rhythm=Rhythm(kind="instant"), surge=True),),
)


def test_days_are_counted_with_copies_once(new_archive: Callable[[], Archive]) -> None:
    """Stories of two days, a copy of one of them, and the day on which a source answered."""
    archive = new_archive()
    with archive.write() as db:
        sources.synchronise(db, [FEED], NOON)
        subscribers.synchronise(db, [ANA])
        assert subscribers.load(db) == [ANA]
        for number, (days, copy_of) in enumerate([(9, None), (1, None), (0, None), (0, 2)], 1):
            at = NOON - days * DAY
            story = {
                "id": number, "outlet": "telko", "country": "id", "source": FEED.id,
                "address": f"https://t.example/{number}", "language": "id", "revision": 1,
                "first_seen_at": at, "history": False, "copy_of": copy_of,
            }  # fmt: skip
            db.execute(insert(tables.stories).values(story))
            match = {"subscriber": "ana", "watch": "ports", "story": number, "revision": 1}
            match |= {"matched_at": at, "sentence": "", "hits": []}
            db.execute(insert(tables.matches).values(match))
        names = ("expected", "polled", "seen", "new", "changed", "known", "refused", "history")
        row = dict.fromkeys((*names, "fresh"), 0) | {"source": FEED.id, "answered": 1}
        db.execute(insert(tables.source_days).values(row | {"day": date(2018, 9, 20)}))
    since, zone = NOON - 3 * DAY, ZoneInfo("Asia/Jakarta")
    with archive.read() as db:
        assert watch_days.first_number(db, since) == 2
        assert watch_days.busy(db, since, 2, 2) == [("ana", "ports")]
        assert watch_days.busy(db, since, 2, 3) == []
        counts = watch_days.stories_by_day(db, ("ana", "ports"), since, 2, zone)
        assert counts == {date(2018, 9, 19): 1, date(2018, 9, 20): 1}
        assert watch_days.first_found(db, "ana", "ports") == NOON - 9 * DAY
        watched = watch_days.watched_days(db, date(2018, 9, 1), date(2018, 9, 30))
        assert watched == {date(2018, 9, 20)}
        assert watch_days.told_slots(db, "ana", ["x"]) == set()
