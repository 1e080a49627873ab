"""The archive's door: one address, one way to write and one to read."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from archive import index
from news import ArchiveError

#: seconds that a writer waits for another one; our longest write takes milliseconds
BUSY_SECONDS = 30.0

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    # In WAL a killed process loses nothing with NORMAL; only a power cut can
    # take the last commits, and then takes them whole.
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-65536",
)


class Archive:
    """An open archive. Use `write()` for short transactions, `read()` for the rest."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reading = engine.execution_options(harborwatch_begin="BEGIN")

    @property
    def address(self) -> str:
        """The database's address, its password hidden."""
        return self._engine.url.render_as_string(hide_password=True)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction that owns the right to write from its first statement.

        BEGIN IMMEDIATE, because a transaction that turns from reading to
        writing half way can lose another one's update.
        """
        with self._engine.begin() as db:
            yield db

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that sees one instant and changes nothing."""
        with self._reading.connect() as db:
            yield db

    def tidy(self) -> None:
        """Let the database refresh its statistics and shorten its log; cheap when nothing is due."""
        with self._reading.connect() as db:
            db.exec_driver_sql("PRAGMA optimize")
            db.exec_driver_sql("COMMIT")
            db.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def open_archive(address: str) -> Archive:
    """Open the archive at that SQLAlchemy address, creating or migrating it.

    Raises ArchiveError where that cannot be done.
    """
    engine = _engine(_url(address))
    try:
        _migrate(engine)
    except (DBAPIError, CommandError, sqlite3.Error) as error:
        engine.dispose()
        cause = getattr(error, "orig", None) or error
        shown = engine.url.render_as_string(hide_password=True)
        raise ArchiveError(
            f"the archive at {shown} cannot be opened: {cause}; check the path, "
            "the disk and the rights, or name another with --home"
        ) from error
    return Archive(engine)


def _url(address: str) -> URL:
    try:
        return make_url(address)
    except ArgumentError as error:
        raise ArchiveError(
            f'"{address}" is no archive address; write sqlite:////full/path/archive.db'
        ) from error


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        raise ArchiveError(
            f"archives on {url.get_backend_name()} are not supported yet; use sqlite"
        )
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"isolation_level": None, "timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin(db: Connection) -> None:
    # sqlite3's own transactions begin late and deferred; ours begin here.
    db.exec_driver_sql(db.get_execution_options().get("harborwatch_begin", "BEGIN IMMEDIATE"))


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as db:
        config.attributes["connection"] = db
        command.upgrade(config, "head")
        index.ensure(db)
