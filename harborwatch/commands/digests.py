"""harborwatch digests: what was sent, what waits, and sending again what was given up."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from archive import Archive
from archive.telling import digests, outbox, subscribers
from archive.telling.outbox import OutboxRow
from harborwatch.commands import digest_trials, shown
from harborwatch.commands.homes import archive_of, home_option
from harborwatch.commands.subcommands import Group
from news import SystemClock, Target


@click.group("digests", cls=Group)
def command() -> None:
    """List digests and what waits, show one, try what would go out, or send again."""


for _one in (digest_trials.preview, digest_trials.replay, digest_trials.send, digest_trials.test):
    command.add_command(_one)


@command.command("list")
@click.argument("number", required=False, type=int)
@click.option("--html", is_flag=True, help="Show the digest's HTML.")
@click.option("--outbox", "waiting", is_flag=True, help="List what waits or was given up, only.")
@home_option
def listed(number: int | None, *, html: bool, waiting: bool, home: Path) -> None:
    """List digests with what is open or dead behind them, or show the one with that NUMBER."""
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
        if rows:
            click.echo()
            _outbox(rows)
    elif past:
        click.echo(past[0].html if html else past[0].text)
    else:
        click.echo(f"there is no digest {number}", err=True)
        sys.exit(1)


@command.command("resend")
@click.argument("delivery", required=False, type=int)
@click.option("--dead", is_flag=True, help="All that were given up.")
@click.option(
    "--to", "target", default="", metavar="TARGET", help='Those of "mail:ana@x.example".'
)
@home_option
def resend(delivery: int | None, *, dead: bool, target: str, home: Path) -> None:
    """Make a DELIVERY (its number is in the list), or what was given up, due again.

    The next round sends it. What was sent stays sent: nothing goes out twice.
    """
    if (delivery is not None) + dead + bool(target) != 1:
        raise click.UsageError("name a delivery's number, --dead, or --to TARGET")
    wanted = Target.of(target) if target else None
    if wanted is not None and not wanted.address:
        raise click.BadParameter('write it as in the list: "mail:ana@x.example"')
    archive = archive_of(home)
    try:
        with archive.write() as db:
            now = SystemClock().now()
            count = outbox.reopen(db, now, delivery=delivery, target=wanted)
        if not count:
            click.echo(_why_none(archive, delivery, target), err=True)
            sys.exit(1)
    finally:
        archive.close()
    click.echo(f"{count} {'delivery is' if count == 1 else 'deliveries are'} due again")


def _why_none(archive: Archive, delivery: int | None, target: str) -> str:
    if delivery is None:
        return f"nothing to {target} was given up" if target else "nothing was given up"
    with archive.read() as db:
        found = outbox.listed(db, ("sent",), number=delivery)
        zones = {one.subscriber.id: one.subscriber.zone for one in subscribers.kept(db)}
    if found and found[0].sent_at is not None:
        # Whose digests are no longer made has no zone any more.
        zone = zones.get(found[0].subscriber, "UTC")
        return f"delivery {delivery} was sent {shown.when_in(zone, found[0].sent_at)}"
    return f"there is no delivery {delivery}; `harborwatch digests --outbox` lists them"


def _outbox(rows: Sequence[OutboxRow]) -> None:
    columns = ("delivery", "state", "to", "tries", "next", "error")
    shown.table(
        columns,
        (
            (
                str(row.id),
                row.state,
                _to(row),
                str(row.attempts),
                shown.when(row.next_try_at) if row.state == "open" else "",
                row.error,
            )
            for row in rows
        ),
    )


def _to(row: OutboxRow) -> str:
    part = f" {row.part}/{row.parts}" if row.parts > 1 else ""
    return f"{row.target.written}{part}"
