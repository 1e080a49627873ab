"""The ledger by source and day: what became of all that a source showed for the first time then."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, distinct, func, select

from archive.collecting.source_days import span_of
from archive.tables import addresses, matches, source_days, sources, stories, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One source's day (UTC). Stories count on the day on which they were first seen."""

    day: date
    source: str
    #: stories, by what was learnt of the source
    expected: float = 0.0
    polled: int = 0
    #: entries that the polls showed: seen = new + changed + known + entries_refused
    seen: int = 0
    new: int = 0
    changed: int = 0
    known: int = 0
    entries_refused: int = 0
    #: what became of the new: new = fetched + waiting + refused + gone
    fetched: int = 0
    waiting: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
    gone: int = 0
    #: stories of the day, and their revisions after the first
    kept: int = 0
    revised: int = 0
    copies: int = 0
    matched: int = 0
    delivered: int = 0

    @property
    def imbalance(self) -> str:
        """Return what does not add up, or ""."""
        parts = self.new + self.changed + self.known + self.entries_refused
        became = self.fetched + self.waiting + sum(self.refused.values()) + self.gone
        said = [] if self.seen == parts else [f"{self.seen} seen, {parts} accounted for"]
        if self.new != became:
            said.append(f"{self.new} new, of {became} it is known what became")
        if self.kept > self.fetched + self.gone + sum(self.refused.values()):
            said.append(f"{self.kept} stories of {self.fetched} fetched addresses")
        return "; ".join(said)


def ledger_of(db: Connection, day: date, source: str | None = None) -> list[Day]:
    """Return the ledger of a day, one row for each source that was polled or showed something."""
    begin, end = span_of(day)
    found: dict[str, dict[str, Any]] = {}
    for row in db.execute(_named(select(source_days), source_days.c.source, source).where(
        source_days.c.day == day
    )):  # fmt: skip
        found[row.source] = _polled(row)
    for counted in (
        _addresses(db, begin, end, source),
        _stories(db, begin, end, source),
        _of_stories(db, matches.c.story, begin, end, source, "matched"),
        _of_stories(db, told.c.story, begin, end, source, "delivered"),
    ):
        for one, values in counted.items():
            found.setdefault(one, {}).update(values)
    return [Day(day=day, source=one, **values) for one, values in sorted(found.items())]


def _polled(row: Row[Any]) -> dict[str, Any]:
    same = ("expected", "polled", "seen", "new", "changed", "known")
    return {name: getattr(row, name) for name in same} | {"entries_refused": row.refused}


def _named(wanted: Select[Any], column: Any, source: str | None) -> Select[Any]:
    # All sources are named, so that the index by source and time serves.
    which = column.in_(select(sources.c.id)) if source is None else column == source
    return wanted.where(which)


def _addresses(
    db: Connection, begin: datetime, end: datetime, source: str | None
) -> dict[str, dict[str, Any]]:
    one = addresses.c
    wanted = select(one.source, one.state, one.reason, func.count().label("n")).where(
        one.first_seen_at >= begin, one.first_seen_at < end
    )
    grouped = _named(wanted, one.source, source).group_by(one.source, one.state, one.reason)
    found: dict[str, dict[str, Any]] = {}
    for row in db.execute(grouped):
        mine = found.setdefault(row.source, {"refused": {}})
        if row.state == "refused":
            mine["refused"][row.reason] = mine["refused"].get(row.reason, 0) + row.n
        else:
            mine[row.state] = mine.get(row.state, 0) + row.n
    return found


def _stories(
    db: Connection, begin: datetime, end: datetime, source: str | None
) -> dict[str, dict[str, Any]]:
    one = stories.c
    wanted = select(
        one.source,
        func.count().label("kept"),
        func.sum(one.revision - 1).label("revised"),
        func.count(one.copy_of).label("copies"),
    ).where(one.first_seen_at >= begin, one.first_seen_at < end)
    if source is not None:
        wanted = wanted.where(one.source == source)
    return {
        row.source: {"kept": row.kept, "revised": int(row.revised), "copies": row.copies}
        for row in db.execute(wanted.group_by(one.source))
    }


def _of_stories(  # noqa: PLR0917 - a query and its bounds
    db: Connection, story: Any, begin: datetime, end: datetime, source: str | None, name: str
) -> dict[str, dict[str, Any]]:
    one = stories.c
    joined = stories.join(story.table, story == one.id)
    within = and_(one.first_seen_at >= begin, one.first_seen_at < end)
    wanted = select(one.source, func.count(distinct(one.id)).label("n")).select_from(joined)
    if source is not None:
        within = and_(within, one.source == source)
    return {
        row.source: {name: row.n} for row in db.execute(wanted.where(within).group_by(one.source))
    }
