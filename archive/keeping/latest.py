"""What the archive found lately: its newest events, and how many stories each day brought.

Bounded by what is read, however large the archive is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, and_, distinct, func, select

from archive.grouping.originals import NO_COPY
from archive.keeping.stories import load
from archive.tables import mentions, stories
from news import StoryRow

#: newest stories among which events are looked for
READ = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """An event as it stands in a list."""

    number: int
    #: an original, the one that was archived first
    lead: StoryRow
    stories: int
    copies: int
    outlets: int
    languages: tuple[str, ...]
    #: topics that any of its stories mentions
    topics: tuple[str, ...]
    first_seen_at: datetime
    last_seen_at: datetime


def latest_events(
    db: Connection, most: int, *, topic: str | None = None, read: int = READ
) -> list[EventLine]:
    """Return the events that stories joined last, the latest first.

    News only; where there is none, history: an archive is never shown empty
    because all it has is old. With `topic`, only events that mention it.
    """
    numbers = _numbers(db, most, topic, read, history=False)
    if len(numbers) < most:
        older = _numbers(db, most, topic, read, history=True)
        numbers = list(dict.fromkeys([*numbers, *older]))[:most]
    return lines(db, numbers)


def lines(db: Connection, numbers: Sequence[int]) -> list[EventLine]:
    """Return these events as lines, in the order of their numbers given."""
    mine = stories.c.event.in_(list(numbers))
    counted = db.execute(
        select(
            stories.c.event,
            func.count().label("n"),
            func.count(stories.c.copy_of).label("copies"),
            func.count(distinct(stories.c.outlet)).label("outlets"),
            func.min(stories.c.first_seen_at).label("first"),
            func.max(stories.c.first_seen_at).label("last"),
        )
        .where(mine)
        .group_by(stories.c.event)
    )
    sums = {row.event: row for row in counted}
    languages, topics, leads = _languages(db, numbers), _topics(db, numbers), _leads(db, numbers)
    return [
        EventLine(
            number=number,
            lead=leads[number],
            stories=sums[number].n,
            copies=sums[number].copies,
            outlets=sums[number].outlets,
            languages=languages.get(number, ()),
            topics=topics.get(number, ()),
            first_seen_at=sums[number].first,
            last_seen_at=sums[number].last,
        )
        for number in numbers
        if number in leads
    ]


def per_day(db: Connection, days: int) -> tuple[tuple[date, int], ...]:
    """Return how many stories each of so many days first saw, up to the newest story's."""
    newest = db.execute(select(func.max(stories.c.first_seen_at))).scalar()
    if newest is None:
        return ()
    last = newest.astimezone(UTC).date()
    every = [last - timedelta(days=n) for n in reversed(range(days))]
    return tuple((day, _seen_on(db, day)) for day in every)


def _seen_on(db: Connection, day: date) -> int:
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC)
    within = and_(
        stories.c.first_seen_at >= begin, stories.c.first_seen_at < begin + timedelta(days=1)
    )
    return db.execute(select(func.count()).select_from(stories).where(within)).scalar_one()


def _numbers(
    db: Connection, most: int, topic: str | None, read: int, *, history: bool
) -> list[int]:
    newest = select(stories.c.event).where(stories.c.history.is_(history))
    if topic is not None:
        newest = newest.where(
            stories.c.id.in_(select(mentions.c.story).where(mentions.c.topic == topic))
        )
    found = db.scalars(newest.order_by(stories.c.id.desc()).limit(read))
    return list(dict.fromkeys(number for number in found if number is not None))[:most]


def _languages(db: Connection, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    pairs = select(stories.c.event, stories.c.language).distinct()
    wanted = pairs.where(stories.c.event.in_(list(numbers))).order_by(*pairs.selected_columns)
    return _grouped([(row.event, row.language) for row in db.execute(wanted)])


def _topics(db: Connection, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    latest = and_(mentions.c.story == stories.c.id, mentions.c.revision == stories.c.revision)
    pairs = select(stories.c.event, mentions.c.topic).join(mentions, latest).distinct()
    wanted = pairs.where(stories.c.event.in_(list(numbers))).order_by(*pairs.selected_columns)
    return _grouped([(row.event, row.topic) for row in db.execute(wanted)])


def _leads(db: Connection, numbers: Sequence[int]) -> dict[int, StoryRow]:
    first = (
        select(func.min(stories.c.id))
        .where(stories.c.event.in_(list(numbers)), NO_COPY)
        .group_by(stories.c.event)
    )
    return {row.event: row for row in load(db, list(db.scalars(first))) if row.event is not None}


def _grouped(pairs: Sequence[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for number, value in pairs:
        found[number] = (*found.get(number, ()), value)
    return found
