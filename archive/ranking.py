"""Relevance: the newest matches of a query, the most telling first, a page at a time.

    newest 3,000 matches ─ coarse order ─ blocks of 50 ─ fine order in each block ─► page

What costs is bounded, however many stories match: the index alone gives the
window and its coarse order (is one of the words in the headline, how old is
the story), and only the blocks that a page takes from are read by the
matcher. What is older than the window is not ranked; the search by date goes
on to it.

The fine score of a story is

    words x recency
    words    = sum over the distinct clauses that hit, of the best hit of each:
               3 in the headline; 1 + 1 / (1 + start / 500) in the body,
               with start in characters from its beginning
    recency  = 1/4 + 3/4 x 2 ^ (-age / 30 days)

where age is counted from the newest match of the window and not from now, so
that a page asked for later goes on where the last one ended. Recency never
falls under a quarter: an old story with four times the words still comes first.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from archive.newest import Seen, candidates
from archive.search import Found, document_of, narrowed
from archive.stories import load
from archive.tables import stories
from query import IndexQuery, Match, Query, index_query, match
from query.asks import AllOf, AnyOf, Ask, Beside, Words

#: matches that are ranked. Where the index cannot decide, its candidates are.
WINDOW = 3_000
#: matches that the matcher reads at a time, two pages and a half. Folding 1,000
#: characters costs about 0.2 ms in Latin script, 1 ms in Chinese or Thai.
BLOCK = 50
#: the weight of a headline's hit; a body's is 2 at its start and falls to 1
HEADLINE = 3.0
#: characters after which a body's hit has lost half of what it is worth more at the start
START = 500
#: the time in which the part of the score that fades is halved, and the part that stays
HALF_LIFE, STAYS = timedelta(days=30), 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """Where a ranked page ended."""

    #: the highest story number of the window
    ceiling: int
    block: int
    score: float
    story: int

    def __str__(self) -> str:
        return f"{self.ceiling}:{self.block}:{self.score!r}:{self.story}"

    @classmethod
    def read(cls, text: str) -> "After":
        """Return what was written down. Raises ValueError where it is nothing of the kind."""
        try:
            ceiling, block, score, story = text.split(":")
            made = cls(
                ceiling=int(ceiling), block=int(block), score=float(score), story=int(story)
            )
        except ValueError as error:
            raise ValueError(f'"{text}" is no place in a search by relevance') from error
        if made.block < 0 or not 0 <= made.ceiling < 2**63 or not math.isfinite(made.score):
            raise ValueError(f'"{text}" is no place in a search by relevance')
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A page of stories by relevance."""

    found: tuple[Found, ...]
    #: where the next page goes on, which may be empty; None: this was the last one
    after: After | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    score: float
    found: Found

    @property
    def order(self) -> tuple[float, int]:
        return -self.score, -self.found.story.id


def ranked(db: Connection, query: Query, *, limit: int = 20, after: After | None = None) -> Ranked:
    """Return the most relevant of the newest stories that an expanded query finds.

    Raises QueryError where the query could only be answered by reading everything.
    """
    plan = index_query(query)
    window = candidates(db, plan, WINDOW, ceiling=after.ceiling if after else None)
    if not window:
        return Ranked(found=(), after=None)
    latest = max(row.first_seen_at for row in window)
    rows = _coarse(db, plan, window, latest)
    page: list[_Scored] = []
    for block in range(after.block if after else 0, math.ceil(len(rows) / BLOCK)):
        scored = _scored(db, query, rows[block * BLOCK : (block + 1) * BLOCK], latest)
        if after is not None and block == after.block:
            scored = [one for one in scored if one.order > (-after.score, -after.story)]
        for one in scored:
            page.append(one)
            if len(page) == limit:
                return _page(
                    page,
                    After(
                        ceiling=window[0].id,
                        block=block,
                        score=one.score,
                        story=one.found.story.id,
                    ),
                )
    return _page(page, None)


def _page(scored: Sequence[_Scored], after: After | None) -> Ranked:
    return Ranked(found=tuple(one.found for one in scored), after=after)


def words_score(hits: Match) -> float:
    """Return what the words of a match are worth."""
    best: dict[str, float] = {}
    for hit in hits.hits:
        worth = HEADLINE if hit.field == "title" else 1 + 1 / (1 + hit.start / START)
        best[hit.clause] = max(best.get(hit.clause, 0.0), worth)
    # Where only conditions such as lang:id decided, recency alone orders.
    return sum(best.values()) or 1.0


def recency(seen_at: datetime, latest: datetime) -> float:
    """Return what a story's age is worth, 1 for the latest."""
    age: float = (latest - seen_at) / HALF_LIFE
    faded: float = 2 ** -max(0.0, age)
    return STAYS + (1 - STAYS) * faded


def _coarse(
    db: Connection, plan: IndexQuery, window: Sequence[Seen], latest: datetime
) -> list[Seen]:
    """Order by what the index knows: words in the headline, and age."""
    told = _in_headline(db, plan, window)

    def worth(row: Seen) -> float:
        return (HEADLINE if row.id in told else 1.0) * recency(row.first_seen_at, latest)

    return sorted(window, key=lambda row: (-worth(row), -row.id))


def _in_headline(db: Connection, plan: IndexQuery, window: Sequence[Seen]) -> frozenset[int]:
    """Return which of the stories have one of the asked words in the headline."""
    if plan.ask is None:
        return frozenset()
    words = dict.fromkeys(Words(one.tokens, one.prefix, "title") for one in _words(plan.ask))
    if not words:
        return frozenset()
    headline: Ask = AnyOf(tuple(words)) if len(words) > 1 else next(iter(words))
    asked = replace(plan, ask=AllOf((plan.ask, headline)))
    lowest, highest = min(row.id for row in window), max(row.id for row in window)
    found = narrowed(db, select(stories.c.id), asked)
    return frozenset(db.scalars(found.where(stories.c.id.between(lowest, highest))))


def _words(ask: Ask) -> Iterator[Words]:
    """Yield the words that are asked for and may stand in a headline."""
    match ask:
        case Words(field=field):
            if field != "body":
                yield ask
        case Beside(left, right):
            yield from _words(left)
            yield from _words(right)
        case AnyOf(parts) | AllOf(parts):
            for part in parts:
                yield from _words(part)


def _scored(
    db: Connection, query: Query, block: Sequence[Seen], latest: datetime
) -> list[_Scored]:
    """Return a block's stories that match, the most relevant first."""
    sure = {row.id: row.sure for row in block}
    scored = []
    for story in load(db, list(sure)):
        hits = match(query, document_of(story))
        if hits is None and not sure[story.id]:
            continue
        # As in the search by date: where index and matcher disagree, it is shown.
        hits = hits or Match(hits=())
        score = words_score(hits) * recency(story.first_seen_at, latest)
        scored.append(_Scored(score=score, found=Found(story=story, match=hits)))
    return sorted(scored, key=lambda one: one.order)
