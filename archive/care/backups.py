"""Backups: a live archive as one file that is checked, and such a file taken in again.

The file is an archive on SQLite whatever the archive itself is on.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive import addresses
from archive.care.copying import copy
from archive.engine import HEAD, open_archive
from news import ArchiveError

#: what is said meanwhile: what is done, how much of it, of how much
Say = Callable[[str, int, int], None]

#: steps of SQLite's machine between two looks at how far it is: some milliseconds
_STEPS = 500_000
_SIZE = ("page_count", "page_size")
#: what SQLite keeps beside an archive that is in use
BESIDE = ("-wal", "-shm", "-journal")
#: the first bytes of every SQLite file
_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A backup that was found whole."""

    #: the newest migration that made its tables
    version: str
    stories: int
    bytes: int


def back_up(address: str, file: Path, say: Say) -> Checked:
    """Write what the archive at that address holds at one instant into a new file.

    Writers go on meanwhile. Raises ArchiveError where the file is there, or
    what was written is not whole.
    """
    _refuse_existing(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    if path := file_of(address):
        part.unlink(missing_ok=True)
        _vacuum(path, part, say)
    else:
        _dump(address, part, say)
    found = check(part)
    _put_in_place(part, file)
    return found


def restore(file: Path, address: str, say: Say) -> Checked:
    """Make an archive of a backup, at an address where there is none yet.

    One of an older version is migrated. Raises ArchiveError where there is an
    archive already, or the backup is not whole or of a newer version.
    """
    found = check(file)
    path = file_of(address)
    if path is None:
        _load(file, address, say)
        return found
    for one in (path, *(path.with_name(path.name + end) for end in BESIDE)):
        _refuse_existing(one)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    shutil.copyfile(file, part)
    _put_in_place(part, path)
    open_archive(address).close()
    say("archive", 1, 1)
    return found


def check(file: Path) -> Checked:
    """Say what a backup holds. Raises ArchiveError where it is damaged or none of ours."""
    try:
        with file.open("rb") as opened:
            magic = opened.read(len(_MAGIC))
        if magic != _MAGIC:
            raise ArchiveError(f"{file} is no backup of an archive: no SQLite file")
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as db:
            wrong = [row[0] for row in db.execute("PRAGMA integrity_check(5)")]
            if wrong != ["ok"]:
                raise ArchiveError(f"{file} is damaged: {'; '.join(wrong)}; take another backup")
            (version,) = db.execute("SELECT version_num FROM alembic_version").fetchone()
            (stories,) = db.execute("SELECT count(*) FROM stories").fetchone()
            _refuse_half(db, file)
    except (OSError, sqlite3.Error, TypeError) as error:
        raise ArchiveError(f"{file} is no backup that can be used: {error}") from error
    if version > HEAD:
        raise ArchiveError(f"{file} is of a newer Harborwatch (schema {version}); install that")
    return Checked(version=version, stories=stories, bytes=file.stat().st_size)


def file_of(address: str) -> Path | None:
    """Return the file of an archive on SQLite; None for one on a server."""
    url = addresses.read(address)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise ArchiveError(
            f"{path} is there already; nothing is overwritten: name or move another"
        )


def _refuse_half(db: sqlite3.Connection, file: Path) -> None:
    if db.execute("SELECT 1 FROM archive_facts WHERE name = 'copying from'").fetchone():
        raise ArchiveError(f"{file} is half a copy; begin the copy again")


def _vacuum(path: Path, part: Path, say: Say) -> None:
    """Let SQLite write the archive anew, as one reader among others."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as db:
            pages, size = (db.execute(f"PRAGMA {it}").fetchone()[0] for it in _SIZE)

            def told() -> int:
                say("archive", min(_size(part), pages * size), pages * size)
                return 0

            db.set_progress_handler(told, _STEPS)
            db.execute("VACUUM INTO ?", (str(part),))
    except sqlite3.Error as error:
        part.unlink(missing_ok=True)
        what = "check the disk's free space and that the archive is there"
        raise ArchiveError(f"{path} cannot be backed up into {part}: {error}; {what}") from error


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _dump(address: str, part: Path, say: Say) -> None:
    """Copy an archive on a server into a file, from one snapshot."""
    _remove(part)
    source, target = open_archive(address), open_archive(f"sqlite:///{part.absolute()}")
    try:
        with source.read() as db:
            copy(db, target, say)
    finally:
        source.close()
        target.close()
    with closing(sqlite3.connect(part)) as db:
        # One file is a backup; in WAL there would be three.
        db.execute("PRAGMA journal_mode=DELETE")


def _load(file: Path, address: str, say: Say) -> None:
    """Copy a backup into a database that is empty, or in which such a copy was killed."""
    # The file is read as it is only when this version made it: else a copy is migrated.
    work = file.with_name(f"{file.name}.restoring")
    _remove(work)
    shutil.copyfile(file, work)
    source = target = None
    try:
        source, target = open_archive(f"sqlite:///{work.absolute()}"), open_archive(address)
        with source.read() as db:
            copy(db, target, say)
    finally:
        for one in (source, target):
            if one is not None:
                one.close()
        _remove(work)


def _remove(path: Path) -> None:
    for end in ("", *BESIDE):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _put_in_place(part: Path, file: Path) -> None:
    """Give a finished file its name: on the disk, whole, and never over another one."""
    with part.open("rb") as opened:
        os.fsync(opened.fileno())
    try:
        os.link(part, file)
    except FileExistsError as error:
        raise ArchiveError(f"{file} is there already; nothing is overwritten") from error
    except OSError:
        # Some file systems know no links.
        _refuse_existing(file)
        part.rename(file)
        return
    part.unlink()
