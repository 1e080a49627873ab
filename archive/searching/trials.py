"""Trials: what a query would find in the archive, before anybody watches it.

Nothing here writes, and all of it is bounded: the newest matches up to a
budget, and of each near miss a few.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from archive.grouping.following import followed
from archive.keeping.stories import load
from archive.searching.facets import Facets, of_newest
from archive.searching.newest import Budget, Newest, Seen, newest
from archive.searching.search import Counted, Found, document_of
from news import QueryError, StoryRow
from query import Match, Query, match
from query.relaxing import Miss

#: what a trial looks at: some seconds where every candidate must be verified
TRIAL = Budget(matches=10_000, verified=2_000)
#: what each near miss looks at, and how many clauses are let go
MISS, CLAUSES = Budget(matches=2, verified=100), 8
#: hits and near misses that are shown
SAMPLES, SHOWN_MISSES = 5, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A story that would match but for one clause."""

    story: StoryRow
    #: what it has not: "it has no Nanning"
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a query finds."""

    facets: Facets
    #: of the stories counted: searchable, never mailed (law 5)
    history: int
    #: ("2018-W38", stories) by the week of publication, the oldest first, empty weeks too
    weeks: tuple[tuple[str, int], ...]
    samples: tuple[Found, ...]
    near_misses: tuple[NearMiss, ...]
    #: of the stories counted, how many another query finds too, by its name
    overlap: Mapping[str, Counted]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What one query finds and another does not."""

    #: story numbers, the newest first
    gained: tuple[int, ...]
    lost: tuple[int, ...]
    kept: int
    #: of the stories gained and lost
    languages: Mapping[int, str]
    #: both were compared to their end; else only as far as the budget went
    whole: bool


def trial(
    db: Connection,
    query: Query,
    near: Sequence[Miss] = (),
    others: Mapping[str, Query] | None = None,
    budget: Budget = TRIAL,
) -> Trial:
    """Try an expanded query.

    `near` are the questions for its near misses (see `query.relaxing`), `others`
    the queries that it is compared with; both expanded too.
    Raises QueryError where it could only be answered by reading everything.
    """
    found = newest(db, query, budget)
    return Trial(
        facets=of_newest(db, found),
        history=sum(row.history for row in found.rows),
        weeks=weeks(found.rows),
        samples=samples(db, query, [row.id for row in found.rows[:SAMPLES]]),
        near_misses=near_misses(db, near),
        overlap={
            name: _overlap(db, found, other, budget) for name, other in (others or {}).items()
        },
    )


def difference(
    db: Connection, old: Query | None, new: Query, budget: Budget = TRIAL
) -> Difference:
    """Compare what two expanded queries find in the archive; without an old one all is new."""
    before = newest(db, old, budget) if old else Newest(rows=(), reached=0)
    after = newest(db, new, budget)
    # Below the place where one of them was cut, nothing can be said.
    lowest = max(before.reached, after.reached)
    had, has = ({number for number in one.ids if number >= lowest} for one in (before, after))
    changed = had ^ has
    return Difference(
        gained=tuple(sorted(has - had, reverse=True)),
        lost=tuple(sorted(had - has, reverse=True)),
        kept=len(had & has),
        languages={
            row.id: row.language for row in (*before.rows, *after.rows) if row.id in changed
        },
        whole=lowest == 0,
    )


def samples(db: Connection, query: Query, numbers: Sequence[int]) -> tuple[Found, ...]:
    """Return these stories with what the query hits in them."""
    query = followed(db, query)
    return tuple(
        Found(story=story, match=match(query, document_of(story)) or Match(hits=()))
        for story in load(db, numbers)
    )


def near_misses(db: Connection, near: Sequence[Miss]) -> tuple[NearMiss, ...]:
    """Return the newest stories that miss a query by one clause, a few for each clause."""
    found: dict[int, NearMiss] = {}
    for miss in near[:CLAUSES]:
        try:
            rows = newest(db, miss.query, MISS).rows
        except QueryError:
            # What is left of the query holds no word to look for.
            continue
        for story in load(db, [row.id for row in rows]):
            found.setdefault(story.id, NearMiss(story=story, missing=miss.missing))
    latest = sorted(found, reverse=True)[:SHOWN_MISSES]
    return tuple(found[number] for number in latest)


def weeks(rows: Sequence[Seen]) -> tuple[tuple[str, int], ...]:
    """Count stories by ISO week."""
    counts = Counter(_monday(row.when) for row in rows)
    if not counts:
        return ()
    days = range(min(counts), max(counts) + 1, 7)
    return tuple((f"{datetime.fromordinal(day):%G-W%V}", counts[day]) for day in days)


def _monday(when: datetime) -> int:
    day = when.astimezone(UTC).date()
    return day.toordinal() - day.weekday()


def _overlap(db: Connection, found: Newest, other: Query, budget: Budget) -> Counted:
    both = newest(db, other, budget, among=found.ids)
    return Counted(n=len(both.rows), whole=both.whole)
