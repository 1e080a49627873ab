"""Backups: one instant of a live archive, whole, checked, and never over another file."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from archive_filled import fill, index_all
from archive_tellings import put, story
from sqlalchemy import func, select, text

from archive import Archive, open_archive
from archive.care.backups import Checked, back_up, check, restore
from archive.care.copying import copy
from archive.searching.search import search
from archive.tables import METADATA, facts, revisions, stories
from news import ArchiveError
from query import parse


def silent(_what: str, _done: int, _total: int) -> None:
    """Say nothing."""


def everything(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    with archive.read() as db:
        return {
            table.name: [
                tuple(row)
                for row in db.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in METADATA.sorted_tables
        }


def filled(archive: Archive) -> Archive:
    with archive.write() as db:
        fill(db)
        index_all(db)
    return archive


def test_a_backup_of_a_live_archive_is_one_instant(archive: Archive, tmp_path: Path) -> None:
    """While a writer goes on, each backup holds stories 1 to n, every one with its text."""
    stop, more = threading.Event(), threading.Semaphore(0)

    def write() -> None:
        for n in range(100_000):
            if stop.is_set():
                return
            with archive.write() as db:
                put(db, story(str(n), f"ASEAN {n}", "信息港 " * 50))
            more.release()

    def backup(n: int) -> Checked:
        assert all(more.acquire(timeout=20) for _ in range(20))
        return back_up(archive.address, tmp_path / f"{n}.db", silent)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        found = [backup(n) for n in range(5)]
    finally:
        stop.set()
        writer.join()
    assert found[0].stories < found[-1].stories
    for n, one in enumerate(found):
        copied = open_archive(f"sqlite:///{tmp_path}/{n}.db")
        with copied.read() as db:
            numbers = list(db.scalars(select(stories.c.id).order_by(stories.c.id)))
            texts = db.execute(select(func.count()).select_from(revisions)).scalar()
            assert len(search(db, parse("信息港"), limit=100_000)) == texts == one.stories
        assert numbers == list(range(1, one.stories + 1))
        copied.close()


def test_what_is_restored_is_what_was_there(archive: Archive, tmp_path: Path) -> None:
    """Every row of every table comes back, and is found by search; nothing else is left."""
    before = everything(filled(archive))
    back_up(archive.address, tmp_path / "b" / "kept.db", silent)
    address = f"sqlite:///{tmp_path}/new/archive.db"
    restore(tmp_path / "b" / "kept.db", address, silent)
    again = open_archive(address)
    assert everything(again) == before
    with again.read() as db:
        assert [one.story.id for one in search(db, parse("信息港"))] == [4]
    again.close()
    assert [one.name for one in (tmp_path / "b").iterdir()] == ["kept.db"]
    assert not list((tmp_path / "new").glob("*.part"))


def test_nothing_is_overwritten(archive: Archive, tmp_path: Path) -> None:
    """A file that is there stays, be it a backup, an archive or what SQLite keeps beside one."""
    kept = tmp_path / "kept.db"
    back_up(archive.address, kept, silent)
    held = kept.read_bytes()
    with pytest.raises(ArchiveError, match="nothing is overwritten"):
        back_up(archive.address, kept, silent)
    with pytest.raises(ArchiveError, match="nothing is overwritten"):
        restore(kept, archive.address, silent)
    (tmp_path / "new.db-wal").write_bytes(b"of another archive")
    with pytest.raises(ArchiveError, match="wal is there already"):
        restore(kept, f"sqlite:///{tmp_path}/new.db", silent)
    assert kept.read_bytes() == held


def damaged(kept: Path) -> None:
    held = bytearray(kept.read_bytes())
    for at in range(4096 * 3, len(held), 4096):
        held[at : at + 100] = b"\xff" * 100
    kept.write_bytes(held)


def cut(kept: Path) -> None:
    kept.write_bytes(kept.read_bytes()[:20_000])


def of_a_newer_version(kept: Path) -> None:
    db = sqlite3.connect(kept)
    db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.commit()
    db.close()


def of_something_else(kept: Path) -> None:
    kept.unlink()
    db = sqlite3.connect(kept)
    db.execute("CREATE TABLE notes (text)")
    db.commit()
    db.close()


def no_database(kept: Path) -> None:
    kept.write_text("my notes")


@pytest.mark.parametrize(
    "spoil", [damaged, cut, of_a_newer_version, of_something_else, no_database]
)
def test_a_backup_that_is_not_whole_is_refused(
    archive: Archive, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    """What is damaged, cut, newer or none of ours is named, and no archive is made of it."""
    kept = tmp_path / "kept.db"
    back_up(filled(archive).address, kept, silent)
    assert check(kept).stories == 10
    spoil(kept)
    with pytest.raises(ArchiveError, match=r"kept\.db"):
        restore(kept, f"sqlite:///{tmp_path}/new/archive.db", silent)
    assert not (tmp_path / "new").exists()


def test_a_copy_is_the_same_archive(new_archive: Callable[[], Archive]) -> None:
    """A copy into an empty archive holds the same rows and finds the same stories."""
    one, other = filled(new_archive()), new_archive()
    with one.write() as db:
        db.execute(text("UPDATE stories SET copy_of = 9 WHERE id IN (2, 4)"))
        db.execute(facts.insert().values(name="vector_model", value="made-up"))
    with one.read() as db:
        counts = copy(db, other, silent)
    assert counts["stories"] == 10
    assert everything(other) == everything(one)
    with other.read() as db:
        assert [one.story.id for one in search(db, parse("ท่าเรือ"))] == [6]


class KilledError(Exception):
    """The copy dies here."""


def test_a_copy_that_was_killed_goes_on(
    new_archive: Callable[[], Archive], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after any batch, it goes on behind it; half of it cannot be used meanwhile."""
    monkeypatch.setattr("archive.care.copying._BATCH", 3)
    monkeypatch.setattr("archive.care.copying._HEAVY", {})
    one, other = filled(new_archive()), new_archive()
    said: list[tuple[str, int]] = []
    deaths = 0

    def dies(what: str, done: int, _total: int) -> None:
        if (what, done) not in said:
            said.append((what, done))
            if len(said) % 5 == 0:
                raise KilledError

    with one.read() as db:
        while True:
            try:
                copy(db, other, dies)
                break
            except KilledError:
                deaths += 1
                with pytest.raises(ArchiveError, match="half filled"):
                    _refuse(other)
    assert deaths > 10
    _refuse(other)
    assert everything(other) == everything(one)


def _refuse(archive: Archive) -> None:
    from archive.care.copying import refuse_unfinished

    refuse_unfinished(archive)


def test_a_copy_is_never_mixed_with_another(new_archive: Callable[[], Archive]) -> None:
    """An archive that holds something, or half a copy of another one, takes no copy."""
    one, other = filled(new_archive()), new_archive()

    def dies(*_said: object) -> None:
        raise KilledError

    with one.read() as db, pytest.raises(KilledError):
        copy(db, other, dies)
    with one.write() as db:
        put(db, story("new", "ASEAN"))
    with one.read() as db, pytest.raises(ArchiveError, match="used since"):
        copy(db, other, silent)
    with other.read() as db, pytest.raises(ArchiveError, match="holds something"):
        copy(db, one, silent)
