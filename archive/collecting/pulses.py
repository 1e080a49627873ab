"""What was learnt of when each source publishes, and of all of them together."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from archive.rows import upsert
from archive.tables import facts, pulses, sources
from news import Habits, Pulse

#: the name under which the habits of all sources are kept
_HABITS = "habits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What the polls of a source have taught."""

    #: up to when; what comes later is still to be learnt
    until: datetime
    pulse: Pulse
    #: stories expected since the last whole answer
    expected: float = 0.0
    #: polls with validators since the last one without
    conditional: int = 0


def load(db: Connection, source: str) -> Learnt | None:
    """Return what is known of a source, or None before its first good poll."""
    row = db.execute(select(pulses).where(pulses.c.source == source)).one_or_none()
    return _learnt(row) if row else None


def of_sources(db: Connection, ids: Sequence[str]) -> dict[str, Learnt]:
    """Return what is known of each of these sources; those without a good poll are left out."""
    found = db.execute(select(pulses).where(pulses.c.source.in_(ids)))
    return {row.source: _learnt(row) for row in found}


def of_catalogue(db: Connection) -> list[Pulse]:
    """Return the pulse of every source of the catalogue, an empty one where nothing is known."""
    joined = sources.outerjoin(pulses, pulses.c.source == sources.c.id)
    wanted = select(pulses.c.pulse).select_from(joined).where(sources.c.dropped.is_(False))
    return [
        _pulse(data) if data else Pulse() for data in db.scalars(wanted.order_by(sources.c.id))
    ]


def save(db: Connection, source: str, learnt: Learnt) -> None:
    """Keep what is known of a source."""
    row = {
        "source": source,
        "until": learnt.until,
        "pulse": asdict(learnt.pulse),
        "expected": learnt.expected,
        "conditional": learnt.conditional,
    }
    upsert(db, pulses, row, key=("source",), change=tuple(row)[1:])


def habits(db: Connection) -> tuple[Habits, datetime] | None:
    """Return what all sources have in common, and until when that holds; None before."""
    value = db.execute(select(facts.c.value).where(facts.c.name == _HABITS)).scalar()
    if value is None:
        return None
    data = json.loads(value)
    until = datetime.fromisoformat(data.pop("until"))
    data |= {name: tuple(data[name]) for name in ("hours", "weekdays")}
    return Habits(**data), until


def save_habits(db: Connection, found: Habits, until: datetime) -> None:
    """Keep what all sources have in common, and until when it holds."""
    value = json.dumps(asdict(found) | {"until": until.isoformat()})
    upsert(db, facts, {"name": _HABITS, "value": value}, key=("name",), change=("value",))


def _learnt(row: Row[Any]) -> Learnt:
    return Learnt(
        until=row.until,
        pulse=_pulse(row.pulse),
        expected=row.expected,
        conditional=row.conditional,
    )


def _pulse(data: Mapping[str, Any]) -> Pulse:
    read: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in data.items()}
    return Pulse(**read)
