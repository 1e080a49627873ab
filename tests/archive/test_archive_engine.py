"""The archive's door: writers lose nothing, readers see one instant, times keep their zone."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from archive_tellings import NOON, put, revise, story
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, insert, select, update
from sqlalchemy.exc import IntegrityError, StatementError

from archive import Archive, open_archive
from archive.collecting import hosts
from archive.searching.search import search
from archive.tables import METADATA, facts
from archive.tables import hosts as host_rows
from news import ArchiveError
from query import parse


def count(db: Connection) -> int:
    return int(db.execute(select(facts.c.value).where(facts.c.name == "count")).scalar_one())


def test_writers_lose_no_update(archive: Archive) -> None:
    """Four threads that read, add one and write back count every one of 400 steps."""
    with archive.write() as db:
        db.execute(insert(facts).values(name="count", value="0"))

    def add(_: int) -> None:
        for _step in range(100):
            with archive.write() as db:
                more = str(count(db) + 1)
                db.execute(update(facts).where(facts.c.name == "count").values(value=more))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(4)))
    with archive.read() as db:
        assert count(db) == 400


def test_an_error_holds_no_address(archive: Archive) -> None:
    """What the database's own error says does not hold what was to be written."""
    twice = [{"name": "twice", "value": f"{name}@pembaca.example"} for name in ("ani", "budi")]
    with pytest.raises(IntegrityError) as raised, archive.write() as db:
        db.execute(insert(facts), twice)
    assert "facts" in str(raised.value)
    assert "pembaca" not in str(raised.value)


def test_a_reader_sees_one_instant(archive: Archive) -> None:
    """What is written while a reader reads is seen by the next reader, and keeps no writer out."""
    with archive.write() as db:
        put(db, story("1", "ASEAN"))
    with archive.read() as reader:
        assert len(search(reader, parse("ASEAN"))) == 1
        with archive.write() as db:
            put(db, story("2", "ASEAN"))
        assert len(search(reader, parse("ASEAN"))) == 1
    with archive.read() as reader:
        assert len(search(reader, parse("ASEAN"))) == 2


def test_a_reader_changes_nothing(archive: Archive) -> None:
    """What is written through a reader's connection is not kept."""
    with archive.read() as db:
        db.execute(insert(facts).values(name="count", value="0"))
    with archive.read() as db:
        assert db.execute(select(facts.c.name)).scalars().all() == ["folding"]


