"""harborwatch replay: every kept page takes the stages again, into a new archive."""

import asyncio
from pathlib import Path

import click
import uvloop

from archive import open_archive
from crawler.replay import replay
from harborwatch.commands.homes import home_option
from harborwatch.wiring import put_together
from news import FileError
from pipelines import vectors
from pipelines.event_settling import Settler


@click.command("replay")
@click.argument("into", type=click.Path(path_type=Path, dir_okay=False))
@home_option
def command(into: Path, home: Path) -> None:
    """Read every kept page again into a new archive file INTO; nothing is mailed.

    With the same code, configuration and model it holds the same stories,
    copies, events and mentions.
    """
    if into.exists():
        raise FileError(into, None, "is there already", "name a file that is not")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        pages, stored = runner.run(_replay(home, into.absolute()))
    click.echo(f"{pages} pages read again, {stored} stories and revisions in {into}")


async def _replay(home: Path, into: Path) -> tuple[int, int]:
    program = put_together(home)
    target = open_archive(f"sqlite:///{into}")
    try:
        done = await replay(program.tools, target)
        settler = Settler.of(program.tools.topics)
        await asyncio.to_thread(vectors.carry, program.tools.archive, target, settler)
        return done
    finally:
        target.close()
        await program.close()
