"""The sums of each source's polls by day, kept in the polls' own transactions."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from sqlalchemy import Connection, func, select, update

from archive.rows import upsert
from archive.tables import addresses, source_days

_SUMS = (
    "expected",
    "polled",
    "answered",
    "seen",
    "new",
    "changed",
    "known",
    "refused",
    "history",
    "fresh",
)
#: weeks that a source's usual volume is taken from
WEEKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """How many stories a source shows for the first time on a weekday."""

    #: half of the days brought no more, and half of them lie within `low` and `high`
    median: float
    low: float
    high: float
    days: int


def day_of(at: datetime) -> date:
    """Return the day of the ledger (UTC)."""
    return at.astimezone(UTC).date()


def span_of(day: date) -> tuple[datetime, datetime]:
    """Return when a day of the ledger begins and ends."""
    begin = datetime.combine(day, time(), UTC)
    return begin, begin + timedelta(days=1)


def count(db: Connection, source: str, at: datetime, sums: dict[str, float]) -> None:
    """Add what a poll brought to its day."""
    row: dict[str, object] = {"source": source, "day": day_of(at)}
    if upsert(db, source_days, row | {name: sums[name] for name in _SUMS}, key=("source", "day")):
        return
    here = (source_days.c.source == source, source_days.c.day == row["day"])
    more = {name: source_days.c[name] + sums[name] for name in _SUMS}
    db.execute(update(source_days).where(*here).values(**more))


def imbalance(db: Connection, source: str, at: datetime) -> str:
    """Return what does not add up in a source's day (law 2), or "" where all does.

    What the polls counted as new and the addresses that wait for, or had, their
    fetch are written by two hands; they must be the same.
    """
    day = day_of(at)
    here = (source_days.c.source == source, source_days.c.day == day)
    row = db.execute(select(source_days).where(*here)).one_or_none()
    if row is None:
        return ""
    begin, end = span_of(day)
    mine = (addresses.c.source == source, addresses.c.first_seen_at >= begin)
    wanted = select(func.count()).select_from(addresses)
    stood = db.execute(wanted.where(*mine, addresses.c.first_seen_at < end)).scalar_one()
    parts = row.new + row.changed + row.known + row.refused
    said = []
    if row.seen != parts:
        said.append(f"{row.seen} seen, {parts} accounted for")
    if row.new != stood:
        said.append(f"{row.new} new, {stood} addresses written down")
    return f"{day}: {'; '.join(said)}" if said else ""


def rate(db: Connection, source: str, until: datetime, days: int = 28) -> float:
    """Return the stories a day that a source showed first in the days up to then, without history."""
    end = day_of(until)
    wanted = select(source_days.c.day, source_days.c.fresh).where(
        source_days.c.source == source,
        source_days.c.day > end - timedelta(days=days),
        source_days.c.day <= end,
    )
    rows = db.execute(wanted).all()
    if not rows:
        return 0.0
    first = min(row[0] for row in rows)
    per_day: float = sum(row[1] for row in rows) / ((end - first).days + 1)
    return per_day


def volumes(db: Connection, now: datetime) -> dict[str, dict[int, Volume]]:
    """Return each source's usual volume by weekday (0 is Monday), of the last full weeks."""
    today = day_of(now)
    wanted = select(source_days).where(
        source_days.c.day >= today - timedelta(weeks=WEEKS), source_days.c.day < today
    )
    found: defaultdict[str, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in db.execute(wanted):
        found[row.source][row.day.weekday()].append(row.fresh)
    return {
        source: {weekday: _volume(counts) for weekday, counts in sorted(days.items())}
        for source, days in found.items()
    }


def _volume(counts: Sequence[int]) -> Volume:
    ordered = sorted(counts)
    last = len(ordered) - 1
    low, high = ordered[round(last * 0.25)], ordered[round(last * 0.75)]
    return Volume(median=median(ordered), low=low, high=high, days=len(ordered))
