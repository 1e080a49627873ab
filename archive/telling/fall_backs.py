"""Fall-backs: digests whose target fails, and the second way that they take once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, or_, select, update

from archive.rows import upsert
from archive.tables import deliveries, digests
from archive.telling.digests import Message
from news import Subscriber, Target

#: Older dead letters are history: a fall-back that is named today must not
#: bring last month's digests. Longer than the tries of any delivery.
NEWS_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    """A digest that does not get through to a target."""

    digest: int
    slot: str
    subject: str
    text: str
    html: str
    target: Target
    error: str
    #: whether it was given up, or is still tried
    dead: bool


def failing(db: Connection, subscriber: Subscriber, now: datetime) -> list[Failing]:
    """Return a subscriber's digests that are to fall back now, the oldest first.

    One per digest and target, whatever parts it has. What fails on the
    fall-back itself is not among them.
    """
    assert subscriber.fallback is not None, "only who names a fall-back falls back"
    patience = now - timedelta(hours=subscriber.fallback_after)
    tried_long = and_(
        deliveries.c.state == "open", deliveries.c.error != "", deliveries.c.created_at <= patience
    )
    itself = and_(
        deliveries.c.channel == subscriber.fallback.channel,
        deliveries.c.address == subscriber.fallback.address,
    )
    wanted = (
        select(deliveries, digests.c.slot, digests.c.subject, digests.c.text, digests.c.html)
        .join(digests, digests.c.id == deliveries.c.digest)
        .where(digests.c.subscriber == subscriber.id, deliveries.c.fell_back.is_(False), ~itself)
        .where(or_(deliveries.c.state == "dead", tried_long))
        .where(deliveries.c.created_at > now - NEWS_FOR)
        .order_by(deliveries.c.digest, deliveries.c.id)
    )
    found: dict[tuple[int, str, str], Failing] = {}
    for row in db.execute(wanted):
        one = Failing(
            digest=row.digest,
            slot=row.slot,
            subject=row.subject,
            text=row.text,
            html=row.html,
            target=Target(channel=row.channel, address=row.address),
            error=row.error,
            dead=row.state == "dead",
        )
        found.setdefault((row.digest, row.channel, row.address), one)
    return list(found.values())


def fall_back(db: Connection, failing: Failing, message: Message, now: datetime) -> bool:
    """Put the digest's second way into the outbox; returns whether it was not there yet."""
    row = {
        "digest": failing.digest,
        "channel": message.target.channel,
        "address": message.target.address,
        "message_id": message.message_id,
        "message": message.message,
        "form": message.form,
        "part": message.part,
        "parts": message.parts,
        "state": "open",
        "attempts": 0,
        "next_try_at": now,
        "created_at": now,
        "error": "",
    }
    added = upsert(db, deliveries, row, key=("digest", "channel", "address", "part"))
    mark(db, [failing])
    return added


def mark(db: Connection, settled: Sequence[Failing]) -> None:
    """Write down that nothing more is to be done about these."""
    for one in settled:
        this = and_(
            deliveries.c.digest == one.digest,
            deliveries.c.channel == one.target.channel,
            deliveries.c.address == one.target.address,
        )
        db.execute(update(deliveries).where(this).values(fell_back=True))
