"""harborwatch digests: what was sent, and what waits."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from archive import digests, outbox
from archive.outbox import OutboxRow
from harborwatch.commands import shown
from harborwatch.commands.homes import archive_of, home_option


@click.command("digests")
@click.argument("number", required=False, type=int)
@click.option("--html", is_flag=True, help="Show the digest's HTML.")
@click.option("--outbox", "waiting", is_flag=True, help="List what waits or was given up.")
@home_option
def command(number: int | None, *, html: bool, waiting: bool, home: Path) -> None:
    """List digests, or show the one with that NUMBER."""
    archive = archive_of(home)
    try:
        with archive.read() as db:
            past = digests.past(db, number=number)
            rows = outbox.listed(db, ("open", "dead"))
    finally:
        archive.close()
    if waiting:
        _outbox(rows)
    elif number is None:
        columns = ("digest", "subscriber", "slot", "subject")
        shown.table(columns, ((str(d.id), d.subscriber, d.slot, d.subject) for d in past))
    elif past:
        click.echo(past[0].html if html else past[0].text)
    else:
        click.echo(f"there is no digest {number}", err=True)
        sys.exit(1)


def _outbox(rows: Sequence[OutboxRow]) -> None:
    columns = ("delivery", "state", "to", "tries", "next", "error")
    shown.table(
        columns,
        (
            (
                str(row.id),
                row.state,
                f"{row.target.channel}:{row.target.address}",
                str(row.attempts),
                shown.when(row.next_try_at) if row.state == "open" else "",
                row.error,
            )
            for row in rows
        ),
    )
