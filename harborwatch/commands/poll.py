"""harborwatch poll: one round by hand."""

import asyncio
from pathlib import Path

import click
import uvloop

from harborwatch import logs, work
from harborwatch.commands.homes import home_option
from harborwatch.wiring import put_together


@click.command("poll")
@click.argument("outlets", nargs=-1)
@home_option
def command(outlets: tuple[str, ...], home: Path) -> None:
    """Poll what is due, or these OUTLETS whether due or not; match, issue, deliver."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        click.echo(runner.run(_round(home, outlets)))


async def _round(home: Path, outlets: tuple[str, ...]) -> str:
    program = put_together(home)
    if not logs.is_json():
        logs.set_up(program.config.log)
    try:
        known = program.tools.outlets
        if unknown := [outlet for outlet in outlets if outlet not in known]:
            raise click.BadParameter(f"no outlet is called {', '.join(unknown)}")
        report = await work.poll(program, outlets=outlets or None)
        told = await work.tell(program)
        unproved = work.answering(program)
    finally:
        await program.close()
    return "\n".join(filter(None, (work.said(report, told), unproved)))
