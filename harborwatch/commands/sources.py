"""harborwatch sources: every way in, and how it stands; those that fail are probed."""

import asyncio
import sys
from dataclasses import asdict
from pathlib import Path

import click
import uvloop

from archive.ledger import SourceState, source_states
from harborwatch.commands import probe_reports, shown
from harborwatch.commands.homes import archive_of, home_option
from harborwatch.commands.subcommands import Group


@click.group("sources", cls=Group)
def command() -> None:
    """List the sources with their state, or ask those that fail what has become of them."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def listed(*, as_json: bool, home: Path) -> None:
    """List the sources: state, last good poll, next poll, stories."""
    archive = archive_of(home)
    try:
        with archive.read() as db:
            states = source_states(db)
    finally:
        archive.close()
    if as_json:
        shown.json_lines(asdict(state) for state in states)
    else:
        columns = ("source", "state", "last good", "next", "stories", "")
        shown.table(columns, (_row(state) for state in states))


@command.command("probe")
@click.argument("outlets", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--most", type=click.IntRange(0, 200), default=20, show_default=True,
              help="Requests of a search for other ways, for each outlet; 0 looks for none.")  # fmt: skip
@home_option
def probe(outlets: tuple[str, ...], most: int, *, as_json: bool, home: Path) -> None:
    """Ask every source that is unproved or fails, once; or all sources of these OUTLETS.

    Says which are alive, moved or dead, and shows the change of the outlet's
    file as a difference. Where none of an outlet's ways lives, others are looked
    for. The crawl's pace, robots.txt and guard are kept; nothing is stored. Exit
    status 1 where a source asked is not alive.
    """
    # Scrapy is heavy; a list of the sources must not wait for it.
    from harborwatch.commands.probes import probed

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(probed(home, outlets, most))
    probe_reports.show(found, home, as_json=as_json)
    if not all(one.alive for one in found):
        sys.exit(1)


def _row(state: SourceState) -> tuple[str, ...]:
    return (
        state.id,
        state.state,
        shown.when(state.last_good_at) or "never",
        shown.when(state.due_at),
        str(state.stories),
        _note(state),
    )


def _note(state: SourceState) -> str:
    moved = f"moved for good to {state.moved_to}" if state.moved_to else ""
    return "; ".join(filter(None, (state.detail if state.failures else "", moved)))
