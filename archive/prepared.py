"""Statements that every story asks, made ready once and run by SQLite's own driver.

SQLAlchemy takes 100 to 200 µs to look up, fill in and run a statement that SQLite
answers in 10; thirty of them are most of what storing a story costs. So a statement
is compiled once and its values go straight to the driver. It stays a statement over
`archive.tables`: columns and types come from there. PostgreSQL takes the usual way,
for there the way to the server and back costs more than all this.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Delete,
    Insert,
    Select,
    TextClause,
    Update,
)
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

Values = Mapping[str, Any]
Statement = Select[Any] | Insert | Update | Delete | TextClause
_Convert = Callable[[Any], Any] | None

_SQLITE = pysqlite.dialect()
_NOTHING: Values = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """A statement as SQLite's driver wants it."""

    sql: str
    #: the values in their order: by name, and how each is written
    places: tuple[tuple[str, _Convert], ...]
    #: values that stand in the statement itself
    fixed: Values

    def bound(self, values: Values) -> Sequence[Any]:
        given = {**self.fixed, **values} if self.fixed else values
        return [
            given[name] if convert is None else convert(given[name])
            for name, convert in self.places
        ]


class Prepared:
    """A statement that is ready; its values are given by name each time.

    A value of `bindparam(…, expanding=True)` is a list. An insert has the values
    that are named here; the others are the columns' defaults.
    """

    def __init__(self, statement: Statement, given: Sequence[str] | None = None) -> None:
        self.statement = statement
        self._given = None if given is None else list(given)
        self._sized: dict[tuple[int, ...], _Ready] = {}

    def rows(self, db: Connection, values: Values = _NOTHING) -> Sequence[Sequence[Any]]:
        """Return the rows of a select."""
        if not self._is_quick(db, values):
            return db.execute(self.statement, values).all()
        found: list[Sequence[Any]] = self._run(db, values).fetchall()
        readers = self._readers
        if not readers:
            return found
        return [_read(row, readers) for row in found]

    def column(self, db: Connection, values: Values = _NOTHING) -> list[Any]:
        """Return the first column of a select's rows."""
        return [row[0] for row in self.rows(db, values)]

    def value(self, db: Connection, values: Values = _NOTHING) -> Any:
        """Return the first value of a select's first row, None where there is none."""
        return next((row[0] for row in self.rows(db, values)), None)

    def run(self, db: Connection, values: Values = _NOTHING) -> int:
        """Run a statement that writes; returns how many rows it wrote."""
        if not self._is_quick(db, values):
            # PostgreSQL's driver counts the rows of an insert on request only.
            kept = {"preserve_rowcount": True}
            return db.execute(self.statement, dict(values), execution_options=kept).rowcount
        return self._run(db, values).rowcount

    def run_all(self, db: Connection, rows: Sequence[Values]) -> None:
        """Run a statement that writes, once for each of these; all have the same names."""
        if not rows:
            return
        if not _is_sqlite(db):
            db.execute(self.statement, [dict(row) for row in rows])
            return
        ready = self._ready(_NOTHING)
        _driven(db, ready.sql, list(map(ready.bound, rows)), _driver(db).executemany)

    def add(self, db: Connection, values: Values) -> int:
        """Run an insert into a table that numbers its rows; returns the row's number."""
        if _is_sqlite(db):
            return int(self._run(db, values).lastrowid or 0)
        made = db.execute(self.statement, dict(values)).inserted_primary_key
        assert made is not None, "an insert of one row has a key"
        return int(made[0])

    def sql(self) -> str:
        """Return the statement as SQLite is given it, each list being of one value."""
        return self._compiled([1] * len(self._lists)).sql

    def _run(self, db: Connection, values: Values) -> sqlite3.Cursor:
        ready = self._ready(values)
        if self._lists:
            values = {**values, **_spread(self._lists, values)}
        return _driven(db, ready.sql, ready.bound(values), _driver(db).execute)

    def _is_quick(self, db: Connection, values: Values) -> bool:
        # An empty list is a thing of its own to SQLAlchemy.
        return _is_sqlite(db) and all(values[name] for name in self._lists)

    @cached_property
    def _lists(self) -> tuple[str, ...]:
        if isinstance(self.statement, TextClause):
            return ()
        binds = self.statement.compile(dialect=_SQLITE).binds
        return tuple(name for name, bind in binds.items() if bind.expanding)

    @cached_property
    def _readers(self) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
        """Return how the values of columns are read that SQLite has no type for."""
        if not isinstance(self.statement, Select):
            return ()
        kinds = [column.type for column in self.statement.selected_columns]
        readers = (_on_sqlite(kind).result_processor(_SQLITE, None) for kind in kinds)
        return tuple((at, reader) for at, reader in enumerate(readers) if reader)

    def _ready(self, values: Values) -> _Ready:
        sizes = tuple(_rounded(len(values[name])) for name in self._lists)
        ready = self._sized.get(sizes)
        if ready is None:
            ready = self._sized[sizes] = self._compiled(sizes)
        return ready

    def _compiled(self, sizes: Sequence[int]) -> _Ready:
        made = self.statement.compile(dialect=_SQLITE, column_keys=self._given)
        binds = made.binds
        fixed = {name: value for name, value in made.params.items() if not binds[name].required}
        fixed |= {column.key: _default(column) for column in made.insert_prefetch}
        lists = {name: [0] * size for name, size in zip(self._lists, sizes, strict=True)}
        state = made.construct_expanded_state(dict.fromkeys(made.params) | fixed | lists)
        # A list's values are numbers and texts, which need no converting.
        writers = {name: _writer(bind.type) for name, bind in binds.items()}
        return _Ready(
            sql=state.statement,
            places=tuple((name, writers.get(name)) for name in state.positiontup or ()),
            fixed=fixed,
        )


