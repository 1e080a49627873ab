"""An archive on a PostgreSQL server, for several processes and machines."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from archive import addresses
from news import ArchiveError

#: what every connection is told
_SETTINGS = {
    "timezone": "UTC",
    # A waiting writer gives up after as long as on SQLite.
    "lock_timeout": "30s",
    # A word's frequency decides the plan: over 1 M stories a search took 276 ms
    # (p95) planned for its words and 4,510 ms planned once for all.
    "plan_cache_mode": "force_custom_plan",
    # Compiling a page's plan takes longer than running it.
    "jit": "off",
}
#: A process that is frozen in the middle of a write holds what it locked; after these
#: seconds its write is undone. It is less than others wait for a lock.
_FROZEN = "SET LOCAL idle_in_transaction_session_timeout = '20s'"
#: seconds until a server that does not answer is given up, and milliseconds until one that
#: confirms nothing any more is: a machine that vanished would be waited for 15 minutes
_PATIENCE = {"connect_timeout": "10", "tcp_user_timeout": "30000"}
#: any number of ours: who migrates holds it
_MIGRATING = 0x48617262


class Postgresql:
    """What the archive asks of PostgreSQL."""

    #: each writer holds what it decides on: see `archive.locks`
    writing: Mapping[str, Any] = {
        "isolation_level": "READ COMMITTED",
        "harborwatch_shared_writing": True,
    }
    reading: Mapping[str, Any] = {
        "isolation_level": "REPEATABLE READ",
        "postgresql_readonly": True,
    }
    trouble = (
        "check that the server runs and lets this user in; a password stands in "
        "HARBORWATCH_ARCHIVE_PASSWORD, PGPASSWORD or a file that PGPASSFILE names"
    )

    def engine(self, url: URL) -> Engine:
        """Return what makes connections. Raises ArchiveError where psycopg is missing."""
        try:
            # A server that was started anew is no reason for an error. What is told
            # and logged of one holds no values, but for a key that the server names.
            engine = create_engine(
                url.set(drivername="postgresql+psycopg"),
                pool_pre_ping=True,
                hide_parameters=True,
                connect_args=_patience(url),
            )
        except ModuleNotFoundError as error:
            raise ArchiveError(
                'an archive on PostgreSQL needs psycopg: pip install "harborwatch[postgres]"'
            ) from error
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine

    def be_alone(self, db: Connection) -> None:
        """Let nobody else migrate until this transaction ends. Raises ArchiveError."""
        encoding = db.execute(text("SHOW server_encoding")).scalar_one()
        if encoding != "UTF8":
            raise ArchiveError(
                f"the archive's database holds {encoding}, not UTF8; make another "
                "with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
            )
        db.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MIGRATING})

    def tidy(self, engine: Engine) -> None:
        """Do nothing: its own autovacuum keeps it in order."""


def _patience(url: URL) -> dict[str, str]:
    """Return how long a server is waited for, where its address does not say."""
    return {name: value for name, value in _PATIENCE.items() if name not in url.query}


def conninfo(address: str) -> str:
    """Return an archive's address as PostgreSQL's own programs write it, its password in it."""
    url = addresses.read(address).set(drivername="postgresql")
    url = url.update_query_dict(_patience(url))
    return url.render_as_string(hide_password=False)


def _prepare(connection: Any, _record: object) -> None:
    connection.adapters.register_dumper(str, _text_dumper())
    told = ", ".join(
        f"set_config('{name}', '{value}', false)" for name, value in _SETTINGS.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {told}")
    connection.commit()


def _begin(db: Connection) -> None:
    if db.get_execution_options().get("harborwatch_shared_writing", False):
        db.exec_driver_sql(_FROZEN)


@cache
def _text_dumper() -> type:
    """Return what gives texts to PostgreSQL, which holds no NUL.

    A zero-width space stands for it: one character for one, and folding hides both.
    """
    # psycopg is an extra, so it is named only where there is a connection.
    from psycopg.types.string import StrDumperUnknown

    class TextDumper(StrDumperUnknown):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", "\u200b"))

    return TextDumper
