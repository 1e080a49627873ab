"""harborwatch backup: the archive into one file, checked, while everything else goes on."""

from pathlib import Path

import click

from archive.care.backups import back_up, file_of
from harborwatch.commands.homes import address_of, home_option
from harborwatch.commands.progress import Progress
from news import FileError


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@home_option
def command(file: Path, home: Path) -> None:
    """Write what the archive holds at this instant into FILE, which must not be there yet.

    FILE is an archive on SQLite, checked when it is written; one on PostgreSQL
    is copied row by row (pg_dump is the quicker way there). The configuration
    and files of your own in the home folder are not in it.
    """
    address = address_of(home)
    path = file_of(address)
    if path is not None and not path.exists():
        raise FileError(path, None, "there is no archive here", "name another --home")
    progress = Progress()
    try:
        found = back_up(address, file, progress)
    finally:
        progress.end()
    size = f"{found.bytes / 1e6:,.1f} MB"
    click.echo(f"{file}: {found.stories} stories, {size}, schema {found.version}, checked")
    if path is None:
        click.echo("quicker on PostgreSQL: pg_dump --format=custom --file=FILE DATABASE")
    click.echo(f"next: keep it on another disk; take it in again with harborwatch restore {file}")
