"""Which ways of an outlet stand by: those that show nothing the earlier ones do not."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from archive.collecting import sources, ways
from news import Outlet, Source

#: stories of the last days that are compared, and those of the last hours that are not: a way
#: may show them later
COMPARED, SETTLED = timedelta(days=7), timedelta(hours=6)
#: days that a way must have been good, and stories that must be compared
KNOWN_FOR, FEWEST = timedelta(days=3), 20
#: the share of stories that may be seen by a way alone for it to stand by
ALONE = 0.01


def arrange(db: Connection, source: Source, outlet: Outlet, now: datetime) -> bool:
    """Decide whether a source stands by, and write it down; returns it.

    A way stands by where an earlier one of another kind is well and all that
    it shows is shown by the others too, as measured over the last days. It is
    asked rarely then, and takes over by itself where the earlier one fails.
    """
    standby = _is_needless(db, source, outlet, now)
    if sources.row_of(db, source.id).standby != standby:
        sources.stand_by(db, source.id, standby=standby)
    return standby


def _is_needless(db: Connection, source: Source, outlet: Outlet, now: datetime) -> bool:
    before = _earlier(source, outlet.sources)
    if not before:
        return False
    rows = {row.id: row for row in sources.ways(db, outlet.id)}
    mine = rows.get(source.id)
    well = [
        row
        for one in before
        if (row := rows.get(one)) is not None
        and row.failures == 0 and not row.quiet and not row.standby and row.first_good_at
    ]  # fmt: skip
    if mine is None or not well or not mine.first_good_at:
        return False
    begin = max(now - COMPARED, mine.first_good_at)
    if now - mine.first_good_at < KNOWN_FOR:
        return False
    found = ways.showing(db, list(rows), begin, now - SETTLED)[source.id]
    return found.all >= FEWEST and found.alone <= ALONE * found.all


def _earlier(source: Source, among: Sequence[Source]) -> list[str]:
    """Return the sources before this one in the outlet's file that are of another kind."""
    at = next((place for place, one in enumerate(among) if one.id == source.id), 0)
    return [one.id for one in among[:at] if one.way != source.way]
