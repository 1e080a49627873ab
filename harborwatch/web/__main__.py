"""python -m harborwatch.web: the page's own process; see `harborwatch web --help`."""

import logging
import sys
from pathlib import Path
from typing import Any

import click

from harborwatch.web.serving import Given, serve
from news import HarborwatchError


@click.command()
@click.option("--home", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--host")
@click.option("--port", type=click.IntRange(0, 65_535))
@click.option("--workers", type=click.IntRange(1, 64))
@click.option("--with-parent", is_flag=True)
@click.option("--socket", type=int)
def main(home: Path, **given: Any) -> None:
    """Serve the archive of a home folder as a page."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        serve(home, Given(**given))
    except HarborwatchError as error:
        click.secho(f"harborwatch: {error}", fg="red", err=True)
        sys.exit(2)


main()
