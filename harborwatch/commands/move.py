"""harborwatch move: the archive from SQLite to PostgreSQL."""

import os
from pathlib import Path

import click

from archive import addresses, open_archive
from archive.care.backups import file_of
from archive.care.copying import copy
from harborwatch.commands.homes import address_of, home_option
from harborwatch.commands.progress import Progress
from news import ArchiveError, FileError


@click.command("move")
@click.argument("address")
@home_option
def command(address: str, home: Path) -> None:
    """Copy the archive into an empty database at ADDRESS: postgresql://user@host/database.

    Its password is taken from HARBORWATCH_ARCHIVE_PASSWORD, PGPASSWORD or the
    file that PGPASSFILE names. Nobody may write to the archive meanwhile: stop
    "harborwatch run" first. Killed, the same command goes on where it was.
    """
    old = address_of(home)
    path = file_of(old)
    if path is None:
        raise ArchiveError(f"the archive is on a server already: {addresses.shown(old)}")
    if not path.exists():
        raise FileError(path, None, "there is no archive here", "name another --home")
    counts = _move(old, _with_password(address))
    click.echo(f"{sum(counts.values())} rows in {len(counts)} tables, counted on both sides")
    click.echo("next: write this into harborwatch.toml, then start harborwatch run:")
    click.echo(f'[archive]\naddress = "{addresses.shown(address)}"')
    click.echo(f"{path} was not changed; keep it until all is well")


def _move(old: str, new: str) -> dict[str, int]:
    if file_of(new) is not None:
        raise ArchiveError(
            "the new archive must be on PostgreSQL: postgresql://user@host/database"
        )
    source, target = open_archive(old), open_archive(new)
    progress = Progress()
    try:
        # A write that writes nothing keeps all other writers out.
        with source.write() as db:
            return copy(db, target, progress)
    finally:
        progress.end()
        source.close()
        target.close()


def _with_password(address: str) -> str:
    if addresses.holds_password(address):
        hint = "put it into the environment variable HARBORWATCH_ARCHIVE_PASSWORD"
        raise ArchiveError(f"a password does not belong into a command ({hint})")
    password = os.environ.get("HARBORWATCH_ARCHIVE_PASSWORD")
    return addresses.with_password(address, password) if password else address
