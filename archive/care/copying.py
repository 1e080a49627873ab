"""Copying an archive into an empty one of the same or the other kind; killed, it goes on.

Rows go table by table, in batches by primary key, what others refer to first.
How far it came stands in the target, written with each batch. The full-text
index is made from the texts, since each database has its own.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    tuple_,
    update,
)

from archive.engine import Archive
from archive.indexing import index
from archive.rows import upsert
from archive.tables import (
    METADATA,
    deliveries,
    facts,
    further_pages,
    pages,
    polls,
    sightings,
    sources,
    stories,
)
from news import ArchiveError

#: what is said meanwhile: the table, rows done, rows in all
Say = Callable[[str, int, int], None]

#: rows of a batch: those of pages hold their bytes, 20 kB and more each
_BATCH = 5_000
_HEAVY = {pages.name: 200, further_pages.name: 200, "revisions": 1_000, "digests": 200}
_HEAVY["deliveries"] = 200

#: names of the facts that a copy keeps in its target until it is done
_FROM, _AT = "copying from", "copying at "
#: made by the target itself
_OWN = frozenset({"folding"})
_INDEX, _LINKS = "search index", "copies"

_TABLES: Sequence[Table] = [one for one in METADATA.sorted_tables if one is not facts]


def copy(source: Connection, target: Archive, say: Say) -> dict[str, int]:
    """Copy what a connection sees into an empty archive, or go on where a copy was killed.

    The connection must see one instant from begin to end. Returns the rows of
    each table, counted in the target and found equal. Raises ArchiveError
    where the target holds something else, or the source changed since the
    copy began.
    """
    counts = {table.name: _count(source, table) for table in _TABLES}
    _begin(target, _mark(source, counts))
    for table in _TABLES:
        _copy_table(source, target, table, counts[table.name], say)
    _copy_links(source, target)
    _fill_index(target, counts[stories.name], say)
    _end(source, target, counts)
    return counts


def refuse_unfinished(archive: Archive) -> None:
    """Raise ArchiveError where a copy into this archive was begun and not ended."""
    with archive.read() as db:
        if _fact(db, _FROM) is not None:
            raise ArchiveError(
                f"the archive at {archive.address} is half filled: a copy into it was "
                "interrupted; run the same harborwatch move, backup or restore again"
            )


def is_empty(db: Connection) -> bool:
    """Return whether an archive holds nothing yet."""
    return all(db.execute(select(table).limit(1)).first() is None for table in _TABLES)


def _begin(target: Archive, mark: str) -> None:
    with target.write() as db:
        before = _fact(db, _FROM)
        if before is None and is_empty(db):
            db.execute(insert(facts).values(name=_FROM, value=mark))
        elif before is None:
            what = "holds something already; name an empty database"
            raise ArchiveError(f"the archive at {target.address} {what}")
        elif before != mark:
            raise ArchiveError(
                f"the copy in {target.address} was begun from another archive, or that one was "
                "used since; make the database anew and begin again"
            )


def _mark(source: Connection, counts: Mapping[str, int]) -> str:
    """Return what tells an archive from another, and from itself once it was used."""
    newest = (
        polls.c.id,
        pages.c.id,
        stories.c.id,
        sources.c.last_poll_at,
        sightings.c.last_seen_at,
        deliveries.c.sent_at,
    )
    said = [str(source.execute(select(func.max(column))).scalar()) for column in newest]
    whole = json.dumps([counts, said], sort_keys=True)
    return hashlib.blake2b(whole.encode(), digest_size=16).hexdigest()


def _copy_table(source: Connection, target: Archive, table: Table, total: int, say: Say) -> None:
    keys = list(table.primary_key.columns)
    size = _HEAVY.get(table.name, _BATCH)
    after = _key_of(keys, _reached(target, table.name))
    done = 0 if after is None else _count(source, table, _upto(keys, after))
    while True:
        chosen = select(table).order_by(*keys).limit(size)
        if after is not None:
            chosen = chosen.where(_beyond(keys, after))
        rows = [dict(row._mapping) for row in source.execute(chosen)]  # noqa: SLF001 - its only door
        if not rows:
            return
        after = [rows[-1][key.name] for key in keys]
        with target.write() as db:
            db.execute(insert(table), [_unlinked(table, row) for row in rows])
            _reach(db, table.name, after)
        done += len(rows)
        say(table.name, done, total)


def _unlinked(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    # A story may be a copy of one with a higher number, which is not there yet.
    return row | {"copy_of": None} if table is stories else row


def _copy_links(source: Connection, target: Archive) -> None:
    """Say of each copy which story it is a copy of, once all are there."""
    after = (_reached(target, _LINKS) or [0])[0]
    linked = select(stories.c.id, stories.c.copy_of).where(stories.c.copy_of.is_not(None))
    link = update(stories).where(stories.c.id == bindparam("number"))
    while True:
        chosen = linked.where(stories.c.id > after).order_by(stories.c.id).limit(_BATCH)
        rows = source.execute(chosen).all()
        if not rows:
            return
        after = rows[-1].id
        with target.write() as db:
            links = [{"number": row.id, "original": row.copy_of} for row in rows]
            db.execute(link.values(copy_of=bindparam("original")), links)
            _reach(db, _LINKS, [after])


def _fill_index(target: Archive, total: int, say: Say) -> None:
    after: int | None = (_reached(target, _INDEX) or [0])[0]
    while after is not None:
        with target.write() as db:
            done = _count(db, stories, stories.c.id <= after)
            after = index.fill(db, after)
            if after is not None:
                _reach(db, _INDEX, [after])
        say(_INDEX, done, total)


def _end(source: Connection, target: Archive, counts: Mapping[str, int]) -> None:
    """Count again, take over the facts, and take the copy's own marks away, all in one."""
    with target.write() as db:
        for table in _TABLES:
            found = _count(db, table)
            if found != counts[table.name]:
                raise ArchiveError(
                    f"the copy has {found} rows of {table.name}, the archive "
                    f"{counts[table.name]}; make the database anew and begin again"
                )
            _number_on(db, table)
        for row in source.execute(select(facts)):
            if row.name not in _OWN and not row.name.startswith("copying "):
                fact = {"name": row.name, "value": row.value}
                upsert(db, facts, fact, key=("name",), change=("value",))
        db.execute(delete(facts).where(facts.c.name.like("copying %")))


