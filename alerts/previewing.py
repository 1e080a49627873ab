"""A preview: the digest that would go out now, and nothing written for it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from alerts.issuing import Draft, Sender, draft
from alerts.slots import slot_id
from alerts.turns import Turn
from archive.collecting import ledger
from archive.telling import digests
from news import Subscriber


def preview(db: Connection, subscriber: Subscriber, sender: Sender, at: datetime) -> Draft:
    """Compose what all watches of a subscriber have found and no digest has told, dated `at`."""
    last = digests.last_slots(db, [subscriber.id]).get(subscriber.id, {})
    turn = Turn(
        slot=slot_id(at, ZoneInfo(subscriber.zone)),
        instant=False,
        watches=subscriber.watches,
        closes={},
        since=max(last.values(), default=None),
    )
    return draft(db, subscriber, turn, sender, ledger.checked(db), at)
