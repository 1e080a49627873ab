"""How many stories each day brought to a watch: copies count once, with what they copy."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, and_, distinct, func, select

from archive.tables import digests, matches, source_days, stories, watches

#: a copy is counted as the story that it copies
_ORIGINAL = func.coalesce(stories.c.copy_of, stories.c.id)


def first_number(db: Connection, since: datetime) -> int:
    """Return the lowest number of the stories first seen since a time: those under it are older."""
    # Plus 0: else both databases walk up all numbers until one is young enough.
    first = func.min(stories.c.id + 0)
    return db.execute(select(first).where(stories.c.first_seen_at >= since)).scalar() or 0


def busy(db: Connection, since: datetime, first: int, least: int) -> list[tuple[str, str]]:
    """Return the watches that tell of surges and found so many stories since that time.

    `first` is the lowest number of these stories: lower ones are not looked at.
    """
    mine = and_(matches.c.subscriber == watches.c.subscriber, matches.c.watch == watches.c.name)
    found = (
        select(watches.c.subscriber, watches.c.name)
        .join(matches, mine)
        .join(stories, stories.c.id == matches.c.story)
        .where(
            watches.c.surge.is_(True),
            matches.c.story >= first,
            stories.c.first_seen_at >= since,
        )
        .group_by(watches.c.subscriber, watches.c.name)
        .having(func.count(distinct(_ORIGINAL)) >= least)
        .order_by(watches.c.subscriber, watches.c.name)
    )
    return [(row.subscriber, row.name) for row in db.execute(found)]


def stories_by_day(
    db: Connection, watch: tuple[str, str], since: datetime, first: int, zone: ZoneInfo
) -> Counter[date]:
    """Count what a watch found by the days of a zone on which it was first seen, from a time on.

    A copy counts on the day of its original, once with it. `watch` is named by its
    subscriber and its name, `first` as for `busy`.
    """
    original = stories.alias("original")
    found = (
        select(original.c.id, original.c.first_seen_at)
        .select_from(
            matches.join(stories, stories.c.id == matches.c.story).join(
                original, original.c.id == _ORIGINAL
            )
        )
        .where(
            matches.c.subscriber == watch[0],
            matches.c.watch == watch[1],
            matches.c.story >= first,
            original.c.first_seen_at >= since,
        )
        .distinct()
    )
    return Counter(row.first_seen_at.astimezone(zone).date() for row in db.execute(found))


def first_found(db: Connection, subscriber: str, watch: str) -> datetime | None:
    """Return when a watch found its first story; None where it found none."""
    mine = and_(matches.c.subscriber == subscriber, matches.c.watch == watch)
    return db.execute(select(func.min(matches.c.matched_at)).where(mine)).scalar()


def watched_days(db: Connection, begin: date, end: date) -> set[date]:
    """Return the days of the ledger (UTC) from `begin` to `end` on which a source answered."""
    days = source_days.c
    within = and_(days.day >= begin, days.day <= end, days.answered > 0)
    return set(db.scalars(select(days.day).where(within).distinct()))


def told_slots(db: Connection, subscriber: str, slots: Collection[str]) -> set[str]:
    """Return those of these slots that a digest was made for."""
    this = and_(digests.c.subscriber == subscriber, digests.c.slot.in_(sorted(slots)))
    return set(db.scalars(select(digests.c.slot).where(this)))
