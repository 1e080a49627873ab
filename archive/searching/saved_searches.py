"""Saved searches: queries by a name, to be asked again."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, delete, select

from archive.rows import upsert
from archive.tables import saved_searches

Sort = Literal["date", "relevance"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A query that was saved."""

    name: str
    #: as typed, topics by their names
    query: str
    sort: Sort
    saved_at: datetime


def save(db: Connection, search: SavedSearch) -> None:
    """Save a search; one of the same name is replaced."""
    row = asdict(search)
    upsert(db, saved_searches, row, key=("name",), change=("query", "sort", "saved_at"))


def listed(db: Connection) -> list[SavedSearch]:
    """Return all saved searches, by name."""
    found = db.execute(select(saved_searches).order_by(saved_searches.c.name))
    return [
        SavedSearch(name=row.name, query=row.query, sort=row.sort, saved_at=row.saved_at)
        for row in found
    ]


def remove(db: Connection, name: str) -> bool:
    """Forget a saved search; returns whether there was one of that name."""
    return bool(db.execute(delete(saved_searches).where(saved_searches.c.name == name)).rowcount)
