"""What an archive holds, so that two of them can be compared."""

from collections import defaultdict

from sqlalchemy import select

from archive import Archive
from archive.tables import mentions, revisions, stories


def holds(archive: Archive) -> dict[str, object]:
    """Return what an archive holds, by addresses instead of numbers."""
    with archive.read() as db:
        rows = db.execute(select(stories)).all()
        texts = db.execute(select(revisions)).all()
        found = db.execute(select(mentions)).all()
    name = {row.id: row.address for row in rows}
    events: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        events[row.event].add(row.address)
    return {
        "stories": {(r.address, r.language, r.published_at, r.history, r.revision) for r in rows},
        "texts": {(name[r.story], r.number, r.title, r.body) for r in texts},
        "copies": {(r.address, name[r.copy_of], r.copy_kind) for r in rows if r.copy_of},
        "events": {frozenset(together) for together in events.values()},
        "because": {(r.address, r.event_score, r.event_because) for r in rows},
        "mentions": {
            (name[r.story], r.revision, r.topic, r.field, r.start, r.end, r.words) for r in found
        },
    }
