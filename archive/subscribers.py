"""Subscribers and their watches: the table is the truth, the file is copied into it."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import time
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, select

from archive.locks import hold
from archive.rows import upsert
from archive.tables import subscribers, watches
from news import Rhythm, Subscriber, Target, Watch


def synchronise(db: Connection, given: Iterable[Subscriber]) -> None:
    """Make the table hold the file's subscribers; others stay as they are.

    One that left the file keeps what it was told, but watches nothing.
    """
    hold(db, "subscribers")
    present = []
    for subscriber in given:
        present.append(subscriber.id)
        row = {"id": subscriber.id, "data": _data(subscriber), "origin": "file"}
        upsert(db, subscribers, row, key=("id",), change=("data", "origin"))
        db.execute(delete(watches).where(watches.c.subscriber == subscriber.id))
        for watch in subscriber.watches:
            upsert(db, watches, _watch_row(subscriber.id, watch), key=("subscriber", "name"))
    left = and_(subscribers.c.origin == "file", subscribers.c.id.not_in(present))
    gone = select(subscribers.c.id).where(left)
    db.execute(delete(watches).where(watches.c.subscriber.in_(gone)))


def load(db: Connection) -> list[Subscriber]:
    """Return everybody who watches something, by id."""
    found = db.execute(select(subscribers).order_by(subscribers.c.id)).all()
    everybody = [_subscriber(row, _watches(db, row.id)) for row in found]
    return [subscriber for subscriber in everybody if subscriber.watches]


def written(rhythm: Rhythm) -> str:
    """Return a rhythm as it is written in files and tables: "instant", "daily 07:00"."""
    return rhythm.kind if rhythm.at is None else f"{rhythm.kind} {rhythm.at:%H:%M}"


def read_rhythm(text: str) -> Rhythm:
    """Return the rhythm that was written. Raises ValueError where it is none."""
    match text.split():
        case ["instant"]:
            return Rhythm(kind="instant")
        case ["daily", at]:
            return Rhythm(kind="daily", at=time.fromisoformat(at))
        case _:
            raise ValueError(f'"{text}" is no rhythm; write "instant" or "daily 07:00"')


def _watches(db: Connection, subscriber: str) -> tuple[Watch, ...]:
    mine = select(watches).where(watches.c.subscriber == subscriber).order_by(watches.c.name)
    return tuple(
        Watch(name=row.name, query=row.query, rhythm=read_rhythm(row.rhythm))
        for row in db.execute(mine)
    )


def _watch_row(subscriber: str, watch: Watch) -> dict[str, object]:
    return {
        "subscriber": subscriber,
        "name": watch.name,
        "query": watch.query,
        "rhythm": written(watch.rhythm),
    }


def _data(subscriber: Subscriber) -> dict[str, Any]:
    data = asdict(subscriber)
    del data["watches"]
    return data


def _subscriber(row: Row[Any], watching: tuple[Watch, ...]) -> Subscriber:
    data = dict(row.data)
    targets = tuple(Target(**target) for target in data.pop("targets"))
    fallback = data.pop("fallback", None)
    data["fallback"] = Target(**fallback) if fallback else None
    return Subscriber(**data, targets=targets, watches=watching)
