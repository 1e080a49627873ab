"""How commands print: tables and colour on a terminal, plain lines in a pipe, JSON for machines."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text


def is_terminal() -> bool:
    """Return whether a person looks at what is printed."""
    return sys.stdout.isatty()


def table(columns: Sequence[str], rows: Iterable[Sequence[str | Text]]) -> None:
    """Print rows: as a table on a terminal, with tabs in a pipe."""
    if not is_terminal():
        for row in rows:
            click.echo("\t".join(_plain(cell) for cell in row))
        return
    shown = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in row))
    Console().print(shown)


def json_lines(values: Iterable[Mapping[str, object]]) -> None:
    """Print one JSON object a line."""
    for value in values:
        click.echo(json.dumps(value, ensure_ascii=False, default=_json))


def when(moment: datetime | None) -> str:
    """Return a time as a person reads it, in the machine's zone; "" for none."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}" if moment else ""


def when_in(zone: str, moment: datetime) -> str:
    """Return a time in somebody's zone, which is named."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {zone}"


def _plain(cell: str | Text) -> str:
    # A tab or line end inside a cell would break whoever cuts columns.
    return " ".join(str(cell).split())


def _json(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON")
