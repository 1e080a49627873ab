"""Statements that are ready: what SQLite's driver is given, and what comes back."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.exc import IntegrityError

import archive as package
from archive import Archive, open_archive
from archive.prepared import Prepared
from archive.tables import events, furniture, stories

NOON = datetime(2018, 9, 19, 12, tzinfo=UTC)
_SOME = Prepared(
    select(events.c.id, events.c.opened_at)
    .where(events.c.id.in_(bindparam("wanted", expanding=True)))
    .order_by(events.c.id)
)
_OPEN = Prepared(insert(events), ["opened_at", "last_seen_at"])


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(f"sqlite:///{tmp_path}/archive.db")) as archive:
        yield archive


def held() -> list[tuple[str, Prepared]]:
    """Return every prepared statement that stands in a module of the archive, by its name."""
    found = []
    for one in walk_packages(package.__path__, "archive."):
        if "migrations" not in one.name:
            for name, value in vars(import_module(one.name)).items():
                some = value.items() if isinstance(value, dict) else [("", value)]
                found += [
                    (f"{one.name}.{name}{key}", each)
                    for key, each in some
                    if isinstance(each, Prepared) and key != "postgresql"
                ]
    return found


@pytest.mark.parametrize(("name", "statement"), held(), ids=[name for name, _ in held()])
def test_a_statement_names_what_the_tables_have(
    opened: Archive, name: str, statement: Prepared
) -> None:
    """Every statement kept in the archive runs on the tables as they are made."""
    with opened.read() as db:
        sql = statement.sql()
        db.exec_driver_sql(f"EXPLAIN {sql}", (None,) * sql.count("?"))


def test_values_come_back_as_they_went(opened: Archive) -> None:
    """A time in any zone comes back the same instant in UTC, whichever way it is asked."""
    here = NOON.astimezone(timezone(timedelta(hours=7)))
    with opened.write() as db:
        number = _OPEN.add(db, {"opened_at": here, "last_seen_at": here})
        ((own, at),) = _SOME.rows(db, {"wanted": [number]})
        assert (own, at, at.tzinfo) == (number, NOON, UTC)
        assert [(own, at)] == [
            tuple(row) for row in db.execute(select(events.c.id, events.c.opened_at))
        ]


@pytest.mark.parametrize("size", [0, 1, 2, 3, 5, 8, 200])
def test_a_list_may_be_of_any_length(opened: Archive, size: int) -> None:
    """As many rows come back as were asked for and are there, each once."""
    with opened.write() as db:
        times = [{"opened_at": NOON, "last_seen_at": NOON}] * 210
        _OPEN.run_all(db, times)
        assert _SOME.column(db, {"wanted": range(1, size + 1)}) == list(range(1, size + 1))


def test_what_is_not_given_is_the_columns_default(opened: Archive) -> None:
    """An insert of a few columns leaves the others what the tables say."""
    given: dict[str, object] = {
        "outlet": "antara",
        "country": "id",
        "source": "antara/feed",
        "address": "a",
    }
    given |= {"language": "id", "first_seen_at": NOON, "history": False, "revision": 1}
    with opened.write() as db:
        Prepared(insert(stories), list(given)).run(db, given)
        (mine,) = db.execute(select(stories)).all()
        db.execute(insert(stories), given)
        (_, usual) = db.execute(select(stories).order_by(stories.c.id)).all()
    assert mine[1:] == usual[1:]


def test_a_statement_is_in_the_transaction(opened: Archive) -> None:
    """What a write did that is undone is gone, with what the driver was given itself."""
    with opened.write() as db:
        _OPEN.add(db, {"opened_at": NOON, "last_seen_at": NOON})
        db.rollback()
    with opened.read() as db:
        assert _SOME.rows(db, {"wanted": [1]}) == []


def test_a_reader_sees_one_instant(opened: Archive) -> None:
    """What is written while a reader asks, it does not see; its first question begins it."""
    with opened.read() as db:
        assert _SOME.rows(db, {"wanted": [1]}) == []
        with opened.write() as other:
            _OPEN.add(other, {"opened_at": NOON, "last_seen_at": NOON})
        assert _SOME.rows(db, {"wanted": [1]}) == []


def test_an_error_is_the_one_of_the_usual_way(opened: Archive) -> None:
    """A key that is there already is the same error as SQLAlchemy's own."""
    put = Prepared(insert(furniture), ["outlet", "stories", "lines", "changed"])
    row = {"outlet": "antara", "stories": 1, "lines": 1, "changed": 0}
    with opened.write() as db:
        put.run(db, row)
    with pytest.raises(IntegrityError, match=r"furniture\.outlet"), opened.write() as db:
        put.run(db, row)


def test_rows_written_are_counted(opened: Archive) -> None:
    """A change says of how many rows it was."""
    see = Prepared(
        update(events).where(events.c.id <= bindparam("most")).values(joined=bindparam("to"))
    )
    with opened.write() as db:
        _OPEN.run_all(db, [{"opened_at": NOON, "last_seen_at": NOON}] * 3)
        assert see.run(db, {"most": 2, "to": 3}) == 2
        assert Prepared(text("SELECT count(*) FROM events WHERE joined = 3")).value(db) == 2
