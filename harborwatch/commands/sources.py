"""harborwatch sources: every way in, and how it stands; those that fail are probed."""

import asyncio
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click
import uvloop

from archive.collecting import ledger
from archive.collecting.source_reports import SourceReport, reports
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
    """List the sources: state, last story, volume, misses, requests.

    "today" are the new stories so far beside a usual day like this one (median
    and the span of the middle half); "missed" is the share of the outlet's
    stories of two weeks that only its other ways showed; "asked" are requests
    for each new story.
    """
    archive = archive_of(home)
    try:
        with archive.read() as db:
            found, line = reports(db, datetime.now(UTC)), ledger.line(db)
    finally:
        archive.close()
    if as_json:
        shown.json_lines(_plain(one) for one in found)
        return
    if not found:
        click.echo(
            "no source is known yet; harborwatch poll asks those of the catalogue", err=True
        )
        return
    columns = ("source", "state", "last story", "next", "stories", "today", "missed", "asked", "")
    shown.table(columns, (_row(one) for one in found))
    if shown.is_terminal():
        click.echo(line)


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


def _plain(report: SourceReport) -> dict[str, object]:
    missed = report.showing.missed if report.showing is not None else None
    known = {name: value for name, value in asdict(report).items() if name != "state"}
    return asdict(report.state) | known | {"missed": missed}


def _row(report: SourceReport) -> tuple[str, ...]:
    state, showing, asked = report.state, report.showing, report.requests_per_story
    return (
        state.id,
        f"{state.state}, standby" if state.standby else state.state,
        shown.when(state.last_new_at) or ("history only" if state.stories else "never"),
        shown.when(state.due_at),
        str(state.stories),
        _volume(report),
        f"{showing.missed:.0%}" if showing is not None and showing.all else "",
        f"{asked:.1f}" if asked is not None else "",
        _note(report),
    )


def _volume(report: SourceReport) -> str:
    if report.usual is None:
        return str(report.today)
    usual = report.usual
    return f"{report.today} of {usual.median:g} ({usual.low:g}–{usual.high:g})"


def _note(report: SourceReport) -> str:
    state = report.state
    parts = [state.detail if state.failures else ""]
    parts.append(f"moved for good to {state.moved_to}" if state.moved_to else "")
    parts += [
        f"{kind}: {detail}" for kind, detail in report.notices.items() if detail not in parts
    ]
    return "; ".join(filter(None, parts))
