"""harborwatch searches: the searches that were saved."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from archive.searching import saved_searches
from harborwatch.commands import shown
from harborwatch.commands.homes import archive_of, home_option


@click.command("searches")
@click.option("--remove", metavar="NAME", help="Forget the search of that name.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def command(remove: str | None, *, as_json: bool, home: Path) -> None:
    """List the saved searches; "search --saved NAME" asks one, "search --save NAME" saves one."""
    archive = archive_of(home)
    try:
        if remove is not None:
            with archive.write() as db:
                removed = saved_searches.remove(db, remove)
            _say_removed(remove, removed=removed)
            return
        with archive.read() as db:
            searches = saved_searches.listed(db)
    finally:
        archive.close()
    if as_json:
        shown.json_lines(asdict(one) for one in searches)
    elif searches:
        rows = ((one.name, one.sort, shown.when(one.saved_at), one.query) for one in searches)
        shown.table(("search", "sort", "saved", "query"), rows)
    if not searches:
        click.echo("no search is saved", err=True)
        sys.exit(1)


def _say_removed(name: str, *, removed: bool) -> None:
    if not removed:
        click.echo(f'no search is saved as "{name}"', err=True)
        sys.exit(1)
    click.echo(f'"{name}" is forgotten')
