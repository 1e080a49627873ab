"""The doctor and the metrics say of workers what is so: there, silent, missing, behind."""

import asyncio
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from archive import open_archive
from archive.collecting import notices, workers
from archive.collecting.workers import SILENT
from harborwatch import metrics
from harborwatch.commands import main
from harborwatch.config import NAME
from harborwatch.tasks import queues
from harborwatch.tasks.engine import SCHEMA, opened
from harborwatch.tasks.queues import QUEUES
from harborwatch.tasks.standing import standing
from harborwatch.tasks.working import Working
from harborwatch.wiring import put_together

pytest.importorskip("procrastinate", reason="the extra workers is not installed")

from postgres_fixture import running_or_skipped
from postgres_server import Server

pytestmark = pytest.mark.postgres

EVERY = tuple(QUEUES)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_or_skipped() as started:
        yield started


@pytest.fixture
def home(server: Server, tmp_path: Path) -> Path:
    address = server.address(server.make("template0"))
    text = f'[engine]\ntasks = "procrastinate"\n\n[archive]\naddress = "{address}"\n'
    (tmp_path / NAME).write_text(text, "utf-8")
    return tmp_path


def address_of(home: Path) -> str:
    return (home / NAME).read_text("utf-8").split('"')[-2]


def found(home: Path) -> list[tuple[str, str]]:
    done = CliRunner().invoke(main, ["--home", str(home), "doctor", "--json"])
    said = [json.loads(line) for line in done.stdout.splitlines()]
    return [(one["state"], one["text"]) for one in said if one["about"] == "workers"]


def test_the_doctor_names_what_no_worker_serves(home: Path) -> None:
    """Nobody there is wrong, some queues unserved too; a silent worker is odd; all there is well."""
    archive, now = open_archive(address_of(home)), datetime.now(UTC)
    every = list(EVERY)
    done = CliRunner().invoke(main, ["--home", str(home), "doctor", "--json"])
    assert re.search(r"\d stories, [\d.,]+ MB, PostgreSQL \d+", done.stdout)
    assert found(home) == [("wrong", f"nobody takes tasks of: {', '.join(every)}")]
    with archive.write() as db:
        workers.beat(db, "a:1", ["polls", "settling"], now)
    (wrong, _), (well, said) = found(home)
    assert (wrong, well) == ("wrong", "well")
    assert said.startswith("1 at work")
    with archive.write() as db:
        workers.beat(db, "b:2", every, datetime.now(UTC))
        workers.beat(db, "c:3", every, now - SILENT - timedelta(seconds=1))
    (odd, silent), (well, said) = found(home)
    assert (odd, well) == ("odd", "well")
    assert "c:3" in silent
    assert said.startswith("2 at work")
    archive.close()


async def test_what_waits_is_counted_and_waits_once(home: Path) -> None:
    """Tasks wait by queue in the metrics; the like of one that waits is not handed out again."""
    archive = open_archive(address_of(home))
    async with opened(address_of(home)) as tasks:
        assert await tasks.defer(queues.SETTLE)
        assert not await tasks.defer(queues.SETTLE)
        assert await tasks.defer(queues.read([1, 2]))
        assert await tasks.defer(queues.read([3]))
        assert await tasks.waiting() == {"settling": 1, "reading": 2}
        with archive.read() as db:
            said = metrics.written(metrics.of_tasks(standing(db)))
    assert 'harborwatch_tasks{queue="reading"} 2' in said
    assert 'harborwatch_tasks{queue="polls"} 0' in said
    assert 'harborwatch_workers{state="alive"} 0' in said
    archive.close()


async def test_tables_of_another_version_are_made_anew(home: Path) -> None:
    """The engine's tables hold nothing that the archive does not: another version's are replaced."""
    archive = open_archive(address_of(home))
    async with opened(address_of(home)) as tasks:
        assert await tasks.defer(queues.TELL)
    async with opened(address_of(home)) as tasks:
        assert await tasks.waiting() == {"telling": 1}
    with archive.write() as db:
        db.execute(text(f"COMMENT ON SCHEMA {SCHEMA} IS '0.0.1'"))
    async with opened(address_of(home)) as tasks:
        assert await tasks.waiting() == {}
    archive.close()


async def test_what_fails_in_a_worker_reaches_operator_and_doctor(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A task that fails each time is a notice and the doctor's word, its error of ours another."""
    monkeypatch.setattr("harborwatch.tasks.working.BEAT", 0.2)
    monkeypatch.setattr("harborwatch.tasks.failures.PATIENCE", 0.5)
    program = put_together(home, catalogue=[], watching=False)
    archive = program.tools.archive
    async with opened(address_of(home)) as tasks:
        working = Working(program, tasks, EVERY, print)
        running = asyncio.create_task(working.run())
        for page in (901, 902, 903, 904):
            # Pages that nobody has kept.
            await tasks.defer(queues.read([page]))
        for _ in range(100):
            await asyncio.sleep(0.1)
            with archive.read() as db:
                told = {one.kind: one for one in notices.standing(db)}
            if {"error", "task"} <= set(told):
                break
        said = dict(await asyncio.to_thread(found, home))
        working.stop()
        await running
    assert told["task"].thing == f"read, {working.name}"
    assert "harborwatch.tasks.working" in told["error"].thing
    assert f"read, {working.name}" in said["wrong"]
    assert "a task failed: read" in said["odd"]
    await program.close()
