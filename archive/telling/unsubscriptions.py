"""Unsubscriptions: who said no to what. They win over the file and over what is kept by command.

A reader says no to one watch, or to all mails to one address. Nothing is
deleted: taken back, all is as it was before.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from archive.rows import upsert
from archive.tables import deliveries, digests, unsubscriptions
from news import Subscriber, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidNo:
    """What one subscriber wants no more, and since when."""

    watches: Mapping[str, datetime] = field(default_factory=dict)
    targets: Mapping[Target, datetime] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Say whether anything was said."""
        return bool(self.watches or self.targets)


def said_no(db: Connection, subscriber: str | None = None) -> dict[str, SaidNo]:
    """Return what was said, by subscriber, or what this one said; who said nothing is missing."""
    asked = select(unsubscriptions)
    if subscriber is not None:
        asked = asked.where(unsubscriptions.c.subscriber == subscriber)
    watches: defaultdict[str, dict[str, datetime]] = defaultdict(dict)
    targets: defaultdict[str, dict[Target, datetime]] = defaultdict(dict)
    for row in db.execute(asked):
        if row.watch:
            watches[row.subscriber][row.watch] = row.at
        else:
            targets[row.subscriber][Target.of(row.target)] = row.at
    return {
        one: SaidNo(watches=watches.get(one, {}), targets=targets.get(one, {}))
        for one in watches.keys() | targets.keys()
    }


def stop_watch(db: Connection, subscriber: str, watch: str, now: datetime) -> None:
    """Let a subscriber hear no more of a watch."""
    _say(db, subscriber, watch, "", now)


def stop_target(db: Connection, subscriber: str, target: Target, now: datetime) -> None:
    """Let nothing more of a subscriber's go to an address, what waits for it neither."""
    _say(db, subscriber, "", target.written, now)
    waits = deliveries.c.state.in_(("open", "dead"))
    stopped = update(deliveries).where(_of(subscriber, target), waits)
    db.execute(stopped.values(state="stopped", lease_until=None))


def resume_watch(db: Connection, subscriber: str, watch: str) -> bool:
    """Take back what was said of a watch; returns whether anything was."""
    return _unsay(db, subscriber, watch, "")


def resume_target(db: Connection, subscriber: str, target: Target, now: datetime) -> bool:
    """Take back what was said of an address: what was held back goes out, too."""
    # What went by the fall-back was told there.
    held = and_(
        _of(subscriber, target), deliveries.c.state == "stopped", deliveries.c.fell_back.is_(False)
    )
    again = {"state": "open", "attempts": 0, "next_try_at": now}
    db.execute(update(deliveries).where(held).values(**again))
    return _unsay(db, subscriber, "", target.written)


def heeded(subscriber: Subscriber, said: SaidNo | None) -> Subscriber:
    """Return a subscriber without what is wanted no more; without a target nothing is watched."""
    if not said:
        return subscriber
    targets = tuple(one for one in subscriber.targets if one not in said.targets)
    watches = tuple(one for one in subscriber.watches if one.name not in said.watches)
    return replace(
        subscriber,
        targets=targets,
        watches=watches if targets else (),
        fallback=None if subscriber.fallback in said.targets else subscriber.fallback,
    )


def _of(subscriber: str, target: Target) -> ColumnElement[bool]:
    """Return the deliveries of a subscriber's digests to an address."""
    mine = select(digests.c.id).where(digests.c.subscriber == subscriber)
    return and_(
        deliveries.c.digest.in_(mine),
        deliveries.c.channel == target.channel,
        deliveries.c.address == target.address,
    )


def _say(db: Connection, subscriber: str, watch: str, target: str, now: datetime) -> None:
    row = {"subscriber": subscriber, "watch": watch, "target": target, "at": now}
    # Said twice, the first time stands.
    upsert(db, unsubscriptions, row, key=("subscriber", "watch", "target"))


def _unsay(db: Connection, subscriber: str, watch: str, target: str) -> bool:
    this = and_(
        unsubscriptions.c.subscriber == subscriber,
        unsubscriptions.c.watch == watch,
        unsubscriptions.c.target == target,
    )
    return bool(db.execute(delete(unsubscriptions).where(this)).rowcount)
