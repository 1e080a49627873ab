"""Everything that is known of how each source does: volume, misses, requests, notices."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from archive.collecting import ledger, notices, source_days, ways
from archive.collecting.ledger import SourceState
from archive.collecting.source_days import Volume
from archive.collecting.ways import Showing
from archive.tables import source_days as days

#: what is counted, and how much of its end is left out: another way may show it later
COUNTED, SETTLED = timedelta(days=14), timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """A source, as far as it is known."""

    state: SourceState
    #: new stories on a usual day like today, and so far today
    usual: Volume | None = None
    today: int = 0
    #: usual volume by weekday, 0 is Monday
    volume: dict[int, Volume] = field(default_factory=dict)
    #: of the stories of the last two weeks; None where the outlet has no other way
    showing: Showing | None = None
    #: requests to the source for each new story, over the last two weeks; None without one
    requests_per_story: float | None = None
    #: troubles that stand, by kind
    notices: dict[str, str] = field(default_factory=dict)


def reports(db: Connection, now: datetime) -> list[SourceReport]:
    """Return a report of every source of the catalogue."""
    states = ledger.source_states(db)
    volumes, sums = source_days.volumes(db, now), _sums(db, now)
    today, weekday = _today(db, now), source_days.day_of(now).weekday()
    standing: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one in notices.standing(db):
        standing[one.thing][one.kind] = one.detail
    shown = _showing(db, states, now)
    return [
        SourceReport(
            state=state,
            usual=volumes.get(state.id, {}).get(weekday),
            today=today.get(state.id, 0),
            volume=volumes.get(state.id, {}),
            showing=shown.get(state.id),
            requests_per_story=sums.get(state.id),
            notices=standing.get(state.id, {}),
        )
        for state in states
    ]


def _sums(db: Connection, now: datetime) -> dict[str, float]:
    since = source_days.day_of(now - COUNTED)
    polled, new = func.sum(days.c.polled), func.sum(days.c.new)
    wanted = select(days.c.source, polled.label("polled"), new.label("new"))
    found = db.execute(wanted.where(days.c.day >= since).group_by(days.c.source))
    return {row.source: round(int(row.polled) / int(row.new), 2) for row in found if row.new}


def _today(db: Connection, now: datetime) -> dict[str, int]:
    wanted = select(days.c.source, days.c.fresh)
    found = db.execute(wanted.where(days.c.day == source_days.day_of(now)))
    return {row[0]: row[1] for row in found}


def _showing(db: Connection, states: list[SourceState], now: datetime) -> dict[str, Showing]:
    outlets: defaultdict[str, list[str]] = defaultdict(list)
    for state in states:
        outlets[state.outlet].append(state.id)
    found: dict[str, Showing] = {}
    for ids in outlets.values():
        if len(ids) > 1:
            found |= ways.showing(db, ids, now - COUNTED, now - SETTLED)
    return found
