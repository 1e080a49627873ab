"""Concerns: what the operator should know of the watch's own health, each told once.

A concern begins when a trouble is first met and ends when it is met no more.
Errors of ours and dead letters end by themselves never: they are told once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, insert, or_, select, update

from archive.tables import concerns, deliveries, digests, sources

Kind = Literal["quiet", "taken over", "dead letter", "error"]

#: polls in a row without an answer after which a source has fallen quiet; one
#: or two are a server's restart
FALLEN_AFTER = 3

#: kinds that can recover; the others are told when they begin
RECOVERING: tuple[Kind, ...] = ("quiet", "taken over")


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """A trouble, from when to when."""

    id: int
    kind: Kind
    #: what it is about: a source, a delivery, an error of ours
    thing: str
    detail: str
    begun_at: datetime
    ended_at: datetime | None


def met(db: Connection, errors: Mapping[str, str], operator: str) -> dict[tuple[Kind, str], str]:
    """Return the troubles of now: (kind, thing) with a detail.

    `errors` are ours, by what makes them the same. Letters to the operator are
    left out: a dead one would only make another.
    """
    quiet = and_(
        sources.c.dropped.is_(False),
        # One that never answered was never there to fall quiet.
        sources.c.first_good_at.is_not(None),
        # One that answers may show nothing new for longer than chance allows.
        or_(sources.c.failures >= FALLEN_AFTER, sources.c.quiet.is_(True)),
    )
    dead = (
        select(deliveries.c.id, deliveries.c.channel, deliveries.c.address, deliveries.c.error)
        .join(digests, digests.c.id == deliveries.c.digest)
        .where(deliveries.c.state == "dead", digests.c.subscriber != operator)
    )
    found: dict[tuple[Kind, str], str] = {}
    for row in db.execute(select(sources).where(quiet).order_by(sources.c.id)).all():
        silent = row.quiet and not row.failures
        said = f"nothing new since {row.last_new_at:%Y-%m-%d %H:%M} UTC" if silent else ""
        found["quiet", row.id] = said or row.last_detail or row.last_outcome
        other = _other_way(db, row)
        if other is not None:
            found["taken over", f"{row.id} → {other}"] = ""
    for row in db.execute(dead.order_by(deliveries.c.id)):
        found["dead letter", str(row.id)] = f"{row.channel}:{row.address}: {row.error}"
    for thing, detail in errors.items():
        found["error", thing] = detail
    return found


def _other_way(db: Connection, quiet: Row[Any]) -> str | None:
    """Return the way by which a quiet source's outlet has been heard since."""
    others = and_(
        sources.c.outlet == quiet.outlet,
        sources.c.dropped.is_(False),
        sources.c.failures == 0,
        sources.c.last_good_at > quiet.last_good_at,
    )
    found = select(sources.c.id).where(others).order_by(sources.c.id).limit(1)
    return db.execute(found).scalar()


def note(db: Connection, troubles: Mapping[tuple[Kind, str], str], now: datetime) -> None:
    """Write down which concerns have begun, and which have ended."""
    standing = {
        (row.kind, row.thing): row.id
        for row in db.execute(select(concerns).where(concerns.c.ended_at.is_(None)))
    }
    for (kind, thing), detail in troubles.items():
        if (kind, thing) not in standing:
            row = {"kind": kind, "thing": thing, "detail": detail, "begun_at": now}
            db.execute(insert(concerns).values(**row))
    over = [
        number
        for (kind, thing), number in standing.items()
        if kind in RECOVERING and (kind, thing) not in troubles
    ]
    if over:
        db.execute(update(concerns).where(concerns.c.id.in_(over)).values(ended_at=now))


def untold(db: Connection) -> list[Concern]:
    """Return the concerns whose begin or end the operator was not told, the oldest first."""
    ended = and_(concerns.c.ended_at.is_not(None), concerns.c.end_mailed_at.is_(None))
    wanted = or_(concerns.c.mailed_at.is_(None), ended)
    return [
        Concern(
            id=row.id,
            kind=row.kind,
            thing=row.thing,
            detail=row.detail,
            begun_at=row.begun_at,
            ended_at=row.ended_at,
        )
        for row in db.execute(select(concerns).where(wanted).order_by(concerns.c.id))
    ]


def told(db: Connection, some: Sequence[Concern], now: datetime) -> None:
    """Write down that the operator was told of these as they are."""
    for one in some:
        this = update(concerns).where(concerns.c.id == one.id)
        db.execute(this.values(mailed_at=now, end_mailed_at=now if one.ended_at else None))


def may_mail(db: Connection, operator: str, now: datetime, pause: timedelta) -> bool:
    """Return whether the operator's last mail is so long ago."""
    last = select(digests.c.at).where(digests.c.subscriber == operator)
    at = db.execute(last.order_by(digests.c.id.desc()).limit(1)).scalar()
    return at is None or now - at >= pause
