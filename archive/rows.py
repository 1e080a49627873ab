"""Between words and rows: what both databases spell differently, and JSON columns."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ClauseElement, Connection, Table, insert
from sqlalchemy.dialects import postgresql, sqlite

from archive.prepared import Prepared
from news import Dated, Entry, Fact, Precision

#: the parts of a fact, in the order in which they are kept
_FACT = ("kind", "value", "high", "unit", "what", "text", "start", "end", "known")


def upsert(
    db: Connection,
    table: Table,
    row: Mapping[str, object],
    *,
    key: Sequence[str],
    change: Sequence[str] = (),
) -> bool:
    """Insert a row, or change those columns of the one that has its key.

    Returns whether anything was written; without `change` an existing row
    stays as it is.
    """
    put = _putting(db.dialect.name, table, tuple(row), tuple(key), tuple(change))
    return bool(put.run(db, row))


def insert_new(
    db: Connection, table: Table, rows: Sequence[Mapping[str, object]], *, key: Sequence[str]
) -> None:
    """Insert those rows whose key is not there; all have the same columns."""
    put_all(db, table, rows, key=key, change=())


def put_all(
    db: Connection,
    table: Table,
    rows: Sequence[Mapping[str, object]],
    *,
    key: Sequence[str],
    change: Sequence[str],
) -> None:
    """Insert rows, or change those columns of the ones that have their keys."""
    if rows:
        put = _putting(db.dialect.name, table, tuple(rows[0]), tuple(key), tuple(change))
        put.run_all(db, rows)


# Made once for each table: to build a statement takes as long as to run it. The
# values are given beside it, for what has them inside is another statement each time.
@cache
def _putting(
    dialect: str,
    table: Table,
    columns: tuple[str, ...],
    key: tuple[str, ...],
    change: tuple[str, ...],
) -> Prepared:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = make(table)
    if not change:
        return Prepared(statement.on_conflict_do_nothing(index_elements=list(key)), columns)
    new = {name: statement.excluded[name] for name in change}
    return Prepared(statement.on_conflict_do_update(index_elements=list(key), set_=new), columns)


@cache
def _inserting(table: Table, columns: tuple[str, ...]) -> Prepared:
    return Prepared(insert(table), columns)


def insert_all(db: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows that are new; all have the same columns."""
    if rows:
        _inserting(table, tuple(rows[0])).run_all(db, rows)


def add(db: Connection, table: Table, **values: object) -> int:
    """Insert a row into a table that numbers its rows; returns its number.

    A value may be a question to the database: it is answered as the row is written.
    """
    asked = {name: one for name, one in values.items() if isinstance(one, ClauseElement)}
    if not asked:
        return _inserting(table, tuple(values)).add(db, values)
    given = {name: one for name, one in values.items() if name not in asked}
    made = db.execute(insert(table).values(asked), given).inserted_primary_key
    assert made is not None, "an insert of one row has a key"
    return int(made[0])


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return an entry as JSON keeps it."""
    return asdict(entry) | {
        "published": dated_json(entry.published),
        "modified": dated_json(entry.modified),
    }


def entry_of(data: Mapping[str, Any]) -> Entry:
    """Return the entry that was kept."""
    return Entry(
        **{
            **data,
            "authors": tuple(data["authors"]),
            "published": dated_of(data["published"]),
            "modified": dated_of(data["modified"]),
        }
    )


def dated_json(dated: Dated | None) -> dict[str, Any] | None:
    """Return a date as JSON keeps it."""
    return None if dated is None else asdict(dated) | {"at": dated.at.isoformat()}


def dated_of(data: Mapping[str, Any] | None) -> Dated | None:
    """Return the date that was kept."""
    if data is None:
        return None
    at, precision = datetime.fromisoformat(data["at"]), Precision(data["precision"])
    return Dated(**{**data, "at": at, "precision": precision})


def dates_json(dates: Sequence[Dated]) -> list[dict[str, Any] | None]:
    """Return dates as JSON keeps them."""
    return [dated_json(one) for one in dates]


def dates_of(data: Sequence[Mapping[str, Any]]) -> tuple[Dated, ...]:
    """Return the dates that were kept."""
    return tuple(one for one in map(dated_of, data) if one is not None)


def claims_of(data: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """Return what was said with where it was read: ("h1", "…")."""
    return tuple((where, said) for where, said in data)


def facts_json(facts: Sequence[Fact]) -> list[list[Any]]:
    """Return facts as JSON keeps them: each a list, half of what names for its parts would take."""
    return [[getattr(fact, part) for part in _FACT] for fact in facts]


def facts_of(data: Sequence[Sequence[Any]]) -> tuple[Fact, ...]:
    """Return the facts that were kept."""
    return tuple(Fact(**dict(zip(_FACT, kept, strict=True))) for kept in data)
