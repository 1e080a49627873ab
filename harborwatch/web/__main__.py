"""python -m harborwatch.web: the page's own process; see `harborwatch web --help`."""

import logging
import sys
from pathlib import Path
from typing import Any

import click

from harborwatch import logs
from harborwatch.running import LogConfig
from harborwatch.web.serving import Given, serve
from news import HarborwatchError


@click.command()
@click.option("--home", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--host")
@click.option("--port", type=click.IntRange(0, 65_535))
@click.option("--workers", type=click.IntRange(1, 64))
@click.option("--with-parent", is_flag=True)
@click.option("--socket", type=int)
@click.option("--log-json", is_flag=True)
def main(home: Path, *, log_json: bool, **given: Any) -> None:
    """Serve the archive of a home folder as a page."""
    if log_json:
        logs.set_up(LogConfig(format="json", level="info"))
    else:
        logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        serve(home, Given(**given))
    except HarborwatchError as error:
        logs.complain(f"harborwatch: {error}")
        sys.exit(2)


main()
