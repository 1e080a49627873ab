"""The outbox: deliveries claimed by compare-and-set, so that each is sent by one worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, update

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
    part: int
    parts: int


def claim(
    db: Connection,
    now: datetime,
    lease: timedelta,
    *,
    full: Sequence[str] = (),
    busy: Sequence[Target] = (),
) -> Delivery | None:
    """Claim the delivery that has waited longest, or return None.

    Those of the channels in `full` and to the targets in `busy` are left for later.

    A claim ends with its lease: a sender that was killed between claim and
    send leaves a delivery that is claimed again, with the same Message-ID.
    A part waits until the parts before it are out or given up.
    """
    free = or_(deliveries.c.lease_until.is_(None), deliveries.c.lease_until <= now)
    due = and_(deliveries.c.state == "open", deliveries.c.next_try_at <= now, free)
    open_to: list[ColumnElement[bool]] = [~_goes_to(target) for target in set(busy)]
    if full:
        open_to.append(deliveries.c.channel.not_in(full))
    order = (deliveries.c.next_try_at, deliveries.c.id)
    first = (
        select(deliveries)
        .where(due, *open_to, ~_an_earlier_part_is_open())
        .order_by(*order)
        .limit(1)
    )
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
        form=row.form,
        part=row.part,
        parts=row.parts,
    )


def sent(db: Connection, delivery: int, now: datetime) -> None:
    """Write down that a delivery was handed over."""
    this = update(deliveries).where(deliveries.c.id == delivery)
    db.execute(this.values(state="sent", sent_at=now, error="", lease_until=None))


def failed(db: Connection, delivery: int, error: str, next_try_at: datetime | None) -> None:
    """Write down that it failed; without a next try it is a dead letter.

    One that another worker has sent meanwhile stays sent.
    """
    still_open = and_(deliveries.c.id == delivery, deliveries.c.state == "open")
    change = update(deliveries).where(still_open).values(error=error, lease_until=None)
    if next_try_at is None:
        db.execute(change.values(state="dead"))
    else:
        db.execute(change.values(next_try_at=next_try_at))


def reopen(
    db: Connection, now: datetime, *, delivery: int | None = None, target: Target | None = None
) -> int:
    """Make dead letters due again, all or those of that number or target; returns how many.

    One that is named by its number may also be open: it is then tried at
    once. What was sent stays sent.
    """
    states = ("dead",) if delivery is None else ("dead", "open")
    wanted: ColumnElement[bool] = deliveries.c.state.in_(states)
    if delivery is not None:
        wanted = and_(wanted, deliveries.c.id == delivery)
    if target is not None:
        wanted = and_(wanted, _goes_to(target))
    anew = {"state": "open", "attempts": 0, "next_try_at": now}
    return db.execute(update(deliveries).where(wanted).values(**anew)).rowcount


def listed(
    db: Connection,
    states: Sequence[str],
    limit: int = 50,
    number: int | None = None,
    digest: int | None = None,
) -> list[OutboxRow]:
    """Return the newest deliveries in these states, or the one with that number, or a digest's."""
    wanted = (
        select(deliveries, digests.c.subscriber, digests.c.slot)
        .join(digests, digests.c.id == deliveries.c.digest)
        .where(deliveries.c.state.in_(list(states)))
        .order_by(deliveries.c.id.desc())
        .limit(limit)
    )
    if number is not None:
        wanted = wanted.where(deliveries.c.id == number)
    if digest is not None:
        wanted = wanted.where(deliveries.c.digest == digest)
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
            part=row.part,
            parts=row.parts,
        )
        for row in db.execute(wanted)
    ]


def count(db: Connection) -> dict[str, int]:
    """Return how many deliveries are open, sent and dead."""
    counted = select(deliveries.c.state, func.count().label("rows")).group_by(deliveries.c.state)
    return {row.state: row.rows for row in db.execute(counted)}


def given_up(db: Connection, but: str) -> dict[str, str]:
    """Return why each delivery that was given up was, by its number; those to `but` are left out."""
    wanted = (
        select(deliveries.c.id, deliveries.c.channel, deliveries.c.address, deliveries.c.error)
        .join(digests, digests.c.id == deliveries.c.digest)
        .where(deliveries.c.state == "dead", digests.c.subscriber != but)
        .order_by(deliveries.c.id)
    )
    return {
        str(row.id): f"{Target(channel=row.channel, address=row.address).written}: {row.error}"
        for row in db.execute(wanted)
    }


def _an_earlier_part_is_open() -> ColumnElement[bool]:
    earlier = deliveries.alias()
    same = (
        earlier.c.digest == deliveries.c.digest,
        earlier.c.channel == deliveries.c.channel,
        earlier.c.address == deliveries.c.address,
    )
    return exists().where(*same, earlier.c.part < deliveries.c.part, earlier.c.state == "open")


def _goes_to(target: Target) -> ColumnElement[bool]:
    return and_(deliveries.c.channel == target.channel, deliveries.c.address == target.address)
