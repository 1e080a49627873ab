"""How many stories a query finds, and what they are: topics, outlets, languages, countries, days."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sqlalchemy import Connection, Row, func, select

from archive.grouping.following import followed
from archive.indexing import index
from archive.searching.newest import Budget, Newest, Seen, newest
from archive.searching.search import Counted, how_many
from archive.tables import mentions, stories
from query import Query, index_query

#: what is counted over: 10,000 rows take some 40 ms, verifying 2,500 some 200
FACETS = Budget(matches=10_000, verified=2_500)
#: what a total alone is counted over; rows are not fetched where the index decides
TOTAL = Budget(matches=100_000, verified=2_500)

#: the facets in the order in which they are shown
NAMES = ("topic", "outlet", "language", "country", "day")
#: story numbers given to the database at a time; PostgreSQL takes 65,535 values
_GIVEN = 5_000


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
    query = followed(db, query)
    plan = index_query(query)
    if plan.exact:
        sure, unsure = how_many(db, plan, budget.matches + 1)
        if not unsure:
            return Counted(n=min(sure, budget.matches), whole=sure <= budget.matches)
    found = newest(db, query, budget)
    return Counted(n=len(found.rows), whole=found.whole)


def facets(db: Connection, query: Query, budget: Budget = FACETS) -> Facets:
    """Count what an expanded query's newest stories are.

    Raises QueryError where the query could only be answered by reading everything.
    """
    query = followed(db, query)
    plan = index_query(query)
    if plan.exact and (counted := index.facets(db, plan, budget.matches)) is not None:
        return _told(counted, count(db, query, budget))
    return of_newest(db, newest(db, query, budget))


def of_newest(db: Connection, found: Newest) -> Facets:
    """Count what stories are that were found before."""
    rows = found.rows
    counted = {
        "topic": _topics(db, rows),
        "outlet": Counter(row.outlet for row in rows),
        "language": Counter(row.language for row in rows),
        "country": Counter(row.country for row in rows),
        "day": Counter(f"{row.when.astimezone(UTC):%Y-%m-%d}" for row in rows),
    }
    return _told(counted, Counted(n=len(rows), whole=found.whole))


def _told(counted: Mapping[str, Counter[str]], total: Counted) -> Facets:
    values = {
        name: _newest_first(counted[name]) if name == "day" else _most(counted[name])
        for name in NAMES
    }
    return Facets(total=total, values=values)


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
