"""Who was told of a story, when and how; who was not, and what stands in between."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from archive.tables import deliveries, digests, matches, told
from news import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A watch that found a revision."""

    subscriber: str
    watch: str
    revision: int
    matched_at: datetime
    sentence: str
    #: when a digest took it up, or found nothing new in it
    settled_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How a digest went to one target."""

    target: Target
    #: "open", "sent" or "dead"
    state: str
    attempts: int
    next_try_at: datetime
    sent_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A digest that told a revision."""

    subscriber: str
    revision: int
    digest: int
    slot: str
    at: datetime
    #: the kind of the card it stood in
    card: str
    deliveries: tuple[Sent, ...]


def matched(db: Connection, number: int) -> list[Matched]:
    """Return which watches found a story, by watch and revision."""
    order = (matches.c.subscriber, matches.c.watch, matches.c.revision)
    found = db.execute(select(matches).where(matches.c.story == number).order_by(*order))
    return [
        Matched(
            subscriber=row.subscriber,
            watch=row.watch,
            revision=row.revision,
            matched_at=row.matched_at,
            sentence=row.sentence,
            settled_at=row.settled_at,
        )
        for row in found
    ]


def tellings(db: Connection, number: int) -> list[Told]:
    """Return the digests that told a story, in order."""
    found = db.execute(
        select(told, digests.c.slot)
        .join(digests, digests.c.id == told.c.digest)
        .where(told.c.story == number)
        .order_by(told.c.digest, told.c.revision)
    ).all()
    return [
        Told(
            subscriber=row.subscriber,
            revision=row.revision,
            digest=row.digest,
            slot=row.slot,
            at=row.at,
            card=row.card,
            deliveries=_sent(db, row.digest),
        )
        for row in found
    ]


def _sent(db: Connection, digest: int) -> tuple[Sent, ...]:
    mine = select(deliveries).where(deliveries.c.digest == digest).order_by(deliveries.c.id)
    return tuple(
        Sent(
            target=Target(channel=row.channel, address=row.address),
            state=row.state,
            attempts=row.attempts,
            next_try_at=row.next_try_at,
            sent_at=row.sent_at,
            error=row.error,
        )
        for row in db.execute(mine)
    )
