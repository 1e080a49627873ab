"""Digests: what each subscriber was told, slot by slot."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, insert, or_, select

from archive.rows import facts_of, insert_new, upsert
from archive.tables import deliveries, digests, revisions, slots, stories, told
from archive.telling.unsubscriptions import SaidNo, said_no
from news import Fact, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A rendered digest for one target, or a part of it."""

    target: Target
    message_id: str
    #: RFC 5322 for mail, UTF-8 text for a chat
    message: bytes
    #: what it is written as: "mail", or a chat's service
    form: str = "mail"
    part: int = 1
    parts: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A composed and rendered digest, ready to be archived and sent."""

    subscriber: str
    slot: str
    at: datetime
    subject: str
    text: str
    html: str
    #: what it tells: (story, revision, kind of card)
    tells: Sequence[tuple[int, int, str]]
    #: told story -> the story that the reader knows its event by
    known_by: Mapping[int, int] = field(default_factory=dict)
    instant: bool
    messages: Sequence[Message]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStory:
    """A story that a subscriber was told."""

    story: int
    #: the highest revision told
    revision: int
    outlet: str
    #: the event it belongs to now
    event: int
    #: of the revision told
    facts: tuple[Fact, ...]
    #: told by no more than a line: "also", "sent" or "minor"
    only_also: bool
    #: the story that the reader knew its event by; None before this was kept
    known_by: int | None = None
    #: the digest that told it first
    digest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDigest:
    """A digest that was composed."""

    id: int
    subscriber: str
    slot: str
    at: datetime
    subject: str
    text: str
    html: str


def save(db: Connection, issue: Issue) -> int | None:
    """Archive a digest, what it tells and its deliveries, all or nothing.

    Returns its number, or None where this slot was composed before.
    """
    row = {
        "subscriber": issue.subscriber,
        "slot": issue.slot,
        "at": issue.at,
        "subject": issue.subject,
        "text": issue.text,
        "html": issue.html,
    }
    if not upsert(db, digests, row, key=("subscriber", "slot")):
        return None
    this = and_(digests.c.subscriber == issue.subscriber, digests.c.slot == issue.slot)
    number = int(db.execute(select(digests.c.id).where(this)).scalar_one())
    same = {"subscriber": issue.subscriber, "digest": number, "at": issue.at}
    same |= {"instant": issue.instant}
    lines = [
        {"story": story, "revision": revision, "card": card, "known_by": issue.known_by.get(story)}
        for story, revision, card in issue.tells
    ]
    key = ("subscriber", "story", "revision")
    insert_new(db, told, [same | line for line in lines], key=key)
    # Asked again here: a reader may have said no while the digest was made.
    said = said_no(db, issue.subscriber).get(issue.subscriber, SaidNo())
    for message in issue.messages:
        state = "stopped" if message.target in said.targets else "open"
        _put_in_outbox(db, number, message, issue.at, state)
    return number


def told_stories(
    db: Connection, subscriber: str, events: Sequence[int], also: Sequence[int]
) -> list[ToldStory]:
    """Return what a subscriber was told of these events, and of the stories in `also`."""
    wanted = or_(stories.c.event.in_(list(events)), stories.c.id.in_(list(also)))
    columns = (told, stories.c.event, stories.c.outlet, revisions.c.facts)
    told_revision = and_(revisions.c.story == told.c.story, revisions.c.number == told.c.revision)
    found = db.execute(
        select(*columns)
        .join(stories, stories.c.id == told.c.story)
        .join(revisions, told_revision)
        .where(told.c.subscriber == subscriber, wanted)
        .order_by(told.c.story, told.c.revision)
    ).all()
    by_story: dict[int, list[Row[Any]]] = {}
    for row in found:
        by_story.setdefault(row.story, []).append(row)
    return [_told_story(same) for same in by_story.values()]


def events_told_at_once(db: Connection, subscriber: str, since: datetime | None) -> list[int]:
    """Return the events that instant alerts told a subscriber after that time."""
    mine = and_(told.c.subscriber == subscriber, told.c.instant.is_(True))
    if since is not None:
        mine = and_(mine, told.c.at > since)
    join = select(stories.c.event).join(told, told.c.story == stories.c.id)
    return list(db.scalars(join.where(mine).distinct().order_by(stories.c.event)))


def message_of(db: Connection, digest: int, target: Target) -> str | None:
    """Return the Message-ID by which a target got a digest."""
    this = and_(
        deliveries.c.digest == digest,
        deliveries.c.channel == target.channel,
        deliveries.c.address == target.address,
    )
    return db.execute(select(deliveries.c.message_id).where(this)).scalar()


def last_slot(db: Connection, subscriber: str, rhythm: str) -> datetime | None:
    """Return the last slot of a rhythm that was composed."""
    this = and_(slots.c.subscriber == subscriber, slots.c.rhythm == rhythm)
    return db.execute(select(slots.c.at).where(this)).scalar()


def last_slots(db: Connection, of: Collection[str]) -> dict[str, dict[str, datetime]]:
    """Return the last slots of these subscribers by rhythm."""
    found: dict[str, dict[str, datetime]] = {}
    for row in db.execute(select(slots).where(slots.c.subscriber.in_(sorted(of)))):
        found.setdefault(row.subscriber, {})[row.rhythm] = row.at
    return found


def close_slot(db: Connection, subscriber: str, rhythm: str, at: datetime) -> None:
    """Write down that a rhythm's slot was composed, with or without news."""
    row = {"subscriber": subscriber, "rhythm": rhythm, "at": at}
    upsert(db, slots, row, key=("subscriber", "rhythm"), change=("at",))


def last_at(db: Connection, subscriber: str) -> datetime | None:
    """Return when a subscriber's newest digest was made; None where there is none."""
    wanted = select(digests.c.at).where(digests.c.subscriber == subscriber)
    return db.execute(wanted.order_by(digests.c.id.desc()).limit(1)).scalar()


def past(
    db: Connection, *, number: int | None = None, before: int | None = None, limit: int = 20
) -> list[PastDigest]:
    """Return the newest digests, those under a number, or the one with that number."""
    wanted = select(digests).order_by(digests.c.id.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(digests.c.id < before)
    if number is not None:
        wanted = wanted.where(digests.c.id == number)
    return [
        PastDigest(
            id=row.id,
            subscriber=row.subscriber,
            slot=row.slot,
            at=row.at,
            subject=row.subject,
            text=row.text,
            html=row.html,
        )
        for row in db.execute(wanted)
    ]


def number_of(db: Connection, subscriber: str, slot: str) -> int | None:
    """Return the number of a subscriber's digest for a slot, None where there is none."""
    this = and_(digests.c.subscriber == subscriber, digests.c.slot == slot)
    return db.execute(select(digests.c.id).where(this)).scalar()


def _put_in_outbox(
    db: Connection, digest: int, message: Message, now: datetime, state: str
) -> None:
    db.execute(
        insert(deliveries).values(
            digest=digest,
            channel=message.target.channel,
            address=message.target.address,
            message_id=message.message_id,
            message=message.message,
            form=message.form,
            part=message.part,
            parts=message.parts,
            state=state,
            next_try_at=now,
            created_at=now,
        )
    )


def _told_story(same: Sequence[Row[Any]]) -> ToldStory:
    """Return one story from its told rows, the highest revision last."""
    last = same[-1]
    return ToldStory(
        story=last.story,
        revision=last.revision,
        outlet=last.outlet,
        event=last.event,
        facts=facts_of(last.facts),
        only_also=all(row.card in ("also", "sent", "minor") for row in same),
        known_by=last.known_by,
        digest=min(row.digest for row in same),
    )
