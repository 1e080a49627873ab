"""The outbox: deliveries claimed by compare-and-set, so that each is sent by one worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select, update

from archive.tables import deliveries, digests
from news import Delivery, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """A delivery as a person looks at it."""

    id: int
    digest: int
    subscriber: str
    slot: str
    target: Target
    state: str
    attempts: int
    next_try_at: datetime
    sent_at: datetime | None
    error: str


def claim(db: Connection, now: datetime, lease: timedelta) -> Delivery | None:
    """Claim the delivery that has waited longest, or return None.

    A claim ends with its lease: a sender that was killed between claim and
    send leaves a delivery that is claimed again, with the same Message-ID.
    """
    free = or_(deliveries.c.lease_until.is_(None), deliveries.c.lease_until <= now)
    due = and_(deliveries.c.state == "open", deliveries.c.next_try_at <= now, free)
    order = (deliveries.c.next_try_at, deliveries.c.id)
    first = select(deliveries).where(due).order_by(*order).limit(1)
    row = db.execute(first.with_for_update(skip_locked=True)).one_or_none()
    if row is None:
        return None
    mine = update(deliveries).where(deliveries.c.id == row.id, due)
    taken = db.execute(
        mine.values(lease_until=now + lease, attempts=deliveries.c.attempts + 1)
    ).rowcount
    if taken != 1:
        return None
    return Delivery(
        id=row.id,
        digest=row.digest,
        target=Target(channel=row.channel, address=row.address),
        message_id=row.message_id,
        message=row.message,
        attempts=row.attempts + 1,
    )


def sent(db: Connection, delivery: int, now: datetime) -> None:
    """Write down that a delivery was handed over."""
    _close(db, delivery, state="sent", sent_at=now, error="")


def failed(db: Connection, delivery: int, error: str, next_try_at: datetime | None) -> None:
    """Write down that it failed; without a next try it is a dead letter."""
    if next_try_at is None:
        _close(db, delivery, state="dead", error=error)
    else:
        _close(db, delivery, error=error, next_try_at=next_try_at)


def listed(db: Connection, states: Sequence[str], limit: int = 50) -> list[OutboxRow]:
    """Return the newest deliveries in these states."""
    wanted = _JOINED.where(deliveries.c.state.in_(list(states)))
    return _rows(db, wanted.order_by(deliveries.c.id.desc()).limit(limit))


def of_digest(db: Connection, digest: int) -> list[OutboxRow]:
    """Return the deliveries of a digest."""
    return _rows(db, _JOINED.where(deliveries.c.digest == digest).order_by(deliveries.c.id))


def count(db: Connection) -> dict[str, int]:
    """Return how many deliveries are open, sent and dead."""
    counted = select(deliveries.c.state, func.count().label("rows")).group_by(deliveries.c.state)
    return {row.state: row.rows for row in db.execute(counted)}


_JOINED = select(deliveries, digests.c.subscriber, digests.c.slot).join(
    digests, digests.c.id == deliveries.c.digest
)


def _rows(db: Connection, wanted: Select[Any]) -> list[OutboxRow]:
    return [
        OutboxRow(
            id=row.id,
            digest=row.digest,
            subscriber=row.subscriber,
            slot=row.slot,
            target=Target(channel=row.channel, address=row.address),
            state=row.state,
            attempts=row.attempts,
            next_try_at=row.next_try_at,
            sent_at=row.sent_at,
            error=row.error,
        )
        for row in db.execute(wanted)
    ]


def _close(db: Connection, delivery: int, **values: object) -> None:
    change = update(deliveries).where(deliveries.c.id == delivery)
    db.execute(change.values(lease_until=None, **values))
