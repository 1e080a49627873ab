"""harborwatch worker: take tasks off the background job's hands."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

import click
import uvloop

from harborwatch import logs
from harborwatch.commands.homes import address_of, home_option
from harborwatch.config import NAME, load
from harborwatch.tasks.engine import opened
from harborwatch.tasks.queues import QUEUES
from harborwatch.tasks.working import Working
from harborwatch.wiring import put_together
from news import FileError
from news.toml_files import did_you_mean

_log = logging.getLogger(__name__)


def _queues(_ctx: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    for name in wanted:
        if name not in QUEUES:
            hint = did_you_mean(name, list(QUEUES))
            raise click.BadParameter(f'there is no queue "{name}"; {hint}')
    return wanted or tuple(QUEUES)


@click.command("worker")
@click.option(
    "--queues",
    default="",
    callback=_queues,
    help=f"Take tasks of these only, with commas between: {', '.join(QUEUES)}.",
)
@home_option
def command(*, queues: tuple[str, ...], home: Path) -> None:
    """Do the work that `harborwatch run` hands out, on this machine or another.

    Any number of workers share one archive on PostgreSQL; they may come and
    go. [engine] tasks = "procrastinate" of the configuration turns them on.
    SIGTERM or Ctrl-C finishes the work in hand; SIGHUP reads configuration,
    outlets and topics again.
    """
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_work(home, queues))


async def _work(home: Path, queues: tuple[str, ...]) -> None:
    if not load(home).engine.is_shared:
        what = "the work is done by harborwatch run itself"
        hint = 'write tasks = "procrastinate" under [engine] to share it with workers'
        raise FileError(home / NAME, None, what, hint)
    program = put_together(home, watching=False)
    if not logs.is_json():
        logs.set_up(program.config.log)
    say: Callable[[str], None] = _log.info if logs.is_json() else click.echo
    try:
        async with opened(address_of(home)) as tasks:
            working = Working(program, tasks, queues, say)
            say(f"worker {working.name} takes {', '.join(queues)}")
            await working.run()
            say("stopped; the work in hand was finished")
    finally:
        await program.close()
