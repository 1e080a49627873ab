"""From SQLite to PostgreSQL and back: every row, killed at any moment, never mixed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from archive_tellings import put, story
from sqlalchemy import text
from test_archive_backups import everything, filled, silent

from archive import Archive, open_archive
from archive.care.backups import back_up, restore
from archive.care.copying import copy
from archive.searching.search import search
from news import ArchiveError
from query import parse

pytestmark = pytest.mark.postgres
ROOT = Path(__file__).parents[3]


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Archive:
    """Give the archive of a home folder, with rows in every table."""
    archive = filled(open_archive(f"sqlite:///{tmp_path}/archive.db"))
    with archive.write() as db:
        db.execute(text("UPDATE stories SET copy_of = 9 WHERE id IN (2, 4)"))
    return archive


def test_there_and_back_again(server, empty, on_sqlite: Archive, tmp_path: Path) -> None:
    """Every row arrives on PostgreSQL; its backup is a file that holds every row again."""
    before = everything(on_sqlite)
    address = server.address(server.make(empty))
    there = open_archive(address)
    with on_sqlite.write() as db:
        copy(db, there, silent)
    assert everything(there) == before
    with there.read() as db:
        assert [one.story.id for one in search(db, parse("เรือ"))] == [6]
    back_up(address, tmp_path / "kept.db", silent)
    restore(tmp_path / "kept.db", f"sqlite:///{tmp_path}/again/archive.db", silent)
    again = open_archive(f"sqlite:///{tmp_path}/again/archive.db")
    assert everything(again) == before
    other = server.address(server.make(empty))
    restore(tmp_path / "kept.db", other, silent)
    restored = open_archive(other)
    assert everything(restored) == before
    with pytest.raises(ArchiveError, match="holds something"):
        restore(tmp_path / "kept.db", other, silent)
    assert sorted(one.name for one in tmp_path.glob("kept*")) == ["kept.db"]
    for one in (there, again, restored, on_sqlite):
        one.close()


def test_numbers_go_on_after_the_highest(server, empty, on_sqlite: Archive) -> None:
    """A story that comes after the move gets the next number."""
    there = open_archive(server.address(server.make(empty)))
    with on_sqlite.write() as db:
        copy(db, there, silent)
    with there.write() as db:
        assert put(db, story("new", "ASEAN")) == 11
    there.close()
    on_sqlite.close()


@pytest.mark.kill
def test_a_move_that_is_killed_goes_on(server, empty, on_sqlite: Archive, tmp_path: Path) -> None:
    """`harborwatch move`, killed with SIGKILL at every step it speaks of, ends with every row."""
    with on_sqlite.write() as db:
        for n in range(1_500):
            put(db, story(f"more-{n}", f"ASEAN {n}", "信息港 ASEAN " * 40))
    before = everything(on_sqlite)
    on_sqlite.close()
    address = server.address(server.make(empty))
    deaths, done = 0, False
    while not done and deaths < 60:
        done = move(tmp_path, address, lines=deaths % 9 + 1)
        deaths += not done
    assert done
    assert deaths > 5
    there = open_archive(address)
    assert everything(there) == before
    with there.read() as db:
        assert len(search(db, parse("信息港 ASEAN"), limit=5_000)) == 1_500
    there.close()


def move(home: Path, address: str, lines: int) -> bool:
    """Run the command until it has said so many lines, then kill it; returns whether it ended."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("HARBORWATCH")}
    command = [sys.executable, "-m", "harborwatch", "--home", str(home), "move", address]
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr is not None
        for _ in range(lines):
            if not running.stderr.readline():
                assert running.wait() == 0, running.stdout.read() if running.stdout else ""
                return True
        running.send_signal(signal.SIGKILL)
        running.communicate()
        return running.returncode == 0
