"""harborwatch backfill: an outlet's past, as far as its site still shows it."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import click
import uvloop

from archive.collecting.backfills import Progress
from crawler.backfilling import backfill
from harborwatch.commands import shown
from harborwatch.commands.homes import home_option, unknown_outlet
from harborwatch.tasks import beside
from harborwatch.wiring import put_together

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("backfill")
@click.argument("outlet")
@click.option("--since", type=_DAY, required=True, help="The first day (UTC).")
@click.option("--until", type=_DAY, help="The day after the last one; today without it.")
@click.option("--limit", type=click.IntRange(1), default=5_000, show_default=True,
              help="New addresses at most.")  # fmt: skip
@home_option
def command(outlet: str, since: datetime, until: datetime | None, limit: int, home: Path) -> None:
    """Find and keep OUTLET's stories of a range: by sitemaps, pages of days, deeper pages, WordPress.

    Asked at the crawl's own pace. What is found can be searched and is never
    mailed. Cut off, it goes on where it was when called with the same range.
    """
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        done = runner.run(_backfilled(home, outlet, since, until, limit))
    click.echo(
        f"{done.steps - done.open} of {done.steps} addresses asked, {done.failed} without an answer;"
        f" {done.shown} entries, {done.new} new addresses"
    )
    if done.waiting:
        click.echo(
            f"{done.waiting} pages could not be fetched yet; call it again, or the polls will"
        )


async def _backfilled(
    home: Path, outlet: str, since: datetime, until: datetime | None, limit: int
) -> Progress:
    program = put_together(home)
    try:
        if outlet not in program.tools.outlets:
            raise unknown_outlet(outlet, program.tools.outlets, program.tools.broken)
        first = since.replace(tzinfo=UTC)
        end = until or program.tools.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        last = end.replace(tzinfo=UTC)
        if last <= first:
            what = f"{last:%Y-%m-%d} is not after --since {first:%Y-%m-%d}"
            raise click.BadParameter(what, param_hint="--until")
        shared = program.config.engine.is_shared
        done = await backfill(
            program.tools, program.settings, outlet, first, last, limit, _tell, restart=not shared
        )
        if shared:
            await beside.settle(program)
        return done
    finally:
        await program.close()


def _tell(done: Progress, now: str) -> None:
    line = f"{done.steps - done.open}/{done.steps} asked, {done.new} new  {now}"
    if shown.is_terminal():
        click.echo(f"\r\x1b[K{line[:100]}", nl=not now)
    else:
        click.echo(line)
