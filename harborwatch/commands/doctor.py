"""harborwatch doctor: what is wrong, and the next step."""

import sys
from dataclasses import asdict
from pathlib import Path

import click
from rich.text import Text

from archive import open_archive
from archive.indexing import index
from harborwatch.commands import shown
from harborwatch.commands.homes import address_of, home_option
from harborwatch.doctor import Finding, examine
from news import SystemClock

_STYLES = {"well": "green", "odd": "yellow", "wrong": "bold red"}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--thorough", is_flag=True, help="Compare the archive's indexes too: minutes.")
@click.option("--mend", is_flag=True, help="Make the search index anew; stop the rest first.")
@home_option
def command(*, as_json: bool, thorough: bool, mend: bool, home: Path) -> None:
    """Look for what is wrong with configuration, archive, clock, disk, mail and sources.

    Changes nothing (but for --mend) and sends nothing. Exit status 1 where
    something is wrong.
    """
    if mend:
        _mend(home)
    found = list(examine(home, SystemClock(), thorough=thorough))
    if as_json:
        shown.json_lines(asdict(one) for one in found)
    else:
        shown.table(("", "about", "", "next step"), (_row(one) for one in found))
    if any(one.state == "wrong" for one in found):
        sys.exit(1)


def _mend(home: Path) -> None:
    archive = open_archive(address_of(home))
    try:
        with archive.write() as db:
            index.make_anew(db)
    finally:
        archive.close()


def _row(finding: Finding) -> tuple[str | Text, ...]:
    state = Text(finding.state, style=_STYLES[finding.state])
    return state, finding.about, finding.text, finding.step
