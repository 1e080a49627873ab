"""Retention: what is old goes, and nothing of it comes back: neither fetched, nor told, nor found."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update

from archive import open_archive
from archive.collecting import ledger
from archive.keeping import traces
from archive.searching.facets import facets
from archive.searching.search import search
from archive.tables import (
    addresses,
    deliveries,
    events,
    pages,
    revisions,
    stories,
    told,
)
from crawler.replay import replay
from harborwatch import work
from harborwatch.address_trail import address_steps
from harborwatch.config import NAME, load
from harborwatch.press import Press
from harborwatch.running import Retention
from harborwatch.wiring import Program, put_together
from news import FileError, PlayedClock
from pipelines.purging import purge
from query import expand, parse

pytestmark = pytest.mark.long

YEAR = timedelta(days=366)


async def play(home: Path, press: Press, clock: PlayedClock, hours: int = 0) -> Program:
    program = put_together(home, clock, [home / "outlets"])
    for played in range(0, hours + 1, 3):
        if played:
            press.advance(clock.now() + timedelta(hours=3))
            clock.advance(clock.now() + timedelta(hours=3))
        await work.poll(program)
        await work.tell(program)
    return program


async def test_what_was_purged_never_comes_back(home: Path, press: Press) -> None:
    """Purged stories that the feeds go on showing are known: not fetched, told, found or counted."""
    clock = PlayedClock(press.now)
    program = await play(home, press, clock, hours=36)
    archive, topics = program.tools.archive, program.tools.topics
    asked = [
        expand(parse(one), topics) for one in ("ASEAN OR 东盟", "lang:id", "@caih", "lang:th")
    ]
    with archive.read() as db:
        before = db.execute(select(func.count()).select_from(told)).scalar_one()
        mails = db.execute(select(func.count()).select_from(deliveries)).scalar_one()
        all_stories = db.execute(select(func.count()).select_from(stories)).scalar_one()
        assert all(search(db, one) for one in asked)
        sums = ledger.sums(db)
    assert before > 0
    with archive.write() as db:
        db.execute(text("UPDATE matches SET settled_at = '2018-09-21' WHERE settled_at IS NULL"))
    # A year passes on the clock of the rules; the press shows what it showed.
    gone = purge(archive, clock.now() + YEAR, pages=None, stories=YEAR - timedelta(days=2))
    assert gone.stories == all_stories
    with archive.write() as db:
        # Every feed says something new of everything it shows.
        db.execute(text("UPDATE sightings SET fingerprint = 'other'"))
        db.execute(text("UPDATE sources SET etag = '', last_modified = '', body_hash = ''"))
        db.execute(text("UPDATE sources SET due_at = '2018-01-01'"))
        assert (
            db.execute(select(func.count()).where(addresses.c.fetch_at.is_not(None))).scalar() == 0
        )
    report = await work.poll(program)
    done = await work.tell(program)
    assert report.polls
    assert (report.stored, done.matches, len(done.digests)) == (0, 0, 0)
    assert report.fetches == {}, report
    with archive.read() as db:
        assert db.execute(select(func.count()).select_from(revisions)).scalar() == 0
        assert not any(search(db, one) for one in asked)
        assert not any(any(facets(db, one).values.values()) for one in asked)
        assert db.execute(select(func.count()).select_from(told)).scalar() == before
        assert db.execute(select(func.count()).select_from(deliveries)).scalar() == mails
        after = ledger.sums(db)
        assert after.seen == sums.seen
        assert (
            after.seen == after.fetched + after.waiting + sum(after.refused.values()) + after.gone
        )
        key = db.execute(select(addresses.c.key).where(addresses.c.reason == "purged")).scalar()
        trace = traces.address(db, [str(key)], "")
        assert trace is not None
        assert any(step.about == "purged" for step in address_steps(trace))
        assert traces.story(db, 1) is None
        # The highest number stays, so that it is given to no other event.
        left = select(func.count()).where(events.c.joined.is_(None))
        assert db.execute(left).scalar_one() <= 1
        assert db.execute(text("PRAGMA foreign_key_check")).all() == []
    await program.close()


async def test_another_address_of_a_purged_story_is_refused(home: Path, press: Press) -> None:
    """A twin's address, new to us, is fetched once and refused with the reason "purged"."""
    clock = PlayedClock(press.now)
    program = await play(home, press, clock, hours=3)
    archive = program.tools.archive
    with archive.write() as db:
        db.execute(text("UPDATE matches SET settled_at = '2018-09-21' WHERE settled_at IS NULL"))
    purge(archive, clock.now() + YEAR, pages=None, stories=YEAR - timedelta(days=1))
    with archive.write() as db:
        # As if it had been seen under another address only.
        one = db.execute(select(addresses).where(addresses.c.reason == "purged")).first()
        assert one is not None
        values = {"reason": "", "state": "waiting", "fetch_at": clock.now(), "body_hash": ""}
        values |= {"etag": "", "last_modified": ""}
        db.execute(update(addresses).where(addresses.c.id == one.id).values(values))
        db.execute(update(pages).where(pages.c.address_id == one.id).values(state="refused"))
    report = await work.poll(program)
    assert report.stored == 0
    assert report.dropped.get("purged") == 1, report
    with archive.read() as db:
        now = db.execute(select(addresses).where(addresses.c.id == one.id)).one()
        assert (now.state, now.reason, now.fetch_at) == ("refused", "purged", None)
        assert db.execute(select(func.count()).select_from(revisions)).scalar() == 0
    await program.close()


