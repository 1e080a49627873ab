"""A command beside workers does what they do not: what it has kept is theirs to read and settle."""

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from archive import Archive
from archive.collecting import workers
from archive.keeping import pages
from archive.tables import stories
from harborwatch import demo
from harborwatch.config import NAME
from harborwatch.press import Press
from harborwatch.tasks import beside
from harborwatch.tasks.engine import opened
from harborwatch.tasks.queues import QUEUES
from harborwatch.tasks.working import Working
from harborwatch.wiring import Program, put_together, reloaded
from news import FileError, PlayedClock

pytest.importorskip("procrastinate", reason="the extra workers is not installed")

from postgres_fixture import running_or_skipped
from postgres_server import Server

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_or_skipped() as started:
        yield started


@pytest.fixture
def shared(server: Server, home: Path, press: Press) -> Path:
    press.advance(demo.BEGIN + timedelta(hours=12))
    address = server.address(server.make("template0"))
    mine = f'[engine]\ntasks = "procrastinate"\n\n[archive]\naddress = "{address}"\n\n'
    (home / NAME).write_text(mine + (home / NAME).read_text("utf-8"), "utf-8")
    return home


def program_of(home: Path, press: Press, *, watching: bool) -> Program:
    made = put_together(home, PlayedClock(press.now), [home / "outlets"], watching=watching)
    return replace(made, embedder=None)


def known(archive: Archive) -> tuple[int, int]:
    with archive.read() as db:
        waiting = pages.count_unread(db)
        return db.execute(select(func.count()).select_from(stories)).scalar_one(), waiting


async def test_beside_a_worker_nothing_is_done_twice(
    shared: Path, press: Press, caplog: pytest.LogCaptureFixture
) -> None:
    """Where a worker settles, the command only polls, and reports what the worker made of it."""
    caplog.set_level(logging.INFO, "harborwatch.tasks.working")
    command = program_of(shared, press, watching=True)
    program = program_of(shared, press, watching=False)
    async with opened(command.config.archive) as tasks:
        working = Working(program, tasks, tuple(QUEUES), print)
        busy = asyncio.create_task(working.run())
        await asyncio.sleep(0.5)
        report = await beside.poll(command, outlets=["kabarniaga", "songhong"])
        working.stop()
        await busy
    found, waiting = known(command.tools.archive)
    settled = [one.args[0] for one in caplog.records if one.msg.startswith("settled")]
    assert report.stored == found == sum(settled) > 0
    assert waiting == report.dropped["kept"] == 0
    for one in (command, program):
        await one.close()


async def test_where_no_worker_is_the_command_does_it_all(shared: Path, press: Press) -> None:
    """Workers that are away, or take other tasks, leave no page lying after a poll by hand."""
    command = program_of(shared, press, watching=True)
    with command.tools.archive.write() as db:
        workers.beat(db, "a:1", ["polls", "telling"], workers.moment(db))
    report = await beside.poll(command, outlets=["kabarniaga"])
    assert known(command.tools.archive) == (report.stored, 0)
    assert report.stored
    (shared / NAME).write_text(
        (shared / NAME).read_text("utf-8").replace('tasks = "procrastinate"', "")
    )
    with pytest.raises(FileError, match="restart"):
        reloaded(command)
    await command.close()
