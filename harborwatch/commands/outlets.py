"""harborwatch outlets: the catalogue, and whether an outlet file can be used."""

from pathlib import Path

import click

from crawler import catalogue
from crawler.places import outlet_folders
from harborwatch.commands import shown
from harborwatch.commands.homes import home_option


@click.command("outlets")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@home_option
def command(file: Path | None, home: Path) -> None:
    """List the outlets of the catalogue, or check one outlet FILE."""
    if file is not None:
        outlet = catalogue.load_file(file)
        click.echo(f"{file}: {outlet.name}, {len(outlet.sources)} sources; the file is right")
        return
    columns = ("outlet", "country", "languages", "sources", "name")
    shown.table(
        columns,
        (
            (
                outlet.id,
                outlet.country,
                " ".join(outlet.languages),
                " ".join(source.way for source in outlet.sources),
                outlet.name,
            )
            for outlet in catalogue.load(outlet_folders(home)).values()
        ),
    )
