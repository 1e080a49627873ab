"""The health of sources: states, and the notices that begin and end with them."""

from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, update

from archive.collecting import notices, source_days, sources
from archive.collecting.notices import Kind
from archive.tables import sources as table
from news import Outcome

State = Literal["unproved", "good", "quiet", "failing", "gone", "blocked"]

#: polls in a row without an answer after which a source is failing; one or two
#: are a server's restart
FALLEN_AFTER = 3
#: outcomes that pass by themselves; the others a person has to mend, and are told at the second
PASSING = (Outcome.TEMPORARY, Outcome.TOLD_TO_WAIT)
HARD_AFTER = 2
#: stories expected in a silence that make it as improbable as one in a thousand (Poisson: e^-7)
IMPROBABLE = 7.0
#: no source is quiet in less time, however much it publishes: nights and feasts are no failure
SHORTEST_QUIET = timedelta(hours=24)
#: days before a silence from which it is known what to expect
KNOWN_DAYS = 3

_TROUBLES: tuple[Kind, ...] = ("quiet", "failing", "gone", "blocked")


def state_of(row: Row[Any]) -> State:
    """Return the state of a source by its row."""
    if row.first_good_at is None:
        return "unproved"
    if row.failures and row.last_outcome == Outcome.GONE:
        return "gone"
    if row.failures and row.last_outcome == Outcome.BLOCKED:
        return "blocked"
    if row.failures:
        return "failing"
    return "quiet" if row.quiet else "good"


def judge(db: Connection, source: str, now: datetime) -> str:
    """Begin and end notices of a source after a poll, and let another way take over.

    Returns its trouble, or "".
    """
    row = sources.row_of(db, source)
    quiet = row.failures == 0 and _is_quiet(db, row, now)
    if quiet != row.quiet:
        db.execute(update(table).where(table.c.id == source).values(quiet=quiet))
    trouble = _trouble(row, quiet=quiet)
    for kind in _TROUBLES:
        if kind != trouble:
            notices.end(db, kind, source, now)
    if not trouble:
        if row.failures == 0:
            notices.end(db, "taken over", source, now)
        return ""
    notices.begin(db, trouble, source, _said(row, trouble), now)
    _take_over(db, row, now)
    return trouble


def _trouble(row: Row[Any], *, quiet: bool) -> Kind | Literal[""]:
    if row.first_good_at is None:
        # What never answered did not fall silent: `sources probe` looks into that.
        return ""
    if quiet:
        return "quiet"
    if row.last_outcome == Outcome.GONE and row.failures:
        return "gone"
    hard = row.last_outcome not in PASSING
    if row.failures < (HARD_AFTER if hard else FALLEN_AFTER):
        return ""
    return "blocked" if row.last_outcome == Outcome.BLOCKED else "failing"


def _said(row: Row[Any], trouble: str) -> str:
    if trouble != "quiet":
        return str(row.last_detail or row.last_outcome)
    return f"answers, but shows nothing new since {row.last_new_at:%Y-%m-%d %H:%M} UTC"


def _is_quiet(db: Connection, row: Row[Any], now: datetime) -> bool:
    """Return whether a source's silence is longer than what it brought before allows."""
    if row.last_new_at is None or now - row.last_new_at < SHORTEST_QUIET:
        return False
    if row.first_good_at is None or row.last_new_at - row.first_good_at < timedelta(
        days=KNOWN_DAYS
    ):
        return False
    silent: float = (now - row.last_new_at) / timedelta(days=1)
    return silent * source_days.rate(db, row.id, row.last_new_at) >= IMPROBABLE


def _take_over(db: Connection, row: Row[Any], now: datetime) -> None:
    """Wake what stands by for a source, and say by which way its outlet is heard."""
    sources.wake(db, row.outlet, row.id, now)
    others = [
        one.id
        for one in sources.ways(db, row.outlet)
        if one.id != row.id and one.failures == 0 and one.first_good_at and not one.quiet
    ]
    if others:
        notices.begin(db, "taken over", row.id, f"by {', '.join(others)}", now)
