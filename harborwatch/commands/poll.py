"""harborwatch poll: one round by hand."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import uvloop

from harborwatch import logs, work
from harborwatch.commands.homes import home_option, unknown_outlet
from harborwatch.tasks import beside
from harborwatch.wiring import put_together
from news import FileError


@click.command("poll")
@click.argument("outlets", nargs=-1)
@home_option
def command(outlets: tuple[str, ...], home: Path) -> None:
    """Poll what is due, or these OUTLETS whether due or not; match, issue, deliver.

    An outlet file that cannot be used is told and takes only its own outlet
    with it; exit status 2 then, when the others are done.
    """
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        said, broken = runner.run(_round(home, outlets))
    click.echo(said)
    if broken:
        sys.exit(2)


async def _round(home: Path, outlets: tuple[str, ...]) -> tuple[str, Sequence[FileError]]:
    program = put_together(home)
    if not logs.is_json():
        logs.set_up(program.config.log)
    try:
        known = program.tools.outlets
        for outlet in outlets:
            if outlet not in known:
                raise unknown_outlet(outlet, known, program.tools.broken)
        poll = beside.poll if program.config.engine.is_shared else work.poll_all
        report = await poll(program, outlets=outlets or None)
        told = await work.tell(program)
        unproved = work.answering(program)
    finally:
        await program.close()
    said = "\n".join(filter(None, (work.said(report, told), unproved)))
    return said, program.tools.broken
