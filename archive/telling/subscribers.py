"""Subscribers and their watches: the table is the truth, the file is copied into it."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, delete, select, update

from archive.locks import hold
from archive.rows import put_all, upsert
from archive.tables import matches, slots, subscribers, watches
from archive.telling.unsubscriptions import SaidNo, heeded, said_no
from news import Subscriber, Target, Watch
from news.rhythms import read_quiet, read_rhythm, written, written_quiet

__all__ = [
    "Call",
    "Kept",
    "calls",
    "kept",
    "load",
    "read_rhythm",
    "remove",
    "save",
    "synchronise",
    "written",
]

#: where a row comes from; "gone" was removed, and stays for what it was told;
#: "operator" is told of health alone
Origin = Literal["file", "command", "gone", "operator"]

#: what nearly everybody says
_NOTHING = SaidNo()

#: what a watch written again may change
_CHANGED = ("query", "rhythm", "at_least", "origin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A subscriber with where it stands: in the file, or kept by command."""

    subscriber: Subscriber
    origin: Origin
    #: its watches that were made by command
    by_command: frozenset[str]
    #: what its readers want no more, which wins over all of the above
    said_no: SaidNo = field(default_factory=SaidNo)

    @property
    def heeded(self) -> Subscriber:
        """Return the subscriber without what is wanted no more."""
        return heeded(self.subscriber, self.said_no)

    def unsubscribed(self, watch: str) -> datetime | None:
        """Return since when a watch is wanted no more, by itself or with all; None where it is."""
        if not self.heeded.targets:
            return max(self.said_no.targets.values(), default=None)
        return self.said_no.watches.get(watch)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What tells whether a subscriber's rhythm is due, and no more."""

    subscriber: str
    #: as it is written
    rhythm: str
    zone: str
    #: the country whose holidays are left out, or ""
    holidays: str
    #: its last slot that was made; None where none was
    last: datetime | None


def synchronise(db: Connection, given: Iterable[Subscriber]) -> None:
    """Make the table hold the file's subscribers; those made by command stay as they are.

    A subscriber or watch of the file takes the place of one made by command
    under the same name. One that left the file keeps what it was told, but
    watches nothing.
    """
    hold(db, "subscribers")
    present = []
    for subscriber in given:
        present.append(subscriber.id)
        _write(db, subscriber, "file")
        mine = watches.c.subscriber == subscriber.id
        db.execute(delete(watches).where(mine, watches.c.origin == "file"))
        rows = [_watch_row(subscriber.id, watch, "file") for watch in subscriber.watches]
        put_all(db, watches, rows, key=("subscriber", "name"), change=_CHANGED)
    left = and_(subscribers.c.origin == "file", subscribers.c.id.not_in(present))
    gone = list(db.scalars(select(subscribers.c.id).where(left)))
    db.execute(delete(watches).where(watches.c.subscriber.in_(gone)))
    db.execute(update(subscribers).where(subscribers.c.id.in_(gone)).values(origin="gone"))


def load(db: Connection, ids: Collection[str] | None = None) -> list[Subscriber]:
    """Return everybody who watches something and did not say no to it, or these, by id."""
    if ids is not None and not ids:
        return []
    everybody = (one.heeded for one in kept(db, ids))
    return [subscriber for subscriber in everybody if subscriber.watches]


def calls(db: Connection) -> list[Call]:
    """Return once for each subscriber and rhythm of slots when its last one was made."""
    timed = select(watches.c.subscriber, watches.c.rhythm).where(watches.c.rhythm != "instant")
    rhythms = timed.distinct().subquery()
    place = [subscribers.c.data[key].as_string().label(key) for key in ("zone", "holidays")]
    mine = and_(slots.c.subscriber == rhythms.c.subscriber, slots.c.rhythm == rhythms.c.rhythm)
    found = (
        select(rhythms, *place, slots.c.at)
        .join(subscribers, subscribers.c.id == rhythms.c.subscriber)
        .outerjoin(slots, mine)
        .where(subscribers.c.origin.in_(("file", "command")))
    )
    silent = _silent(db)
    return [
        Call(
            subscriber=row.subscriber,
            rhythm=row.rhythm,
            zone=row.zone,
            holidays=row.holidays or "",
            last=row.at,
        )
        for row in db.execute(found)
        if row.subscriber not in silent
    ]


def queries(db: Connection, *, unwanted: bool = False) -> tuple[tuple[str, str, str], ...]:
    """Return everybody's watches as (subscriber, name, query), or the `unwanted` ones, too."""
    columns = (watches.c.subscriber, watches.c.name, watches.c.query)
    found = select(*columns).join(subscribers, subscribers.c.id == watches.c.subscriber)
    here = found.where(subscribers.c.origin.in_(("file", "command"))).order_by(*columns[:2])
    said = {} if unwanted else said_no(db)
    silent = _silent(db) if said else frozenset()
    return tuple(
        (row.subscriber, row.name, row.query)
        for row in db.execute(here)
        if row.subscriber not in silent
        and (row.subscriber not in said or row.name not in said[row.subscriber].watches)
    )


