"""An archive in one file: SQLite, in WAL."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from archive.prepared import run

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


class Sqlite:
    """What the archive asks of SQLite."""

    #: BEGIN IMMEDIATE, because a transaction that turns from reading to
    #: writing half way can lose another one's update
    writing: Mapping[str, Any] = {"harborwatch_begin": "BEGIN IMMEDIATE"}
    reading: Mapping[str, Any] = {"harborwatch_begin": "BEGIN"}
    trouble = "check the path, the disk and the rights, or name another with --home"

    def engine(self, url: URL) -> Engine:
        """Return what makes connections; the folder is made where there is none."""
        if url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        # What is told and logged of an error holds no values: a reader's address is one.
        engine = create_engine(
            url,
            hide_parameters=True,
            connect_args={"isolation_level": None, "timeout": BUSY_SECONDS},
        )
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine

    def be_alone(self, db: Connection) -> None:
        """Let nobody else migrate: a writer is alone anyway."""

    def tidy(self, engine: Engine) -> None:
        """Let it refresh its statistics and shorten its log."""
        with engine.connect() as db:
            db.exec_driver_sql("PRAGMA optimize")
            db.exec_driver_sql("COMMIT")
            db.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")


def _prepare(connection: Any, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin(db: Connection) -> None:
    # sqlite3's own transactions begin late and deferred; ours begin here. By the
    # driver, as `archive.prepared` does: every story begins two.
    run(db, db.get_execution_options().get("harborwatch_begin", "BEGIN IMMEDIATE"))
