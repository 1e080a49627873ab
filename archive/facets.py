"""How many stories a query finds, and what they are: topics, outlets, languages, countries, days."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sqlalchemy import Connection, Row, func, select

from archive.newest import Budget, Newest, Seen, newest
from archive.search import narrowed
from archive.tables import mentions, stories
from query import Query, index_query

#: what is counted over: fetching 10,000 rows takes some 50 ms, verifying 500 half a second
FACETS = Budget(matches=10_000, verified=500)
#: what a total alone is counted over; rows are not fetched where the index decides
TOTAL = Budget(matches=100_000, verified=500)

#: the facets in the order in which they are shown
NAMES = ("topic", "outlet", "language", "country", "day")
#: story numbers given to the database at a time; PostgreSQL takes 65,535 values
_GIVEN = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many stories were counted."""

    n: int
    #: these are all; else there are at least so many
    whole: bool

    def __str__(self) -> str:
        return f"{self.n:,}" if self.whole else f"≥ {self.n:,}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What a query's stories are."""

    total: Counted
    #: by name of the facet: values with their counts, the most frequent first,
    #: days the newest first; at least so many where `total` is not whole
    values: Mapping[str, tuple[tuple[str, int], ...]]


def count(db: Connection, query: Query, budget: Budget = TOTAL) -> Counted:
    """Count an expanded query's stories.

    Raises QueryError where the query could only be answered by reading everything.
    """
    plan = index_query(query)
    if plan.exact:
        chosen = narrowed(db, select(stories.c.id), plan).limit(budget.matches + 1).subquery()
        counted = select(chosen.c.sure, func.count().label("n")).group_by(chosen.c.sure)
        by_sure = {row.sure: row.n for row in db.execute(counted)}
        if not by_sure.get(False, 0):
            total = sum(by_sure.values())
            return Counted(n=min(total, budget.matches), whole=total <= budget.matches)
    found = newest(db, query, budget)
    return Counted(n=len(found.rows), whole=found.whole)


def facets(db: Connection, query: Query, budget: Budget = FACETS) -> Facets:
    """Count what an expanded query's newest stories are.

    Raises QueryError where the query could only be answered by reading everything.
    """
    return of_newest(db, newest(db, query, budget))


def of_newest(db: Connection, found: Newest) -> Facets:
    """Count what stories are that were found before."""
    rows = found.rows
    counted = {
        "topic": _most(_topics(db, rows)),
        "outlet": _most(Counter(row.outlet for row in rows)),
        "language": _most(Counter(row.language for row in rows)),
        "country": _most(Counter(row.country for row in rows)),
        "day": _newest_first(Counter(f"{row.when.astimezone(UTC):%Y-%m-%d}" for row in rows)),
    }
    total = Counted(n=len(rows), whole=found.whole)
    return Facets(total=total, values={name: counted[name] for name in NAMES})


def _topics(db: Connection, rows: Sequence[Seen]) -> Counter[str]:
    """Return how many of the stories mention each topic, at their latest revision."""
    total: Counter[str] = Counter()
    ids = [row.id for row in rows]
    for begin in range(0, len(ids), _GIVEN):
        found = _mentioned(db, ids[begin : begin + _GIVEN])
        total.update({row.topic: row.n for row in found})
    return total


def _mentioned(db: Connection, ids: Sequence[int]) -> Sequence[Row[Any]]:
    said = (
        select(mentions.c.topic, mentions.c.story)
        .join(stories, stories.c.id == mentions.c.story)
        .where(mentions.c.revision == stories.c.revision, mentions.c.story.in_(ids))
        .distinct()
        .subquery()
    )
    return db.execute(select(said.c.topic, func.count().label("n")).group_by(said.c.topic)).all()


def _most(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _newest_first(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), reverse=True))
