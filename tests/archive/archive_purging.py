"""What retention leaves of a filled archive, on either database."""

from datetime import timedelta

from archive_filled import NOON, TEXTS
from sqlalchemy import func, select, update

from archive import Archive
from archive.keeping import retention
from archive.searching.facets import count
from archive.searching.search import search
from archive.tables import events, matches, pages, revisions, stories, told, watches
from query import parse

YEAR = timedelta(days=366)


def purge_some(archive: Archive) -> None:
    """Purge stories in steps of three: all but one that a watch has still to settle."""
    with archive.write() as db:
        db.execute(update(pages).values(state="stored"))
        db.execute(update(events).values(last_seen_at=NOON))
        db.execute(matches.update().values(settled_at=NOON))
        mine = db.execute(select(matches).order_by(matches.c.story)).first()
        assert mine is not None
        same = matches.c.story == mine.story
        db.execute(update(matches).where(same).values(settled_at=None))
        first = db.execute(select(watches).order_by(watches.c.subscriber)).first()
        assert first is not None
        named = {"subscriber": first.subscriber, "watch": first.name}
        db.execute(update(matches).where(same).values(named))
        db.exec_driver_sql("DELETE FROM to_match")
        before = db.execute(select(func.count()).select_from(told)).scalar_one()
    steps = []
    while not steps or steps[-1]:
        with archive.write() as db:
            steps.append(retention.purge_stories(db, NOON + YEAR, NOON + YEAR, 3))
    assert steps == [3, 3, 3, 0]
    with archive.read() as db:
        left = list(db.scalars(select(stories.c.id).where(stories.c.purged_at.is_(None))))
        assert left == [mine.story]
        assert list(db.scalars(select(revisions.c.story))) == left
        for number, (title, _) in enumerate(TEXTS, 1):
            found = [one.story.id for one in search(db, parse(f'"{title}"'))]
            assert found == ([number] if number in left else [])
        for language in ("id", "zh", "th"):
            asked = parse(f"lang:{language}")
            found = [one.story.id for one in search(db, asked)]
            assert found == ([1] if language == "id" and 1 in left else [])
            assert count(db, asked).n == len(found)
        assert db.execute(select(func.count()).select_from(told)).scalar_one() == before
    with archive.write() as db:
        gone = retention.purge_pages(db, NOON + YEAR, NOON + YEAR, 100)
        assert retention.purge_pages(db, NOON + YEAR, NOON + YEAR, 100) == 0
        assert gone <= 10
        assert db.execute(select(func.max(func.length(pages.c.body)))).scalar() == 0