def _number_on(db: Connection, table: Table) -> None:
    """Let a table that numbers its rows go on after the highest one."""
    number = table.columns.get("id")
    if db.dialect.name != "postgresql" or number is None or not _is_number(number):
        return
    highest = db.execute(select(func.max(number))).scalar()
    if highest is not None:
        sequence = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :highest)")
        db.execute(sequence, {"name": table.name, "highest": highest})


def _is_number(column: Column[Any]) -> bool:
    return isinstance(column.type, Integer)


def _beyond(keys: Sequence[Column[Any]], after: Sequence[Any]) -> ColumnElement[bool]:
    return keys[0] > after[0] if len(keys) == 1 else tuple_(*keys) > tuple(after)


def _upto(keys: Sequence[Column[Any]], after: Sequence[Any]) -> ColumnElement[bool]:
    return keys[0] <= after[0] if len(keys) == 1 else tuple_(*keys) <= tuple(after)


def _count(db: Connection, table: Table, *which: ColumnElement[bool]) -> int:
    return db.execute(select(func.count()).select_from(table).where(*which)).scalar_one()


def _fact(db: Connection, name: str) -> str | None:
    found: str | None = db.execute(select(facts.c.value).where(facts.c.name == name)).scalar()
    return found


def _reached(target: Archive, what: str) -> list[Any] | None:
    """Return the key of the last row of that which was copied."""
    with target.read() as db:
        said = _fact(db, _AT + what)
    return None if said is None else list(json.loads(said))


def _key_of(keys: Sequence[Column[Any]], reached: list[Any] | None) -> list[Any] | None:
    """Return a key as its columns hold it; JSON knows no days."""
    if reached is None:
        return None
    return [
        date.fromisoformat(value) if isinstance(key.type, Date) else value
        for key, value in zip(keys, reached, strict=True)
    ]


def _reach(db: Connection, what: str, after: Sequence[Any]) -> None:
    fact = {"name": _AT + what, "value": json.dumps(list(after), default=date.isoformat)}
    upsert(db, facts, fact, key=("name",), change=("value",))
