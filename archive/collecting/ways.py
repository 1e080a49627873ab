"""What each way into an outlet shows and misses of what all of them show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, select

from archive.tables import addresses, sightings


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What a way showed of the stories that its outlet's ways showed in a stretch."""

    #: stories shown by any way
    all: int
    #: shown by this one
    shown: int
    #: shown by no other way than this
    alone: int

    @property
    def missed(self) -> float:
        """Return the share of stories that this way missed, 0 to 1."""
        return 1 - self.shown / self.all if self.all else 0.0


def showing(
    db: Connection, ids: Sequence[str], begin: datetime, end: datetime
) -> dict[str, Showing]:
    """Return what each of an outlet's ways showed of the stories first seen in a stretch.

    Refused addresses are no stories and do not count.
    """
    stories = and_(
        addresses.c.source.in_(ids),
        addresses.c.first_seen_at >= begin,
        addresses.c.first_seen_at < end,
        addresses.c.state != "refused",
    )
    joined = addresses.join(sightings, sightings.c.address == addresses.c.id)
    wanted = select(sightings.c.address, sightings.c.source).select_from(joined).where(stories)
    showers: dict[int, set[str]] = {}
    for address, source in db.execute(wanted):
        showers.setdefault(address, set()).add(source)
    total = db.execute(select(func.count()).select_from(addresses).where(stories)).scalar_one()
    return {
        one: Showing(
            all=total,
            shown=sum(one in mine for mine in showers.values()),
            alone=sum(mine == {one} for mine in showers.values()),
        )
        for one in ids
    }
