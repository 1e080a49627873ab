"""Examining an archive as it is: nothing is migrated, made or mended, whatever is found."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from archive import addresses
from archive.care.backups import file_of
from archive.engine import engine_of
from archive.indexing import index
from archive.tables import facts, stories
from news import ArchiveError

#: where each full-text engine keeps a row for each story, and the column of its number
_INDEXED = {"sqlite": ("story_text_docsize", "id"), "postgresql": ("story_text", "story")}
_TOLD_AT_MOST = 5
#: SQLite's codes for a file that is broken; all others are of the disk, the
#: rights, other processes (https://sqlite.org/rescode.html)
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
#: an extended code keeps the plain one in its lowest byte
_PLAIN = 0xFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """How an archive is."""

    #: without its password
    address: str
    #: the newest migration that made it; "" where it is no archive of ours
    version: str = ""
    #: of the server that it is on, as that calls it; "" for a file
    server: str = ""
    #: what is broken in the file, in the database's words
    damage: tuple[str, ...] = ()
    #: on the disk, with what stands beside it
    bytes: int = 0
    stories: int = 0
    #: a copy into it was interrupted
    half_copied: bool = False
    #: the index was made by today's folding
    index_is_current: bool = False
    #: stories that search cannot find, and entries of the index without a story
    unindexed: int = 0
    strayed: int = 0


def examine(address: str, *, thorough: bool = False) -> Examined:
    """Look at the archive at that address, which must be there.

    `thorough` compares SQLite's indexes with their tables too, which takes
    minutes where the quick look takes seconds. Raises ArchiveError where it
    cannot be opened or read, which says nothing of whether it is whole.
    """
    engine, shown = engine_of(address), addresses.shown(address)
    try:
        with engine.execution_options(harborwatch_begin="BEGIN").connect() as db:
            return _examined(db, address, thorough=thorough)
    except DBAPIError as error:
        said = str(error.orig or error).strip()
        if _code(error.orig) in _BROKEN:
            return Examined(address=shown, damage=(said,))
        raise ArchiveError(f"the archive at {shown} cannot be read: {said}") from error
    finally:
        engine.dispose()


def refused_writing(path: Path) -> str:
    """Return why SQLite lets nobody write into an archive's file; "" where nothing keeps us from it.

    Asked for real, and nothing is written: rights say little of a file system
    that is read-only, or of the log beside the file. Another writer that is at
    it is no fault; a broken file is `examine`'s.
    """
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", timeout=0, uri=True)
        ) as db:
            db.isolation_level = None
            db.execute("BEGIN IMMEDIATE")
            db.execute("ROLLBACK")
    except sqlite3.Error as error:
        passing = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} | _BROKEN
        return "" if _code(error) in passing else str(error)
    return ""


def _code(error: BaseException | None) -> int | None:
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & _PLAIN


def _examined(db: Connection, address: str, *, thorough: bool) -> Examined:
    shown, damage = addresses.shown(address), _damage(db, thorough=thorough)
    there = set(inspect(db).get_table_names())
    if damage or not {"alembic_version", facts.name, stories.name} <= there:
        return Examined(address=shown, damage=damage)
    begun = select(func.count()).select_from(facts).where(facts.c.name == "copying from")
    unindexed, strayed = _index_steps(db) if "story_text_tokens" in there else (0, 0)
    return Examined(
        address=shown,
        version=db.execute(text("SELECT max(version_num) FROM alembic_version")).scalar() or "",
        server=_server(db),
        bytes=_bytes(db, address),
        stories=db.execute(select(func.count()).select_from(stories)).scalar_one(),
        half_copied=bool(db.execute(begun).scalar()),
        index_is_current=index.is_current(db),
        unindexed=unindexed,
        strayed=strayed,
    )


def _damage(db: Connection, *, thorough: bool) -> tuple[str, ...]:
    if db.dialect.name != "sqlite":
        return ()
    check = "integrity_check" if thorough else "quick_check"
    said = [row[0] for row in db.execute(text(f"PRAGMA {check}({_TOLD_AT_MOST})"))]
    orphans = db.execute(text("PRAGMA foreign_key_check")).fetchmany(_TOLD_AT_MOST)
    lost = [f"a row of {row[0]} refers to none of {row[2]}" for row in orphans]
    return (*(one for one in said if one != "ok"), *dict.fromkeys(lost))


def _bytes(db: Connection, address: str) -> int:
    path = file_of(address)
    if path is None:
        return int(db.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
    beside = (path, path.with_name(f"{path.name}-wal"))
    return sum(one.stat().st_size for one in beside if one.exists())


def _server(db: Connection) -> str:
    if db.dialect.name != "postgresql":
        return ""
    return f"PostgreSQL {db.execute(text('SHOW server_version')).scalar_one()}"


def _index_steps(db: Connection) -> tuple[int, int]:
    """Return how many stories the index and the kept tokens lack, and how many they have more."""
    told = "SELECT story FROM revisions GROUP BY story"
    lacks = strays = 0
    for table, column in (("story_text_tokens", "story"), _INDEXED[db.dialect.name]):
        held = f"SELECT {column} FROM {table}"  # noqa: S608 - names of ours
        lacks = max(lacks, _missing(db, told, held))
        strays = max(strays, _missing(db, held, told))
    return lacks, strays


def _missing(db: Connection, wanted: str, there: str) -> int:
    counted = f"SELECT count(*) FROM ({wanted} EXCEPT {there}) AS missing"  # noqa: S608 - as above
    return int(db.execute(text(counted)).scalar_one())