def test_a_transaction_is_whole_or_not_at_all(archive: Archive) -> None:
    """An error inside a transaction leaves nothing of it, in the index neither."""

    def fails() -> None:
        with archive.write() as db:
            put(db, story("1", "ASEAN"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    with archive.write() as db:
        assert search(db, parse("ASEAN")) == []
        put(db, story("1", "ASEAN"))
        assert len(search(db, parse("ASEAN"))) == 1


def test_an_archive_can_be_tidied_while_it_is_read(archive: Archive) -> None:
    """Tidying disturbs nobody and loses nothing."""
    with archive.write() as db:
        put(db, story("1", "ASEAN"))
    with archive.read() as db:
        search(db, parse("ASEAN"))
        archive.tidy()
        assert len(search(db, parse("ASEAN"))) == 1


def test_the_migrations_make_the_tables(archive: Archive) -> None:
    """An empty archive brought up to date differs from METADATA by the full-text index only."""
    with archive.read() as db:
        differences = compare_metadata(MigrationContext.configure(db), METADATA)
    others = [
        one
        for one in differences
        if not (one[0] == "remove_table" and one[1].name.startswith("story_text"))
    ]
    assert others == []


def test_the_migrations_make_the_tables_as_they_are_described(
    archive: Archive, tmp_path: Path
) -> None:
    """Columns, keys, indexes and WITHOUT ROWID agree with METADATA, which alembic does not see."""
    engine = create_engine(f"sqlite:///{tmp_path}/described.db")
    METADATA.create_all(engine)
    with archive.read() as migrated, engine.connect() as described:
        for table in METADATA.tables:
            assert shape(migrated, table) == shape(described, table), table
    engine.dispose()


def shape(db: Connection, table: str) -> tuple[object, ...]:
    made = db.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE name = ?", (table,)
    ).scalar_one()
    rows = [
        sorted(tuple(row)[skip:] for row in db.exec_driver_sql(f"PRAGMA {what}({table})"))
        for what, skip in (("table_info", 1), ("foreign_key_list", 2))
    ]
    indexes = {
        tuple(one.name for one in db.exec_driver_sql(f"PRAGMA index_info({row.name})"))
        for row in db.exec_driver_sql(f"PRAGMA index_list({table})")
    }
    return ("WITHOUT ROWID" in made, *rows, indexes)


def test_opening_twice_changes_nothing(archive: Archive) -> None:
    """An archive that is opened again holds what it held, and stays open for the first one."""
    with archive.write() as db:
        put(db, story("1", "ASEAN"))
    before = dump(archive)
    for _ in range(2):
        open_archive(archive.address).close()
    assert dump(archive) == before


def dump(archive: Archive) -> list[str]:
    path = archive.address.removeprefix("sqlite:///")
    connection = sqlite3.connect(path)
    lines = list(connection.iterdump())
    connection.close()
    return lines


def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    """The first archive makes the folders it stands in."""
    path = tmp_path / "a" / "b" / "archive.db"
    open_archive(f"sqlite:///{path}").close()
    assert path.exists()


def not_a_database(folder: Path) -> Path:
    path = folder / "notes.db"
    path.write_text("these are my notes\n" * 100)
    return path


def a_folder(folder: Path) -> Path:
    return folder


def below_a_file(folder: Path) -> Path:
    return not_a_database(folder) / "archive.db"


def of_a_later_version(folder: Path) -> Path:
    path = folder / "archive.db"
    open_archive(f"sqlite:///{path}").close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    return path


@pytest.mark.parametrize("made", [not_a_database, a_folder, below_a_file, of_a_later_version])
def test_what_is_no_archive_of_ours_is_said_with_its_path(
    made: Callable[[Path], Path], tmp_path: Path
) -> None:
    """An archive that cannot be opened gives an ArchiveError with path and advice."""
    path = made(tmp_path)
    with pytest.raises(ArchiveError, match="--home") as error:
        open_archive(f"sqlite:///{path}")
    assert str(path) in str(error.value)


@pytest.mark.parametrize("address", ["archive.db", "oracle://a:geheim@b/c", "mysql://a/b"])
def test_an_address_that_is_none_is_said(address: str) -> None:
    """Addresses that lead to no archive are named, without their password."""
    with pytest.raises(ArchiveError) as error:
        open_archive(address)
    assert "sqlite" in str(error.value)
    assert "geheim" not in str(error.value)


def test_the_index_is_made_anew_when_folding_changed(archive: Archive) -> None:
    """An index of another folding is rebuilt from the latest revisions at the next opening."""
    with archive.write() as db:
        first = put(db, story("1", "东盟", "信息港"))
        put(db, story("2", "อาเซียน", "ท่าเรือ"))
        revise(db, first, story("1", "论坛", "信息港"))
        db.exec_driver_sql("DROP TABLE story_text")
        db.exec_driver_sql("CREATE VIRTUAL TABLE story_text USING fts5(title, body, content='')")
        db.execute(update(facts).where(facts.c.name == "folding").values(value="0"))
    again = open_archive(archive.address)
    with again.write() as db:
        assert [one.story.id for one in search(db, parse("信息"))] == [first]
        assert [one.story.id for one in search(db, parse("论坛"))] == [first]
        assert search(db, parse("东盟")) == []
        assert len(search(db, parse("เรือ"))) == 1
        revise(db, first, story("1", "港口", "新闻"))
        assert search(db, parse("信息")) == []
    again.close()


def test_a_time_without_a_zone_is_refused(archive: Archive) -> None:
    """A naive time would be a guess: it is refused, in rows and in questions."""
    naive = datetime(2018, 9, 20, 12)
    with archive.write() as db:
        with pytest.raises(StatementError, match="without a zone"):
            db.execute(insert(host_rows).values(host="a.example", next_at=naive))
        with pytest.raises(StatementError, match="without a zone"):
            db.execute(select(host_rows).where(host_rows.c.next_at <= naive))


ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(1990, 1, 2), datetime(2100, 1, 1), timezones=ZONES)


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(one=TIMES, other=TIMES)
def test_times_come_back_in_utc_and_in_order(
    archive: Archive, one: datetime, other: datetime
) -> None:
    """Whatever zone a time is given in, it comes back the same in UTC and sorts as time does."""
    with archive.write() as db:
        for host, at in (("one", one), ("other", other)):
            hosts.leave_alone(db, host, NOON.replace(year=1980))
            db.execute(update(host_rows).where(host_rows.c.host == host).values(next_at=at))
            back = hosts.free_at(db, host)
            assert back == at
            assert back.tzinfo is UTC
        due = db.execute(select(host_rows.c.host).where(host_rows.c.next_at <= one)).scalars()
        assert ("other" in set(due)) == (other <= one)
