"""Traces: all that the archive knows of one address or story, for whoever asks why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, and_, or_, select

from archive.keeping.stories import Revision, load, revisions_of
from archive.tables import (
    addresses,
    mentions,
    pages,
    revisions,
    sightings,
    stories,
    story_keys,
    to_match,
)
from news import Mention, StoryRow

#: all but the bytes
_PAGE: Sequence[Column[Any]] = (
    pages.c.id,
    pages.c.fetched_at,
    pages.c.status,
    pages.c.state,
    pages.c.reason,
    pages.c.detail,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A source that showed an address."""

    source: str
    first_seen_at: datetime
    last_seen_at: datetime
    times: int
    #: as it said the last time
    headline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page that was kept."""

    page: int
    fetched_at: datetime
    status: int
    #: "kept", "stored" or "refused", and why
    state: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressTrace:
    """Where an address stands on its way."""

    key: str
    address: str
    outlet: str
    #: "waiting", "fetched", "refused" or "gone", and why
    state: str
    reason: str
    detail: str
    #: new addresses of the poll that showed it first were history (law 5)
    history: bool
    first_seen_at: datetime
    #: when it is fetched, for the first time or again; None: not any more
    fetch_at: datetime | None
    #: fetches that failed since the last good one, and good ones
    attempts: int
    visits: int
    shown: tuple[Shown, ...]
    pages: tuple[Fetched, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryTrace:
    """What became of a story."""

    story: StoryRow
    #: in order, the latest last
    revisions: tuple[Revision, ...]
    #: share of the smaller text's anchors that copy and original have in common
    containment: float
    #: stories that repeat this one's text
    copies: tuple[StoryRow, ...]
    #: other stories of its event that are no copies of it
    event_others: tuple[int, ...]
    event_score: float
    event_because: str
    #: of its latest revision, by topic, in the order of the text
    mentions: tuple[Mention, ...]
    #: revisions that no watch was asked about yet
    to_match: tuple[int, ...]


def address(db: Connection, keys: Sequence[str], written: str) -> AddressTrace | None:
    """Return the trace of the address known by one of the keys, or written so."""
    named = addresses.c.key.in_(list(keys))
    # By key it is at hand. The other two read through whole tables.
    led = select(pages.c.address_id).where(pages.c.final_address == written).limit(1)
    for known in (named, addresses.c.address == written, addresses.c.id.in_(led)):
        row = db.execute(select(addresses).where(known).order_by(addresses.c.id).limit(1)).first()
        if row is not None:
            return _address(db, row)
    return None


def addresses_of(db: Connection, story: int) -> list[AddressTrace]:
    """Return the traces of every address that a story was read from."""
    read = (
        select(pages.c.address_id)
        .join(revisions, revisions.c.page == pages.c.id)
        .where(revisions.c.story == story)
    )
    keys = select(story_keys.c.key).where(story_keys.c.story == story)
    mine = or_(addresses.c.id.in_(read), addresses.c.key.in_(keys))
    found = db.execute(select(addresses).where(mine).order_by(addresses.c.id)).all()
    return [_address(db, row) for row in found]


def story_of(db: Connection, keys: Sequence[str], written: str) -> int | None:
    """Return the number of the story known by one of the keys, or at that address."""
    known = select(story_keys.c.story).where(story_keys.c.key.in_(list(keys)))
    found = db.execute(known.order_by(story_keys.c.story).limit(1)).scalar()
    if found is None:
        same = select(stories.c.id).where(stories.c.address == written)
        found = db.execute(same.order_by(stories.c.id).limit(1)).scalar()
    return None if found is None else int(found)


def story(db: Connection, number: int) -> StoryTrace | None:
    """Return the trace of the story with that number."""
    row = db.execute(select(stories).where(stories.c.id == number)).one_or_none()
    if row is None or row.purged_at is not None:
        return None
    copies = db.scalars(select(stories.c.id).where(stories.c.copy_of == number)).all()
    same = and_(stories.c.event == row.event, stories.c.id != number)
    others = db.scalars(select(stories.c.id).where(same).order_by(stories.c.id)).all()
    waiting = select(to_match.c.revision).where(to_match.c.story == number)
    return StoryTrace(
        story=load(db, [number])[0],
        revisions=revisions_of(db, number),
        containment=row.containment,
        copies=tuple(load(db, sorted(copies))),
        event_others=tuple(one for one in others if one not in copies),
        event_score=row.event_score,
        event_because=row.event_because,
        mentions=_mentions(db, number, row.revision),
        to_match=tuple(db.scalars(waiting.order_by(to_match.c.revision))),
    )


def _address(db: Connection, row: Row[Any]) -> AddressTrace:
    shown = select(sightings).where(sightings.c.address == row.id)
    kept = select(*_PAGE).where(pages.c.address_id == row.id).order_by(pages.c.id)
    return AddressTrace(
        key=row.key,
        address=row.address,
        outlet=row.outlet,
        state=row.state,
        reason=row.reason,
        detail=row.detail,
        history=row.history,
        first_seen_at=row.first_seen_at,
        fetch_at=row.fetch_at,
        attempts=row.attempts,
        visits=row.visits,
        shown=tuple(
            Shown(
                source=one.source,
                first_seen_at=one.first_seen_at,
                last_seen_at=one.last_seen_at,
                times=one.times,
                headline=one.headline,
            )
            for one in db.execute(shown.order_by(sightings.c.first_seen_at, sightings.c.source))
        ),
        pages=tuple(map(_fetched, db.execute(kept))),
    )


def _fetched(row: Row[Any]) -> Fetched:
    return Fetched(
        page=row.id,
        fetched_at=row.fetched_at,
        status=row.status,
        state=row.state,
        reason=row.reason,
        detail=row.detail,
    )


def _mentions(db: Connection, number: int, revision: int) -> tuple[Mention, ...]:
    wanted = and_(mentions.c.story == number, mentions.c.revision == revision)
    order = (mentions.c.topic, mentions.c.field.desc(), mentions.c.start)
    return tuple(
        Mention(
            topic=row.topic,
            field=row.field,
            start=row.start,
            end=row.end,
            words=row.words,
            clause=row.clause,
            sentence=row.sentence,
        )
        for row in db.execute(select(mentions).where(wanted).order_by(*order))
    )
