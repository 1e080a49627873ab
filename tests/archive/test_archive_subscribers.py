"""Subscribers and their watches, as the configuration gives them."""

from dataclasses import replace
from datetime import UTC, datetime, time

from archive_tellings import ANI, subscribe

from archive import Archive
from archive.telling import digests, subscribers
from news import Watch
from news.rhythms import daily

DAILY = Watch(name="harian", query="信息港 OR อาเซียน", rhythm=daily(time(7)))
NOON = datetime(2018, 9, 20, 12, tzinfo=UTC)
BUDI = replace(ANI, id="budi", watches=(DAILY,))


def test_everybody_comes_back_as_given(archive: Archive) -> None:
    """Subscribers are read back equal, watches in the order of their names."""
    both = replace(ANI, watches=(DAILY, *ANI.watches))
    with archive.write() as db:
        subscribe(db, BUDI, both)
        subscribe(db, BUDI, both)
        assert subscribers.load(db) == [both, BUDI]


def test_who_left_the_file_watches_nothing(archive: Archive) -> None:
    """A subscriber who left the file is not told any more; one who came back is."""
    with archive.write() as db:
        subscribe(db, ANI, BUDI)
        subscribe(db, BUDI)
        assert subscribers.load(db) == [BUDI]
        subscribers.synchronise(db, [])
        assert subscribers.load(db) == []
        subscribe(db, ANI)
        assert subscribers.load(db) == [ANI]


def test_a_watch_that_changed_is_the_new_one(archive: Archive) -> None:
    """The file decides: a watch's new query replaces the old, a removed watch is gone."""
    with archive.write() as db:
        subscribe(db, replace(ANI, watches=(*ANI.watches, DAILY)))
        changed = replace(ANI, watches=(replace(DAILY, query="BRI"),))
        subscribe(db, changed)
        assert subscribers.load(db) == [changed]


def test_some_are_read_as_all_are(archive: Archive) -> None:
    """Those asked for by id come back alone; of their rhythms the last slots are told."""
    both = replace(ANI, watches=(DAILY, *ANI.watches))
    with archive.write() as db:
        subscribe(db, BUDI, both)
        assert subscribers.load(db, {"budi", "nobody"}) == [BUDI]
        assert subscribers.load(db, set()) == []
        digests.close_slot(db, "budi", "daily 07:00", NOON)
        last = {one.subscriber: one.last for one in subscribers.calls(db)}
        assert last == {"ani": None, "budi": NOON}
        subscribers.remove(db, "budi", NOON)
        assert {one.subscriber for one in subscribers.calls(db)} == {"ani"}