def run(db: Connection, sql: str) -> None:
    """Run a statement of SQLite's own, in a transaction or before it."""
    driver = db.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection), "an archive in a file is open by sqlite3"
    _driven(db, sql, (), driver.execute)


def _is_sqlite(db: Connection) -> bool:
    return db.dialect.name == "sqlite"


def _driver(db: Connection) -> sqlite3.Connection:
    """Return the driver's connection, in the transaction that SQLAlchemy would have begun."""
    if not db.in_transaction():
        db.begin()
    driver = db.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection), "an archive in a file is open by sqlite3"
    return driver


def _driven(
    db: Connection,
    sql: str,
    values: Sequence[Any],
    do: Callable[[str, Sequence[Any]], sqlite3.Cursor],
) -> sqlite3.Cursor:
    try:
        return do(sql, values)
    except sqlite3.Error as error:
        # The same error as by the usual way.
        raise DBAPIError.instance(
            sql, list(values), error, sqlite3.Error, dialect=db.dialect
        ) from error


def _on_sqlite(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return kind.dialect_impl(_SQLITE)


def _writer(kind: TypeEngine[Any]) -> _Convert:
    return _on_sqlite(kind).bind_processor(_SQLITE)


def _default(column: Column[Any]) -> Any:
    default = column.default
    assert default is not None
    assert default.is_scalar, f"the default of {column} is no value"
    return default.arg  # type: ignore[attr-defined]


def _read(row: Sequence[Any], readers: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for at, reader in readers:
        values[at] = reader(values[at])
    return values


def _rounded(size: int) -> int:
    """Return the next power of two: a statement for each length would be too many."""
    return 1 << max(0, size - 1).bit_length()


def _spread(lists: Sequence[str], values: Values) -> dict[str, Any]:
    """Return the values of lists one by one; the last one fills up what was rounded."""
    spread: dict[str, Any] = {}
    for name in lists:
        held = list(values[name])
        held += held[-1:] * (_rounded(len(held)) - len(held))
        spread |= {f"{name}_{at}": value for at, value in enumerate(held, 1)}
    return spread
