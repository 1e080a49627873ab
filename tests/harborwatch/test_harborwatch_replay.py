"""Law 7: kept pages, replayed into an empty archive, give the same stories again."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

from played_days import Played
from sqlalchemy import Connection, select

from archive import Archive, open_archive
from archive.tables import mentions, revisions, stories
from crawler.replay import replay
from pipelines.reading.worker import Workers


def contents(archive: Archive) -> dict[str, Any]:
    """Return what an archive says of its stories, numbers replaced by addresses."""
    with archive.read() as db:
        rows = db.execute(select(stories)).all()
        name = {row.id: row.address for row in rows}
        events: dict[int, set[str]] = {}
        for row in rows:
            events.setdefault(row.event, set()).add(row.address)
        return {
            "stories": {
                row.address: (row.outlet, row.language, row.published_at, row.published_precision, row.history, row.first_seen_at, row.revision)
                for row in rows
            },
            "copies": {row.address: (name.get(row.copy_of), row.copy_kind, row.containment) for row in rows},
            "events": {frozenset(members) for members in events.values()},
            "revisions": _revisions(db, name),
            "mentions": _mentions(db, name),
        }  # fmt: skip


def _revisions(db: Connection, name: dict[int, str]) -> set[tuple[object, ...]]:
    return {
        (name[row.story], row.number, row.title, row.body, row.seen_at, str(row.facts))
        for row in db.execute(select(revisions))
    }


def _mentions(db: Connection, name: dict[int, str]) -> set[tuple[object, ...]]:
    return {
        (name[row.story], row.revision, row.topic, row.field, row.start, row.end, row.words, row.clause)
        for row in db.execute(select(mentions))
    }  # fmt: skip


def test_replay_is_true(played: Played, tmp_path: Path) -> None:
    """The same pages give the same stories, revisions, copies, events and mentions."""
    target = open_archive(f"sqlite:///{tmp_path / 'again.db'}")

    async def again() -> tuple[int, int]:
        async with Workers() as workers:
            return await replay(replace(played.program.tools, workers=workers), target)

    read, stored = asyncio.run(again())
    before, after = contents(played.program.tools.archive), contents(target)
    target.close()
    assert read >= stored >= len(played.rows)
    assert after.keys() == before.keys()
    for what, said in before.items():
        assert after[what] == said, what
