"""harborwatch ledger: the sums, and why anything is missing from them."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from archive import Archive
from archive.collecting import daily, gaps, ledger
from archive.collecting.daily import Day
from archive.grouping import vector_queue
from archive.keeping import matches
from archive.telling import outbox
from harborwatch.commands import shown
from harborwatch.commands.homes import archive_of, home_option


@click.command("ledger")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The sources' sums of a day (UTC).")
@click.option("--source", help="Of one source only; today's without --day.")
@home_option
def command(*, as_json: bool, day: datetime | None, source: str | None, home: Path) -> None:
    """Show what was seen, kept, matched and delivered, and the gaps."""
    archive = archive_of(home)
    try:
        if day is not None or source is not None:
            _of_day(archive, day or datetime.now(UTC), source, as_json=as_json)
            return
        with archive.read() as db:
            sums, deliveries = ledger.sums(db), outbox.count(db)
            waiting, line = matches.count_unmatched(db), ledger.line(db)
            vectors = vector_queue.count(db)
    finally:
        archive.close()
    if as_json:
        queued = {"to_match": waiting, "to_embed": asdict(vectors)}
        shown.json_lines([asdict(sums) | {"deliveries": deliveries} | queued])
        return
    click.echo(line)
    refused = ", ".join(f"{reason} {n}" for reason, n in sorted(sums.refused.items()))
    rows = [
        ("addresses seen", sums.seen),
        ("  fetched", sums.fetched),
        ("  waiting", sums.waiting),
        (f"  refused{f' ({refused})' if refused else ''}", sum(sums.refused.values())),
        ("  gone", sums.gone),
        ("pages kept", sums.pages),
        ("stories", sums.stories),
        ("  of these copies", sums.copies),
        ("  of these history", sums.history),
        ("revisions after the first", sums.revisions),
        ("events", sums.events),
        ("stories waiting for a vector, watched", vectors.wanted),
        ("  nobody asked for", vectors.rest),
        ("stories found by watches", sums.matched),
        ("revisions waiting to be matched", waiting),
        *((f"deliveries {state}", n) for state, n in sorted(deliveries.items())),
    ]
    shown.table(("", ""), ((name, str(n)) for name, n in rows))


def _of_day(archive: Archive, day: datetime, source: str | None, *, as_json: bool) -> None:
    with archive.read() as db:
        found = daily.ledger_of(db, day.date(), source)
        open_gaps = [gap for gap in gaps.every(db, source) if gap.found_at.date() == day.date()]
    if as_json:
        shown.json_lines(
            asdict(one) | {"day": one.day.isoformat(), "imbalance": one.imbalance} for one in found
        )
        return
    if not found and not open_gaps:
        of = f" of {source}" if source else ""
        click.echo(f"nothing is known{of} on {day:%Y-%m-%d} (UTC)", err=True)
        return
    columns = (
        "source", "expected", "polled", "seen", "new", "fetched", "waiting", "refused",
        "kept", "revised", "copies", "matched", "delivered", "",
    )  # fmt: skip
    shown.table(columns, (_row(one) for one in found))
    for gap in open_gaps:
        click.echo(f"gap of {gap.source}: {gap.said}")


def _row(one: Day) -> tuple[str, ...]:
    reasons = ", ".join(f"{reason} {n}" for reason, n in sorted(one.refused.items()))
    counts = (one.polled, one.seen, one.new, one.fetched, one.waiting, sum(one.refused.values()))
    rest = (one.kept, one.revised, one.copies, one.matched, one.delivered)
    note = "; ".join(filter(None, (reasons, one.imbalance)))
    return (one.source, f"{one.expected:.1f}", *map(str, counts), *map(str, rest), note)
