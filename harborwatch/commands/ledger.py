"""harborwatch ledger: the sums, and why anything is missing from them."""

from dataclasses import asdict
from pathlib import Path

import click

from archive import ledger, matches, outbox, vector_queue
from harborwatch.commands import shown
from harborwatch.commands.homes import archive_of, home_option


@click.command("ledger")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@home_option
def command(*, as_json: bool, home: Path) -> None:
    """Show what was seen, kept, matched and delivered."""
    archive = archive_of(home)
    try:
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
