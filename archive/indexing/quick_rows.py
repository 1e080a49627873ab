"""The stories of a page, read from SQLite in one statement by its own driver.

SQLAlchemy's select of the same rows takes four times as long as SQLite itself:
it is put together, looked up and its values are converted one by one. Here the
statement is a text that stays the same, and a row becomes a story at once.
"""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection

from archive.indexing.kept import Kept
from news import NamedAmount, StoryRow
from query import Filter, IndexQuery
from query.syntax import Amount

#: in the order of StoryRow's fields
_COLUMNS = """
    s.id, s.revision, s.outlet, s.country, s.source, s.address, r.title, r.body, r.authors,
    s.language, s.published_at, s.published_precision, s.first_seen_at, s.history, s.copy_of,
    s.copy_kind, s.event, s.gone_at, s.origin, s.origin_by, s.origin_story, s.release, s.doubt,
    (SELECT group_concat(m.topic, char(10)) FROM mentions AS m
        WHERE m.story = s.id AND m.revision = s.revision),
    (SELECT group_concat(a.currency || ' ' || a.low || ' ' || a.high, char(10)) FROM amounts AS a
        WHERE a.story = s.id)
"""
_REVISION = "CROSS JOIN revisions AS r ON r.story = s.id AND r.number = s.revision"
#: stories whole, and what ranking reads of them
_WHOLE = f"{_COLUMNS} FROM {{}} {_REVISION}"
_KEPT = (
    "s.id, s.first_seen_at, k.tokens FROM {} CROSS JOIN story_text_tokens AS k ON k.story = s.id"
)
_FACTS = (
    "s.id, s.revision, s.outlet, s.language, s.country, "
    "substr(coalesce(s.published_at, s.first_seen_at), 1, 10) AS day FROM {}"
)
_GROUPED = (
    "WITH found AS MATERIALIZED ({}) "
    "SELECT outlet, language, country, day, count(*) FROM found GROUP BY 1, 2, 3, 4"
)
_TOPICS = (
    "WITH found AS MATERIALIZED ({}) SELECT m.topic, count(DISTINCT m.story) FROM found "
    "CROSS JOIN mentions AS m ON m.story = found.id AND m.revision = found.revision GROUP BY 1"
)
#: a column of stories, by the name that a filter has for it
_FILTERED = {
    "outlet": "s.outlet",
    "source": "s.source",
    "language": "s.language",
    "country": "s.country",
    "when": "coalesce(s.published_at, s.first_seen_at)",
    "event": "s.event",
}
_NAMES = "EXISTS (SELECT 1 FROM amounts AS a WHERE a.story = s.id AND a.currency = ? AND {})"
#: what an amount must be, see query.amounts.holds
_AMOUNT = {
    ">": "a.high > ?",
    ">=": "a.high >= ?",
    "<": "a.low < ?",
    "<=": "a.low <= ?",
    "=": "a.low <= ? AND a.high >= ?",
}


def newest(
    db: Connection, asked: IndexQuery, limit: int, below: int | None = None
) -> list[StoryRow]:
    """Return the newest stories that the index gives, under a number."""
    statement, values = _asked(_WHOLE, asked, limit, 2**63 - 1 if below is None else below, 0)
    return _read(db, statement, values)


def newest_kept(
    db: Connection, asked: IndexQuery, limit: int, below: int, floor: int
) -> list[Kept]:
    """Return the newest stories from one number on and under another, with their tokens."""
    statement, values = _asked(_KEPT, asked, limit, below, floor)
    return [
        Kept(
            id=number,
            first_seen_at=datetime.fromisoformat(f"{first_seen_at}+00:00"),
            sure=asked.exact,
            tokens=tokens,
        )
        for number, first_seen_at, tokens in db.exec_driver_sql(statement, values).fetchall()
    ]


def _asked(
    what: str, asked: IndexQuery, limit: int, below: int, floor: int
) -> tuple[str, tuple[object, ...]]:
    """Return a statement and its values."""
    conditions = tuple((one.field, one.op) for one in asked.filters)
    match = asked.match
    words = () if match is None else (match,)
    values = (*words, below, floor, *chain.from_iterable(map(_bound, asked.filters)), limit)
    return _newest(what, conditions, matched=match is not None), values


