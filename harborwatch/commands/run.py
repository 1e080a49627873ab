"""harborwatch run: the background job."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

import click
import uvloop

from harborwatch import logs
from harborwatch.commands.homes import home_option
from harborwatch.health import Health, serving
from harborwatch.schedule import Schedule
from harborwatch.wiring import put_together

_log = logging.getLogger(__name__)


@click.command("run")
@home_option
def command(home: Path) -> None:
    """Watch until stopped: poll, match, compose, deliver. One line per round.

    SIGTERM or Ctrl-C finishes the work in hand; SIGHUP reads configuration,
    outlets and topics again. With [run] health, /healthz and /metrics are served.
    """
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_run(home))


async def _run(home: Path) -> None:
    program = put_together(home)
    if not logs.is_json():
        logs.set_up(program.config.log)
    say: Callable[[str], None] = _log.info if logs.is_json() else click.echo
    schedule = Schedule(program, say)
    try:
        health = Health(lambda: schedule.program, schedule.pulse)
        async with serving(health, program.config.health) as port:
            watched = program.config.crawl.outlets or tuple(program.tools.outlets)
            say(f"watching {len(watched)} outlets; archive {program.tools.archive.address}")
            if port and program.config.health is not None:
                say(f"health at http://{program.config.health.host}:{port}/healthz and /metrics")
            await schedule.run()
        say("stopped; the work in hand was finished")
    finally:
        await schedule.program.close()
