"""The newest matches of a query, up to a budget: what counting, ranking and trying stand on.

Rows come without text where the index alone decides; where it does not, the
matcher reads the candidates, at most as many as the budget says. So the cost
is bounded however large the archive is, and whoever counts knows whether all
was seen.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from archive.grouping.following import followed
from archive.indexing.index import held_tokens
from archive.keeping.stories import load
from archive.searching.search import allowed, document_of, newest_rows
from archive.tables import stories
from query import IndexQuery, Query, index_query, match

#: rows read at a time: each time the index looks through all that match
_ROWS = 5_000
#: stories whose text is loaded at a time, to verify them
_TEXTS = 200

_COLUMNS = (
    stories.c.id,
    stories.c.revision,
    stories.c.outlet,
    stories.c.country,
    stories.c.language,
    stories.c.published_at,
    stories.c.first_seen_at,
    stories.c.history,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How much of an archive may be looked at for one answer."""

    #: matches taken, the newest first
    matches: int
    #: candidates that the matcher reads where the index cannot decide; fewer
    #: where their texts must be folded (`archive.searching.search.FOLDING`)
    verified: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A story that matches, without its text."""

    id: int
    revision: int
    outlet: str
    country: str
    language: str
    #: published, or first seen where no date is known
    when: datetime
    first_seen_at: datetime
    history: bool
    #: by the index alone; else the matcher was asked, or is still to be
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """The newest matches of a query."""

    #: the newest first
    rows: tuple[Seen, ...]
    #: all matches of this story number and above are among the rows; 0: all there are
    reached: int

    @property
    def whole(self) -> bool:
        """Say whether these are all."""
        return self.reached == 0

    @property
    def ids(self) -> frozenset[int]:
        """Return the numbers of the stories."""
        return frozenset(row.id for row in self.rows)


def newest(
    db: Connection,
    query: Query,
    budget: Budget,
    *,
    ceiling: int | None = None,
    among: Collection[int] | None = None,
) -> Newest:
    """Return the newest stories that an expanded query finds, as far as the budget goes.

    `ceiling` is the highest story number looked at; `among` are the only ones.
    Raises QueryError where the query could only be answered by reading everything.
    """
    query = followed(db, query)
    plan = index_query(query)
    found: list[Seen] = []
    left = allowed(query, budget.verified) if budget.verified else 0
    for page in _pages(db, plan, ceiling, among):
        unsure = [row.id for row in page if not row.sure]
        answers = _answers(db, query, unsure[:left])
        # Beyond the budget nothing is known: it ends at the first such row.
        known = page if len(unsure) <= left else [r for r in page if r.id > unsure[left]]
        found += [_seen(row) for row in known if row.sure or answers[row.id]]
        left -= len(answers)
        if len(found) > budget.matches:
            over = found[budget.matches].id
            return Newest(rows=tuple(found[: budget.matches]), reached=over + 1)
        if len(known) < len(page):
            return Newest(rows=tuple(found), reached=page[len(known)].id + 1)
    return Newest(rows=tuple(found), reached=0)


def candidates(
    db: Connection, plan: IndexQuery, limit: int, *, ceiling: int | None = None
) -> list[Seen]:
    """Return the newest stories that may match; those that are not `sure` need verifying."""
    below = None if ceiling is None else ceiling + 1
    return list(map(_seen, newest_rows(db, select(*_COLUMNS), plan, limit, below=below)))


def _pages(
    db: Connection, plan: IndexQuery, ceiling: int | None, among: Collection[int] | None
) -> Iterator[Sequence[Row[Any]]]:
    """Yield candidates, the newest first, with whether the index is sure of them."""
    chosen = select(*_COLUMNS)
    if among is not None:
        chosen = chosen.where(stories.c.id.in_(sorted(among)))
    below = None if ceiling is None else ceiling + 1
    while True:
        rows = newest_rows(db, chosen, plan, _ROWS, below=below)
        # Whoever verifies loads texts: not of all rows at once.
        yield from (rows[at : at + _TEXTS] for at in range(0, len(rows), _TEXTS))
        if len(rows) < _ROWS:
            return
        below = rows[-1].id


def _answers(db: Connection, query: Query, unsure: Sequence[int]) -> dict[int, bool]:
    """Return what the matcher says of candidates."""
    held = held_tokens(db, unsure)
    return {
        row.id: match(query, document_of(row, held.get(row.id))) is not None
        for row in load(db, unsure)
    }


def _seen(row: Row[Any]) -> Seen:
    return Seen(
        id=row.id,
        revision=row.revision,
        outlet=row.outlet,
        country=row.country,
        language=row.language,
        when=row.published_at or row.first_seen_at,
        first_seen_at=row.first_seen_at,
        history=row.history,
        sure=row.sure,
    )