def _silent(db: Connection) -> frozenset[str]:
    """Return those whose every address wants nothing more."""
    said = {who for who, one in said_no(db).items() if one.targets}
    found = kept(db, said) if said else []
    return frozenset(one.subscriber.id for one in found if not one.heeded.targets)


def kept(db: Connection, ids: Collection[str] | None = None) -> list[Kept]:
    """Return everybody, or those with these ids, by id, but who is gone and the operator."""
    here = select(subscribers).where(subscribers.c.origin.in_(("file", "command")))
    watching = select(watches).order_by(watches.c.subscriber, watches.c.name)
    if ids is not None:
        here = here.where(subscribers.c.id.in_(sorted(ids)))
        watching = watching.where(watches.c.subscriber.in_(sorted(ids)))
    said = said_no(db)
    mine: dict[str, list[Row[Any]]] = {}
    for row in db.execute(watching):
        mine.setdefault(row.subscriber, []).append(row)
    return [
        Kept(
            subscriber=_subscriber(row, tuple(map(_watch, mine.get(row.id, ())))),
            origin=row.origin,
            by_command=frozenset(w.name for w in mine.get(row.id, ()) if w.origin == "command"),
            said_no=said.get(row.id, _NOTHING),
        )
        for row in db.execute(here.order_by(subscribers.c.id))
    ]


def save(db: Connection, subscriber: Subscriber) -> None:
    """Write a subscriber made by command, new or changed; the watches are not touched."""
    hold(db, "subscribers")
    _write(db, subscriber, "command")


def ensure_operator(db: Connection, operator: Subscriber) -> None:
    """Let the operator be known, so that mails of health have somebody to go to."""
    hold(db, "subscribers")
    _write(db, operator, "operator")


def remove(db: Connection, subscriber: str, now: datetime) -> None:
    """Let a subscriber watch nothing; what was told stays."""
    hold(db, "subscribers")
    db.execute(delete(watches).where(watches.c.subscriber == subscriber))
    this = subscribers.c.id == subscriber
    db.execute(update(subscribers).where(this).values(origin="gone"))
    _settle(db, subscriber, None, now)


def save_watch(db: Connection, subscriber: str, watch: Watch, origin: Origin = "command") -> None:
    """Write a watch, new or changed."""
    row = _watch_row(subscriber, watch, origin)
    put_all(db, watches, [row], key=("subscriber", "name"), change=_CHANGED)


def remove_watch(db: Connection, subscriber: str, name: str, now: datetime) -> None:
    """Delete a watch; what it found and no digest told is settled without a word."""
    this = and_(watches.c.subscriber == subscriber, watches.c.name == name)
    db.execute(delete(watches).where(this))
    _settle(db, subscriber, name, now)


def _settle(db: Connection, subscriber: str, watch: str | None, now: datetime) -> None:
    mine = and_(matches.c.subscriber == subscriber, matches.c.settled_at.is_(None))
    if watch is not None:
        mine = and_(mine, matches.c.watch == watch)
    db.execute(update(matches).where(mine).values(settled_at=now))


def _write(db: Connection, subscriber: Subscriber, origin: Origin) -> None:
    row = {"id": subscriber.id, "data": _data(subscriber), "origin": origin}
    upsert(db, subscribers, row, key=("id",), change=("data", "origin"))


def _watch_row(subscriber: str, watch: Watch, origin: Origin) -> dict[str, object]:
    return {
        "subscriber": subscriber,
        "name": watch.name,
        "query": watch.query,
        "rhythm": written(watch.rhythm),
        "at_least": watch.at_least,
        "origin": origin,
    }


def _watch(row: Row[Any]) -> Watch:
    rhythm = read_rhythm(row.rhythm)
    return Watch(name=row.name, query=row.query, rhythm=rhythm, at_least=row.at_least)


def _data(subscriber: Subscriber) -> dict[str, Any]:
    data = asdict(subscriber)
    del data["watches"]
    data["quiet"] = written_quiet(subscriber.quiet) if subscriber.quiet else ""
    return data


def _subscriber(row: Row[Any], watching: tuple[Watch, ...]) -> Subscriber:
    data = dict(row.data)
    targets = tuple(Target(**target) for target in data.pop("targets"))
    quiet = data.pop("quiet", "")
    data["quiet"] = read_quiet(quiet) if quiet else None
    fallback = data.pop("fallback", None)
    data["fallback"] = Target(**fallback) if fallback else None
    return Subscriber(**data, targets=targets, watches=watching)
