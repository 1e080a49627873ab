"""harborwatch sources: every way in, and how it stands."""

from dataclasses import asdict
from pathlib import Path

import click

from archive.ledger import SourceState, source_states
from harborwatch.commands import shown
from harborwatch.commands.homes import archive_of, home_option


@click.command("sources")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def command(*, as_json: bool, home: Path) -> None:
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
