"""harborwatch run: the background job."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack, nullcontext
from pathlib import Path

import click
import uvloop

from harborwatch import logs, page_process
from harborwatch.commands.homes import address_of, home_option
from harborwatch.health import Health, serving
from harborwatch.schedule import Schedule
from harborwatch.tasks.engine import opened
from harborwatch.wiring import put_together

_log = logging.getLogger(__name__)


@click.command("run")
@click.option("--no-web", is_flag=True, help="Do not serve the archive as a page.")
@home_option
def command(*, no_web: bool, home: Path) -> None:
    """Watch until stopped: poll, match, compose, deliver. One line per round.

    The archive stands as a page meanwhile (`harborwatch web`; [web] of the
    configuration says where, or enabled = false). SIGTERM or Ctrl-C finishes
    the work in hand; SIGHUP reads configuration, outlets and topics again. With
    [run] health, /healthz and /metrics are served.
    """
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_run(home, no_web=no_web))


async def _run(home: Path, *, no_web: bool) -> None:
    program = put_together(home)
    if not logs.is_json():
        logs.set_up(program.config.log)
    say: Callable[[str], None] = _log.info if logs.is_json() else click.echo
    async with AsyncExitStack() as closing:
        closing.push_async_callback(program.close)
        tasks = None
        if program.config.engine.is_shared:
            tasks = await closing.enter_async_context(opened(address_of(home)))
        await _scheduled(home, Schedule(program, say, tasks), say, no_web=no_web)


async def _scheduled(
    home: Path, schedule: Schedule, say: Callable[[str], None], *, no_web: bool
) -> None:
    program = schedule.program
    try:
        health = Health(lambda: schedule.program, schedule.pulse)
        async with serving(health, program.config.health) as port:
            watched = program.config.crawl.outlets or tuple(program.tools.outlets)
            say(f"watching {len(watched)} outlets; archive {program.tools.archive.address}")
            if port and program.config.health is not None:
                say(f"health at http://{program.config.health.host}:{port}/healthz and /metrics")
            wanted = program.config.web.enabled and not no_web
            async with page_process.beside(home) if wanted else nullcontext():
                await schedule.run()
        say("stopped; the work in hand was finished")
    finally:
        # What a reload brought is closed too; closing twice is no error.
        await schedule.program.close()
