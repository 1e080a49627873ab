"""Reports: the stories of an event with their facts, and the events that were seen last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, select

from archive.grouping.events import current
from archive.keeping.stories import facts_of_latest, of_events
from archive.rows import facts_of
from archive.tables import events, revisions, stories
from news import Fact, StoryRow

#: stories looked at together for the events that they are in
_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A story of an event, at its latest revision, and its facts."""

    story: StoryRow
    facts: tuple[Fact, ...] = ()

    @property
    def outlet(self) -> str:
        """Return whose story it is."""
        return self.story.outlet

    @property
    def original(self) -> bool:
        """Say whether it has words of its own."""
        return self.story.copy_of is None

    @property
    def at(self) -> datetime:
        """Return when it was out: published to the minute, else first seen."""
        story = self.story
        if story.published_at is not None and story.published_precision in {"second", "minute"}:
            return story.published_at
        return story.first_seen_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What a revision of an event's story said."""

    story: int
    revision: int
    seen_at: datetime
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventReports:
    """An event and all that was told of it."""

    #: the number that stands for it now
    event: int
    #: the first one out first
    reports: tuple[Report, ...]
    #: every revision of the stories that have more than one, in their order
    editions: tuple[Edition, ...] = ()


def of_event(db: Connection, number: int) -> EventReports | None:
    """Return what was told of an event, through merges; None where no story is in it."""
    event = current(db, number)
    rows = of_events(db, [event])
    facts = facts_of_latest(db, [row.id for row in rows])
    found = [Report(story=row, facts=facts[row.id]) for row in rows]
    found.sort(key=lambda one: (one.at, one.story.id))
    if not found:
        return None
    revised = [one.story.id for one in found if one.story.revision > 1]
    return EventReports(event=event, reports=tuple(found), editions=_editions(db, revised))


def is_known(db: Connection, number: int) -> bool:
    """Say whether there is or was an event of that number."""
    return db.execute(select(events.c.id).where(events.c.id == number)).first() is not None


def latest(db: Connection, limit: int) -> list[EventReports]:
    """Return the events of the stories that were seen last, without facts."""
    listed = list(islice(dict.fromkeys(_newest(db, limit)), limit))
    rows: dict[int, list[StoryRow]] = {event: [] for event in listed}
    for row in of_events(db, listed):
        if row.event is not None:
            rows[row.event].append(row)
    return [EventReports(event=event, reports=_reports(rows[event])) for event in listed]


def _editions(db: Connection, revised: Sequence[int]) -> tuple[Edition, ...]:
    columns = (revisions.c.story, revisions.c.number, revisions.c.seen_at, revisions.c.facts)
    said = select(*columns).where(revisions.c.story.in_(list(revised)))
    return tuple(
        Edition(
            story=row.story, revision=row.number, seen_at=row.seen_at, facts=facts_of(row.facts)
        )
        for row in db.execute(said.order_by(revisions.c.story, revisions.c.number))
    )


def _reports(rows: Sequence[StoryRow]) -> tuple[Report, ...]:
    found = [Report(story=row) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.at, one.story.id)))


def _newest(db: Connection, limit: int) -> list[int]:
    """Return events in the order of their newest stories, at least so many if there are."""
    found: list[int] = []
    newest = select(stories.c.event).where(stories.c.event.is_not(None))
    newest = newest.order_by(stories.c.first_seen_at.desc(), stories.c.id.desc()).limit(_CHUNK)
    for begin in range(0, 1_000 * _CHUNK, _CHUNK):
        chunk = list(db.scalars(newest.offset(begin)))
        found += chunk
        if len(chunk) < _CHUNK or len(set(found)) >= limit:
            break
    return found
