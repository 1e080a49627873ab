"""harborwatch run: the background job."""

import asyncio
from contextlib import nullcontext
from pathlib import Path

import click
import uvloop

from harborwatch import page_process
from harborwatch.commands.homes import home_option
from harborwatch.schedule import Schedule
from harborwatch.wiring import put_together


@click.command("run")
@click.option("--no-web", is_flag=True, help="Do not serve the archive as a page.")
@home_option
def command(*, no_web: bool, home: Path) -> None:
    """Watch until stopped: poll, match, compose, deliver. One line per round.

    The archive stands as a page meanwhile (`harborwatch web`; [web] of the
    configuration says where, or enabled = false). SIGTERM or Ctrl-C finishes
    the work in hand.
    """
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_run(home, no_web=no_web))


async def _run(home: Path, *, no_web: bool) -> None:
    program = put_together(home)
    try:
        watched = program.config.crawl.outlets or tuple(program.tools.outlets)
        click.echo(f"watching {len(watched)} outlets; archive {program.tools.archive.address}")
        wanted = program.config.web.enabled and not no_web
        async with page_process.beside(home) if wanted else nullcontext():
            await Schedule(program, click.echo).run()
        click.echo("stopped; the work in hand was finished")
    finally:
        await program.close()
