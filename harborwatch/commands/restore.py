"""harborwatch restore: a backup becomes the archive of a home that has none."""

from pathlib import Path

import click

from archive.care.backups import restore
from harborwatch.commands.homes import address_of, home_option
from harborwatch.commands.progress import Progress


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@home_option
def command(file: Path, home: Path) -> None:
    """Make the archive of the backup FILE, which is checked first; nothing is overwritten.

    Where the configuration names a database on PostgreSQL, it must be empty,
    and a restore that was killed goes on. What was told after the backup was
    made may be told again.
    """
    progress = Progress()
    try:
        found = restore(file, address_of(home), progress)
    finally:
        progress.end()
    click.echo(f"restored {found.stories} stories from {file}")
    click.echo('next: "harborwatch doctor" looks whether all is well, "harborwatch run" goes on')
