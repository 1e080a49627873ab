"""harborwatch demo: everything on this machine, in under a minute."""

import asyncio
import subprocess
import tempfile
from pathlib import Path

import click
import uvloop

from archive.telling import digests
from harborwatch import demo
from harborwatch.commands import shown
from harborwatch.demo import Round
from harborwatch.page_process import command as page_command
from harborwatch.press import Press
from harborwatch.wiring import Program
from news import Digest, PlayedClock


@click.command("demo")
@click.option("--once", is_flag=True, help="End when the days are played; do not wait.")
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    help="New folder for configuration, archive and mailbox; without it a temporary one.",
)
def command(*, once: bool, home: Path | None) -> None:
    """Play three days of replica outlets: polls, stories, copies, events, digests."""
    if home is not None:
        demo.refuse_used(home)
    folder = home or Path(tempfile.mkdtemp(prefix="harborwatch-demo-"))
    with (
        demo.played(folder) as (press, program, clock),
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        click.echo(f"{len(press.outlets)} replica outlets at http://press.localhost:{press.port}")
        _tell(program, folder, runner.run(_play(press, program, clock)))
        if not once and shown.is_terminal():
            _show_page(folder)


def _show_page(folder: Path) -> None:
    """Serve what the demo left as a page until a key is pressed."""
    options = ("--port", "0", "--with-parent")
    with subprocess.Popen(page_command(folder, *options), stdin=subprocess.PIPE):
        click.pause("the page and the replica outlets answer until you press a key …")


async def _play(press: Press, program: Program, clock: PlayedClock) -> list[Digest]:
    issued: list[Digest] = []
    try:
        async for one in demo.play(press, program, clock):
            _say(one)
            issued += one.digests
    finally:
        await program.tools.workers.close()
    return issued


def _say(one: Round) -> None:
    click.echo(f"{one.at:%d %b %H:%M}  {one.line}")
    for digest in one.digests:
        kind = "instant alert" if digest.slot.startswith("now:") else f"digest {digest.slot}"
        click.secho(f"              {kind} for {digest.subscriber.id}", fg="green")


def _tell(program: Program, folder: Path, issued: list[Digest]) -> None:
    click.echo()
    with program.tools.archive.read() as db:
        demo.report(db, click.echo)
        past = {one.slot: one for one in digests.past(db, limit=100)}
    program.tools.archive.close()
    shown_one = demo.fullest(issued)
    if shown_one is not None:
        html = folder / "digest.html"
        html.write_text(past[shown_one.slot].html, "utf-8")
        click.echo(f"\n{past[shown_one.slot].text}")
        click.echo(f"its HTML: {html}")
    click.echo(f"mails: {folder / 'mailbox'}")
    click.echo(f"search it: harborwatch search --home {folder} 信息港")
    click.echo(f"look at it: harborwatch web --home {folder}")
