"""The main job, from press to mailbox, runs on PostgreSQL and leaves what SQLite would."""

from pathlib import Path

import pytest
from archive_holding import holds
from sqlalchemy import select

from archive import Archive, open_archive
from archive.searching.search import search
from archive.tables import deliveries, to_match
from crawler.replay import replay
from harborwatch import demo
from harborwatch.wiring import Program
from pipelines import vectors
from pipelines.event_settling import Settler
from query import expand, parse

pytestmark = pytest.mark.postgres


def searches(program: Program, archive: Archive) -> dict[str, list[str]]:
    """Return what each topic's query finds, newest first."""
    with archive.read() as db:
        return {
            topic.id: [
                one.story.address
                for one in search(
                    db, expand(parse(f"@{topic.id}"), program.tools.topics), limit=500
                )
            ]
            for topic in program.tools.topics
        }


def configured(home: Path, address: str) -> None:
    home.mkdir()
    archive = f'\n[archive]\naddress = "{address}"\n'
    (home / "harborwatch.toml").write_text(demo.configuration() + archive, "utf-8")


def mails(home: Path) -> int:
    return sum(1 for file in (home / "mailbox").rglob("*") if file.is_file())


async def test_the_main_job_leaves_the_same_on_both(server, empty: str, tmp_path: Path) -> None:
    """Days played into PostgreSQL, named by its address alone, are those days on SQLite.

    Both take the same pages in the same order: what answers first on the
    network would else decide which of two copies is the older.
    """
    home = tmp_path / "home"
    configured(home, server.address(server.make(empty)))
    with demo.played(home) as (press, program, clock):
        try:
            rounds = [one async for one in demo.play(press, program, clock)]
            archive = program.tools.archive
            file = open_archive(f"sqlite:///{tmp_path}/archive.db")
            await replay(program.tools, file)
            vectors.carry(archive, file, Settler.of(program.tools.topics))
            there, here = holds(archive), holds(file)
            found = searches(program, archive), searches(program, file)
            with archive.read() as db:
                sent = db.execute(select(deliveries.c.state)).scalars().all()
                assert db.execute(select(to_match)).all() == []
        finally:
            await program.close()
    file.close()
    assert archive.address.startswith("postgresql+psycopg://")
    assert len(there["stories"]) > 50
    assert there["copies"]
    assert [name for name, held in there.items() if here[name] != held] == []
    assert found[0] == found[1]
    assert any(found[0].values())
    assert set(sent) == {"sent"}
    assert len(sent) == mails(home) == sum(len(one.digests) for one in rounds) > 0