def facets(db: Connection, asked: IndexQuery, limit: int) -> dict[str, Counter[str]]:
    """Count the newest stories by outlet, language, country, day and topic."""
    statement, values = _asked(_FACTS, asked, limit, 2**63 - 1, 0)
    counted: dict[str, Counter[str]] = {
        name: Counter() for name in ("outlet", "language", "country", "day")
    }
    # One statement for all four: there are few combinations, and many stories.
    for *told, n in db.exec_driver_sql(_GROUPED.format(statement), values).fetchall():
        for value, counts in zip(told, counted.values(), strict=True):
            counts[value] += n
    topics = db.exec_driver_sql(_TOPICS.format(statement), values).fetchall()
    return counted | {"topic": Counter(dict(map(tuple, topics)))}


def by_number(db: Connection, numbers: Sequence[int]) -> list[StoryRow]:
    """Return stories in the order of their numbers given."""
    if not numbers:
        return []
    found = {story.id: story for story in _read(db, _numbered(len(numbers)), tuple(numbers))}
    return [found[number] for number in numbers if number in found]


@lru_cache(maxsize=256)
def _newest(what: str, conditions: tuple[tuple[str, str], ...], *, matched: bool) -> str:
    # CROSS JOIN keeps the order: SQLite walks the index's own numbers from the
    # newest on, and stops with the page.
    tables = (
        "story_text AS t CROSS JOIN stories AS s ON s.id = t.rowid" if matched else "stories AS s"
    )
    number = "t.rowid" if matched else "s.id"
    where = ["story_text MATCH ?"] * matched + [f"{number} < ?", f"{number} >= ?"]
    # Purged stories are in no index; without words they stand among the others.
    where += [] if matched else ["s.purged_at IS NULL"]
    where += [_condition(field, op) for field, op in conditions]
    return (
        f"SELECT {what.format(tables)} WHERE {' AND '.join(where)} ORDER BY {number} DESC LIMIT ?"
    )


@lru_cache(maxsize=256)
def _numbered(count: int) -> str:
    given = ", ".join("?" * count)
    return f"SELECT {_COLUMNS} FROM stories AS s {_REVISION} WHERE s.id IN ({given})"  # noqa: S608 - only question marks are put in


def _condition(field: str, op: str) -> str:
    return _NAMES.format(_AMOUNT[op]) if field == "amount" else f"{_FILTERED[field]} {op} ?"


def _bound(condition: Filter) -> tuple[object, ...]:
    """Return a filter's values as the archive's columns hold them."""
    value = condition.value
    if isinstance(value, Amount):
        return (value.currency, *[value.value] * _AMOUNT[value.sign].count("?"))
    if isinstance(value, datetime):
        told = value.astimezone(UTC).replace(tzinfo=None)
        return (told.isoformat(sep=" ", timespec="microseconds"),)
    return (value,)


def _read(db: Connection, statement: str, values: tuple[object, ...]) -> list[StoryRow]:
    return [_story(row) for row in db.exec_driver_sql(statement, values).fetchall()]


def _story(row: Sequence[Any]) -> StoryRow:
    (
        number, revision, outlet, country, source, address, title, body, authors, language,
        published_at, published_precision, first_seen_at, history, copy_of, copy_kind, event,
        gone_at, origin, origin_by, origin_story, release, doubt, topics, amounts,
    ) = row  # fmt: skip
    return StoryRow(
        id=number,
        revision=revision,
        outlet=outlet,
        country=country,
        source=source,
        address=address,
        title=title,
        body=body,
        authors=() if authors == "[]" else tuple(json.loads(authors)),
        language=language,
        published_at=_time(published_at),
        published_precision=published_precision,
        first_seen_at=datetime.fromisoformat(f"{first_seen_at}+00:00"),
        history=bool(history),
        copy_of=copy_of,
        copy_kind=copy_kind,
        event=event,
        topics=tuple(sorted(set(topics.split("\n")))) if topics else (),
        gone_at=_time(gone_at),
        amounts=tuple(map(_amount, amounts.split("\n"))) if amounts else (),
        origin=origin,
        origin_by=origin_by,
        origin_story=origin_story,
        release=bool(release),
        doubt=doubt,
    )


def _amount(held: str) -> NamedAmount:
    """Return an amount; it was kept to the 15 digits that SQLite writes of a number."""
    currency, low, high = held.split(" ")
    return NamedAmount(currency=currency, low=float(low), high=float(high))


def _time(held: Any) -> datetime | None:
    return datetime.fromisoformat(f"{held}+00:00") if held else None
