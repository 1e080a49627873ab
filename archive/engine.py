"""The archive's door: one address, one way to write and one to read."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError

from archive import addresses
from archive.indexing import index
from archive.postgresql import Postgresql
from archive.sqlite import Sqlite
from news import ArchiveError

#: the newest migration; its file's name begins with it
HEAD = max(path.name[:4] for path in Path(__file__).parent.glob("migrations/versions/*.py"))


Result = TypeVar("Result")
#: seconds for which a server that is started anew is waited for, and between two tries
AWAY, _AGAIN = 60.0, 0.5


class Database(Protocol):
    """What the archive asks of a kind of database."""

    #: execution options of a transaction that writes, and of one that reads
    writing: Mapping[str, Any]
    reading: Mapping[str, Any]
    #: what to do where it cannot be opened
    trouble: str

    def engine(self, url: URL) -> Engine:
        """Return what makes connections."""
        ...

    def be_alone(self, db: Connection) -> None:
        """Let nobody else migrate until this transaction ends."""
        ...

    def tidy(self, engine: Engine) -> None:
        """Refresh statistics and shorten logs, where it does not do so by itself."""
        ...


_DATABASES: Mapping[str, Database] = {"sqlite": Sqlite(), "postgresql": Postgresql()}


class Archive:
    """An open archive. Use `write()` for short transactions, `read()` for the rest."""

    def __init__(self, database: Database, engine: Engine) -> None:
        self._database = database
        self._engine = engine
        self._writing = engine.execution_options(**database.writing)
        self._reading = engine.execution_options(**database.reading)

    @property
    def address(self) -> str:
        """The database's address, its passwords hidden."""
        return addresses.shown(self._engine.url)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction that changes something; it is kept whole or not at all.

        What it reads to decide what it writes, nobody else changes meanwhile:
        on SQLite because it alone may write from its first statement on, on
        PostgreSQL because the archive's functions hold it (`archive.locks`).
        """
        with self._writing.begin() as db:
            yield db

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that sees one instant and changes nothing."""
        with self._reading.connect() as db:
            yield db

    def insist(self, write: Callable[[Connection], Result]) -> Result:
        """Write what nobody else knows; a server that is away is waited for, a minute at most.

        Blocks meanwhile: from a loop, call it in a thread. What is written
        must be the same however often it is.
        """
        until = time.monotonic() + AWAY
        while True:
            try:
                with self.write() as db:
                    return write(db)
            except DBAPIError as error:
                if not is_away(error) or time.monotonic() > until:
                    raise
            time.sleep(_AGAIN)

    def tidy(self) -> None:
        """Let the database refresh its statistics and shorten its log; cheap when nothing is due."""
        self._database.tidy(self._reading)

    def migrate(self) -> None:
        """Bring the tables and the full-text index to what this version wants.

        Raises ArchiveError where a newer version made the archive.
        """
        if self._is_current():
            return
        # Alembic takes as long to import as a search to answer.
        from alembic.util.exc import CommandError

        from archive.migrating import migrate

        with self.write() as db:
            self._database.be_alone(db)
            try:
                migrate(db)
            except CommandError as error:
                raise _unopened(self._engine.url, self._database, error) from error

    def _is_current(self) -> bool:
        try:
            with self.read() as db:
                made = db.execute(text("SELECT version_num FROM alembic_version")).scalar()
                return made == HEAD and index.is_current(db)
        except DBAPIError:
            # No such table: the archive is still to be made, or is none of ours.
            return False

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def open_archive(address: str) -> Archive:
    """Open the archive at that SQLAlchemy address, creating or migrating it.

    Raises ArchiveError where that cannot be done.
    """
    url = _url(address)
    database = _DATABASES[url.get_backend_name()]
    try:
        archive = Archive(database, database.engine(url))
    except OSError as error:
        raise _unopened(url, database, error) from error
    try:
        archive.migrate()
    except DBAPIError as error:
        archive.close()
        raise _unopened(url, database, getattr(error, "orig", None) or error) from error
    except ArchiveError:
        archive.close()
        raise
    return archive


def engine_of(address: str) -> Engine:
    """Return what makes connections to an archive, without looking whether it is one.

    Raises ArchiveError where the address leads to no archive.
    """
    url = _url(address)
    return _DATABASES[url.get_backend_name()].engine(url)


def _url(address: str) -> URL:
    url = addresses.read(address)
    if url.get_backend_name() not in _DATABASES:
        raise addresses.no_address(address)
    return url


def _unopened(url: URL, database: Database, cause: BaseException) -> ArchiveError:
    shown, said = addresses.shown(url), str(cause).strip()
    return ArchiveError(f"the archive at {shown} cannot be opened: {said}; {database.trouble}")


def is_the_archives(error: Exception) -> bool:
    """Return whether an error is the archive's trouble, and none of the page in hand."""
    return isinstance(error, DBAPIError) and not isinstance(error, (DataError, IntegrityError))


def is_away(error: Exception) -> bool:
    """Return whether the server cannot be reached just now, or ended what was under way.

    By PostgreSQL's codes: 08 is a connection that fails, 57P01 to 57P03 a server
    that is stopped, crashes or starts; none is a connection that broke.
    """
    if not isinstance(error, DBAPIError) or not hasattr(error.orig, "sqlstate"):
        return False
    code: str | None = getattr(error.orig, "sqlstate", None)
    if code is None:
        return isinstance(error, OperationalError)
    return code.startswith(("08", "57P0"))
