"""harborwatch run: the background job."""

import asyncio
from pathlib import Path

import click
import uvloop

from harborwatch.commands.homes import home_option
from harborwatch.schedule import Schedule
from harborwatch.wiring import put_together


@click.command("run")
@home_option
def command(home: Path) -> None:
    """Watch until stopped: poll, match, compose, deliver. One line per round.

    SIGTERM or Ctrl-C finishes the work in hand.
    """
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_run(home))


async def _run(home: Path) -> None:
    program = put_together(home)
    try:
        watched = program.config.crawl.outlets or tuple(program.tools.outlets)
        click.echo(f"watching {len(watched)} outlets; archive {program.tools.archive.address}")
        await Schedule(program, click.echo).run()
        click.echo("stopped; the work in hand was finished")
    finally:
        await program.close()
