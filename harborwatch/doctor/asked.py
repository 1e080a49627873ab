"""The sources: polled, answering; and the outbox: emptied."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, func, select

from archive.care.backups import file_of
from archive.care.examining import examine
from archive.collecting import ledger
from archive.collecting.ledger import SourceState
from archive.engine import HEAD, open_archive
from archive.keeping import matches
from archive.tables import deliveries
from archive.telling import outbox, unsubscriptions
from harborwatch.doctor.findings import Finding
from harborwatch.doctor.stored import address_of

#: a background job polls something every few minutes
_SILENT = timedelta(hours=3)
#: polls in a row that failed; fewer pass by themselves
_FAILED = 3
_NAMED = 5
#: a delivery that has been tried so often will not go by itself soon
_TRIED = 3
#: revisions that wait for the watches; a round takes thousands
_QUEUE = 5_000


def findings(home: Path, now: datetime) -> Iterator[Finding]:
    """Say how the sources and the outbox stand. Raises ArchiveError."""
    address = address_of(home)
    path = file_of(address)
    if path is not None and not path.exists():
        return
    found = examine(address)
    if found.version != HEAD or found.damage:
        return  # told as the archive's own finding; to open it would migrate it
    archive = open_archive(address)
    try:
        with archive.read() as db:
            yield from _sources(ledger.source_states(db), now)
            yield from _queues(db)
    finally:
        archive.close()


def _sources(states: list[SourceState], now: datetime) -> Iterator[Finding]:
    asked = [one for one in states if one.last_poll_at is not None]
    if not asked:
        text, step = "none was polled yet", "harborwatch poll, or harborwatch run"
        yield Finding(about="sources", state="odd", text=text, step=step)
        return
    last = max(one.last_poll_at for one in asked if one.last_poll_at is not None)
    if now - last > _SILENT:
        text = f"the last poll was {_ago(now - last)} ago"
        step = "harborwatch run must run: systemctl status harborwatch"
        yield Finding(about="sources", state="wrong", text=text, step=step)
    failing = [one for one in asked if one.failures >= _FAILED]
    if len(failing) == len(asked):
        text = f"none of {len(asked)} answers: {failing[0].detail or failing[0].state}"
        step = "check this machine's network, DNS and proxy"
        yield Finding(about="sources", state="wrong", text=text, step=step)
    elif failing:
        named = ", ".join(f"{one.id} ({one.detail or one.state})" for one in failing[:_NAMED])
        more = f", … {len(failing) - _NAMED} more" if len(failing) > _NAMED else ""
        text = f"{len(failing)} of {len(asked)} do not answer: {named}{more}"
        step = "harborwatch sources probe says which moved, and what to change"
        yield Finding(about="sources", state="odd", text=text, step=step)
    else:
        text = f"{len(asked)} of {len(states)} polled, the last one {_ago(now - last)} ago"
        yield Finding(about="sources", state="well", text=text)


def _queues(db: Connection) -> Iterator[Finding]:
    counted = outbox.count(db)
    if dead := counted.get("dead", 0):
        text, step = f"{dead} deliveries were given up", "harborwatch digests --outbox says why"
        yield Finding(about="sources", state="odd", text=text, step=step)
    stuck = select(func.count()).where(
        deliveries.c.state == "open", deliveries.c.attempts >= _TRIED
    )
    if tried := db.execute(stuck).scalar_one():
        text = f"{tried} deliveries were tried {_TRIED} times or more"
        step = "harborwatch digests --outbox says why"
        yield Finding(about="sources", state="odd", text=text, step=step)
    if said := sorted(unsubscriptions.said_no(db)):
        text = f"unsubscribed from all or a part: {', '.join(said)}; no mail goes out for it"
        yield Finding(about="sources", state="well", text=text)
    if (waiting := matches.count_unmatched(db)) > _QUEUE:
        text, step = f"{waiting} revisions wait for the watches", "harborwatch run must run"
        yield Finding(about="sources", state="odd", text=text, step=step)


def _ago(span: timedelta) -> str:
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 2_880 else f"{minutes // 1_440} days"