async def test_bytes_go_and_texts_stay(home: Path, press: Press, tmp_path: Path) -> None:
    """Purged pages keep their rows and stories; replay reads those that are whole."""
    clock = PlayedClock(press.now)
    program = await play(home, press, clock, hours=12)
    archive = program.tools.archive
    with archive.read() as db:
        whole = db.execute(select(func.count()).select_from(pages)).scalar_one()
        found = {one.story.id for one in search(db, parse("ASEAN"), limit=1_000)}
        half = db.execute(select(func.max(pages.c.fetched_at))).scalar_one()
    with archive.write() as db:
        first = db.execute(select(func.min(pages.c.id))).scalar_one()
        db.execute(update(pages).where(pages.c.id == first).values(state="kept"))
    days = clock.now() - half
    gone = purge(archive, clock.now(), pages=days, stories=None)
    assert 0 < gone.pages < whole
    assert purge(archive, clock.now(), pages=days, stories=None).pages == 0
    with archive.read() as db:
        assert {one.story.id for one in search(db, parse("ASEAN"), limit=1_000)} == found
        kept = db.execute(select(pages).where(pages.c.id == first)).one()
        assert kept.purged_at is None
        assert len(kept.body) > 0
        empty = pages.c.purged_at.is_not(None)
        assert db.execute(select(func.max(func.length(pages.c.body))).where(empty)).scalar() == 0
    target = open_archive(f"sqlite:///{tmp_path}/again.db")
    read, _ = await replay(program.tools, target)
    target.close()
    assert read == whole - gone.pages
    await program.close()


async def test_what_waits_or_is_told_of_still_is_not_purged(home: Path, press: Press) -> None:
    """An unsettled match, a revision to be matched, and an event with a fresh report stay."""
    clock = PlayedClock(press.now)
    program = await play(home, press, clock, hours=24)
    archive = program.tools.archive
    with archive.write() as db:
        story = db.execute(text("SELECT story FROM matches LIMIT 1")).scalar_one()
        db.execute(text("UPDATE matches SET settled_at = NULL WHERE story = :s"), {"s": story})
        other = db.execute(
            select(func.min(stories.c.id)).where(stories.c.id != story)
        ).scalar_one()
        db.execute(
            text("INSERT OR IGNORE INTO to_match VALUES (:s, 1, '2018-09-20')"), {"s": other}
        )
        third = db.execute(
            select(func.max(stories.c.id)).where(stories.c.id != story)
        ).scalar_one()
        event = db.execute(select(stories.c.event).where(stories.c.id == third)).scalar()
        mine = update(events).where(events.c.id == event)
        db.execute(mine.values(last_seen_at=clock.now() + YEAR))
    purge(archive, clock.now() + YEAR, pages=None, stories=YEAR - timedelta(days=2))
    with archive.read() as db:
        left = set(db.scalars(select(stories.c.id).where(stories.c.purged_at.is_(None))))
        assert {story, other, third} <= left
        assert set(db.scalars(select(revisions.c.story))) == left
    await program.close()


@pytest.mark.parametrize(
    ("written", "told_"),
    [
        ('keep_pages = "3 days"', "shorter than"),
        ('keep_stories = "90 days"', "366 days"),
        ('keep_pages = "a while"', "90 days"),
        ('keep_pages = "0 days"', "shorter"),
    ],
)
def test_rules_that_cannot_be_kept_are_refused(home: Path, written: str, told_: str) -> None:
    """A span that is none, or shorter than what is still compared, is refused with its line."""
    path = home / NAME
    path.write_text(path.read_text("utf-8") + f"\n[archive]\n{written}\n", "utf-8")
    with pytest.raises(FileError, match=told_) as error:
        load(home)
    assert error.value.line is not None


def test_rules_are_read_as_they_are_written(home: Path) -> None:
    """Days, weeks, months and years are taken; without a rule all stays."""
    assert load(home).keeps == Retention()
    path = home / NAME
    rules = 'keep_pages = "2 weeks"\nkeep_stories = "3 years"'
    path.write_text(path.read_text("utf-8") + f"\n[archive]\n{rules}\n", "utf-8")
    assert load(home).keeps == Retention(pages=timedelta(days=14), stories=timedelta(days=1_095))
