"""harborwatch events: the events, and what the outlets say of one."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click
from rich.text import Text

from archive.reporting import reports
from archive.reporting.fact_table import FactLine, conflicts
from archive.reporting.reports import Report
from harborwatch.commands import shown
from harborwatch.commands.homes import archive_of, home_option
from harborwatch.commands.subcommands import Group
from harborwatch.event_report import (
    EventReport,
    as_data,
    counts,
    event_report,
    fact_data,
    first_of,
    head_data,
)
from harborwatch.exports import csv_line
from news.facts import plainly
from query.codes import LANGUAGES

#: the longest number that a database counts to has 19 digits
_NUMBER = click.IntRange(1, 10**18)


@click.group("events", cls=Group)
def command() -> None:
    """List the events, or show what the outlets say of one."""


@command.command("list")
@click.option("--limit", default=20, type=click.IntRange(1, 1_000), help="So many events.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def listed(limit: int, *, as_json: bool, home: Path) -> None:
    """List the events of which a story was seen last."""
    archive = archive_of(home)
    try:
        with archive.read() as db:
            found = reports.latest(db, limit)
    finally:
        archive.close()
    if as_json:
        shown.json_lines(head_data(one.event, one.reports) for one in found)
        return
    rows = (
        (
            str(one.event),
            shown.when(max(report.story.first_seen_at for report in one.reports)),
            counts(one.reports),
            first_of(one.reports).story.title,
        )
        for one in found
    )
    shown.table(("event", "last seen", "told by", "headline"), rows)


@command.command("show")
@click.argument("number", type=_NUMBER)
@click.option("--csv", "as_csv", is_flag=True, help="The table of facts as CSV.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option(
    "--language", default="", type=click.Choice(["", *LANGUAGES]), help="Rather quote this one."
)
@home_option
def show(number: int, *, as_csv: bool, as_json: bool, language: str, home: Path) -> None:
    """Show the event NUMBER: a summary in the outlets' words, its facts, conflicts and stories.

    A number that was merged into another leads on to it. Exit status 1 where
    there is no such event.
    """
    archive = archive_of(home)
    try:
        with archive.read() as db:
            told = reports.of_event(db, number)
            known = reports.is_known(db, number)
    finally:
        archive.close()
    if told is None:
        gone = "event {} holds no story any more" if known else "there is no event {}"
        click.echo(gone.format(number), err=True)
        sys.exit(1)
    report = event_report(told, language)
    if as_csv:
        _csv(report.facts)
    elif as_json:
        shown.json_lines([as_data(report)])
    else:
        if told.event != number:
            click.echo(f"event {number} is event {told.event} now")
        _show(report)


def _csv(lines: Iterable[FactLine[Report]]) -> None:
    rows = [fact_data(line) for line in lines]
    columns = ("kind", "value", "high", "unit", "what", "printed", "outlets", "stories")
    sys.stdout.write(csv_line([*columns, "first", "conflict"]))
    for row in rows:
        sys.stdout.write(csv_line(row.values()))


def _show(report: EventReport) -> None:
    first = report.first.story
    click.echo(f"event {report.event}: {first.title}")
    click.echo(f"first: {first.outlet}, {shown.when(report.first.at)}; {counts(report.reports)}")
    for quote in report.summary:
        click.echo(f"\n  “{quote.text}”")
        click.echo(f"    {quote.report.story.outlet}, {quote.report.story.address}")
    for conflict in conflicts(report.facts):
        click.secho(f"\nconflict: {conflict}", bold=True)
    for one in report.corrections:
        where = f"{one.report.story.outlet}, revision {one.revision}"
        click.echo(f"\ncorrected: {one.change} ({where}, {shown.when(one.at)})")
    click.echo()
    shown.table(("fact", "", "printed", "says"), map(_fact, report.facts))
    click.echo()
    shown.table(
        ("story", "out", "outlet", "", "headline"),
        (
            (
                str(one.story.id),
                shown.when(one.at),
                one.story.outlet,
                one.story.language,
                f"{one.story.title}{'' if one.original else f' (copy of {one.story.copy_of})'}",
            )
            for one in report.reports
        ),
    )


def _fact(line: FactLine[Report]) -> tuple[str | Text, ...]:
    mark = " ≠" if line.against else ""
    return (
        f"{line.fact.kind}{mark}",
        plainly(line.fact),
        " · ".join(line.printed),
        ", ".join(line.outlets),
    )
