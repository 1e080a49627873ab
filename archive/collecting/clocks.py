"""What the outlets' clocks say of ours: kept from their answers, for whoever doubts it."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from archive.rows import upsert
from archive.tables import facts

_NAME = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What answers said of the time."""

    #: how far our clock was ahead of theirs, the middle of all; negative: behind
    seconds: float
    #: how many hosts were heard
    hosts: int
    #: by our clock
    at: datetime


def hear(db: Connection, heard: Heard) -> None:
    """Keep what was heard, in the place of what was heard before."""
    said = {"seconds": heard.seconds, "hosts": heard.hosts, "at": heard.at.isoformat()}
    fact = {"name": _NAME, "value": json.dumps(said)}
    upsert(db, facts, fact, key=("name",), change=("value",))


def heard(db: Connection) -> Heard | None:
    """Return what was heard last."""
    kept = db.execute(select(facts.c.value).where(facts.c.name == _NAME)).scalar()
    if kept is None:
        return None
    said = json.loads(kept)
    at = datetime.fromisoformat(said["at"])
    return Heard(seconds=said["seconds"], hosts=said["hosts"], at=at)
