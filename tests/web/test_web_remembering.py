"""Sums that are remembered: the same within a minute, anew when something came."""

import time
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

from archive_tellings import NOON, put, story
from sqlalchemy import Connection

from archive import open_archive
from archive.collecting.ledger import sums
from harborwatch.web.remembering import LASTS, Remembered


def test_a_long_sum_outlives_what_comes(tmp_path: Path) -> None:
    """What takes long to add is shown for a while although something came, and then anew."""
    archive = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    remembered = Remembered()

    def add(db: Connection) -> int:
        begun = time.thread_time()
        while time.thread_time() - begun < 0.1:
            pass
        return sums(db).stories

    def shown(after: timedelta) -> int:
        with archive.read() as db:
            return remembered.of(db, add, NOON + after)

    assert shown(timedelta(0)) == 0
    with archive.write() as db:
        put(db, story("a"))
    assert shown(timedelta(seconds=1)) == 0
    assert shown(timedelta(seconds=30)) == 1
    archive.close()


def test_one_adds_while_others_wait(tmp_path: Path) -> None:
    """Asked by many at once, a sum is added up once."""
    archive = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    remembered, asked = Remembered(), []

    def add(db: Connection) -> int:
        asked.append(1)
        time.sleep(0.05)
        return sums(db).stories

    def ask() -> None:
        with archive.read() as db:
            remembered.of(db, add, NOON)

    threads = [Thread(target=ask) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert asked == [1]
    archive.close()


def test_a_sum_is_remembered_until_something_comes(tmp_path: Path) -> None:
    """It is added up anew with a new story, after a minute, and if the clock goes back."""
    archive = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    remembered, asked = Remembered(), []

    def add(db: Connection) -> int:
        asked.append(1)
        return sums(db).stories

    def shown(after: timedelta) -> tuple[int, int]:
        with archive.read() as db:
            return remembered.of(db, add, NOON + after), len(asked)

    assert shown(timedelta(0)) == (0, 1)
    assert shown(LASTS - timedelta(seconds=1)) == (0, 1)
    with archive.write() as db:
        put(db, story("a"))
    assert shown(timedelta(seconds=1)) == (1, 2)
    assert shown(timedelta(seconds=2)) == (1, 2)
    assert shown(LASTS + timedelta(seconds=1)) == (1, 3)
    assert shown(timedelta(seconds=-5)) == (1, 4)
    archive.close()


def test_while_one_adds_anew_others_show_what_there_was(tmp_path: Path) -> None:
    """Nobody waits for a sum that somebody else adds up anew: the last one is shown meanwhile."""
    archive = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    remembered, adding, go_on = Remembered(), Event(), Event()
    shown: list[int] = []

    def add(db: Connection) -> int:
        found = sums(db).stories
        if found:
            adding.set()
            go_on.wait(10)
        return found

    def ask() -> None:
        with archive.read() as db:
            shown.append(remembered.of(db, add, NOON))

    ask()
    with archive.write() as db:
        put(db, story("a"))
    slow = Thread(target=ask)
    slow.start()
    assert adding.wait(10)
    ask()
    go_on.set()
    slow.join()
    ask()
    assert shown == [0, 0, 1, 1]
    archive.close()
