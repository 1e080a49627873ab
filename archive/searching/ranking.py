"""Relevance: a query's stories, the most telling first, a page at a time.

    whole query in headlines ─┐
    some of it in headlines  ─┼─ merged by headline and age ─► blocks of 50 ─ fine order in each ─► page
    not in the headline      ─┘

Each list is newest first, so the index gives its beginning without reading the
rest, and what a page costs does not grow with the archive. The lists are merged
by a coarse worth, what the headline holds times recency; every fifty stories of
that order are a block, ranked among themselves by `relevance` on the tokens
that were kept of them. Pages run through block after block, to the last story.

Which list a story stands in is decided by its tokens: the lists overlap (to bar
from one what stands in the other took three times as long), and a story must
come once. Age is counted from the newest
story of a block and not from now, so that a page asked for later goes on where
the last one ended.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from archive.grouping.following import followed
from archive.indexing import index
from archive.indexing.kept import Kept, tokens_of
from archive.searching.relevance import Clause, clauses_of, headlines, recency, words_score
from archive.searching.search import (
    READ,
    Found,
    allowed,
    document_of,
    found_in,
    newest_kept,
    numbered,
)
from query import IndexQuery, Match, Query, index_query, match
from query.asks import AllOf, AnyOf, Ask, Words

#: stories that are ranked among themselves, two pages and a half
BLOCK = 50
#: headlines are looked for so many times as far back as a block of other
#: matches reaches; else a word that no headline has would be looked for in all
REACH = 10
#: what the coarse order makes of a headline that holds the whole query, some of it, none
COARSE = (3.0, 2.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """Where a ranked page ended."""

    #: for each list, the story number under which the block begins
    places: tuple[int, ...]
    #: the last story shown of the block, and its score
    score: float
    story: int

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.places))}:{self.score!r}:{self.story}"

    @classmethod
    def read(cls, text: str) -> "After":
        """Return what was written down. Raises ValueError where it is nothing of the kind."""
        try:
            places, score, story = text.split(":")
            numbers = tuple(map(int, places.split(".")))
            made = cls(places=numbers, score=float(score), story=int(story))
        except ValueError as error:
            raise ValueError(f'"{text}" is no place in a search by relevance') from error
        in_range = all(0 <= number < 2**63 for number in (*numbers, made.story))
        if not in_range or not 1 <= len(numbers) <= len(COARSE) or math.isnan(made.score):
            raise ValueError(f'"{text}" is no place in a search by relevance')
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A page of stories by relevance."""

    found: tuple[Found, ...]
    #: where the next page goes on, which may be empty; None: this was the last one
    after: After | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A query as its lists ask for it."""

    query: Query
    plan: IndexQuery
    clauses: tuple[Clause, ...]
    #: what of it the headline must hold in each list but the last
    headlines: tuple[Ask, ...]

    @property
    def coarse(self) -> tuple[float, ...]:
        """Return the weight of each list."""
        return (COARSE[0], *COARSE[1:][-len(self.headlines) :]) if self.headlines else (1.0,)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A story of a block, its tokens beginning and ending with a space."""

    row: Kept
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """Stories that are ranked among themselves."""

    rows: tuple[_Read, ...]
    #: where the next block begins; None: there is none
    then: tuple[int, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    score: float
    row: Kept
    #: None: the words are still to be looked for
    match: Match | None = None

    @property
    def order(self) -> tuple[float, int]:
        return -self.score, -self.row.id


def ranked(db: Connection, query: Query, *, limit: int = 20, after: After | None = None) -> Ranked:
    """Return the most relevant stories that an expanded query finds.

    A page is shorter than its limit where its budget of candidates to verify
    is spent. Raises QueryError where the query could only be answered by
    reading everything, ValueError where `after` is of another query.
    """
    query = followed(db, query)
    plan = index_query(query)
    asked = _Asked(
        query=query,
        plan=plan,
        clauses=clauses_of(query),
        # Without words to look for there are no headlines to prefer.
        headlines=() if plan.ask is None else headlines(query),
    )
    places: tuple[int, ...] | None = after.places if after else _newest(db, asked)
    if places is not None and len(places) != len(asked.coarse):
        raise ValueError(f'"{after}" is a place in another search')
    page: list[_Scored] = []
    left = max(1, allowed(query, READ) // BLOCK)
    while places is not None and (left or plan.exact):
        block = _block(db, asked, places)
        scored = _scored(db, asked, block.rows)
        if after is not None and places == after.places:
            scored = [one for one in scored if one.order > (-after.score, -after.story)]
        page += scored[: limit - len(page)]
        if len(page) == limit:
            last = page[-1]
            return _page(
                db, query, page, After(places=places, score=last.score, story=last.row.id)
            )
        places, left = block.then, left - 1
    # The next block from its beginning: every score is under this one.
    then = After(places=places, score=math.inf, story=0) if places is not None else None
    return _page(db, query, page, then)


def _newest(db: Connection, asked: _Asked) -> tuple[int, ...]:
    return (index.highest(db) + 1,) * len(asked.coarse)


def _page(db: Connection, query: Query, page: Sequence[_Scored], after: After | None) -> Ranked:
    said = {one.row.id: one.match for one in page}
    found = [
        found_in(query, story)
        if (known := said[story.id]) is None
        else Found(story=story, match=known)
        for story in numbered(db, list(said))
    ]
    return Ranked(found=tuple(found), after=after)


def _block(db: Connection, asked: _Asked, places: tuple[int, ...]) -> _Block:
    """Merge the lists' next stories, as many as a block takes."""
    others = _list(db, asked, len(places) - 1, places[-1], 0)
    whole = len(others) < BLOCK
    floor = 0 if whole else max(0, places[-1] - REACH * (places[-1] - others[-1].id))
    lists = [_list(db, asked, n, places[n], floor) for n in range(len(places) - 1)]
    lists.append(others)
    order = _merged(lists, asked.coarse)
    taken = order[:BLOCK]
    then = list(places)
    for n, row in taken:
        then[n] = row.id
    ended = floor == 0 and len(order) == len(taken) and all(len(one) < BLOCK for one in lists)
    read = [(n, row, tokens_of(row.tokens)) for n, row in taken]
    rows = tuple(
        _Read(row=row, title=f" {title} ", body=f" {body} ")
        for n, row, (title, body) in read
        if _list_of(asked, f" {title} ") == n
    )
    return _Block(rows=rows, then=None if ended else tuple(then))


def _list(db: Connection, asked: _Asked, n: int, below: int, floor: int) -> list[Kept]:
    """Return the newest stories of a list under a number."""
    plan = asked.plan
    if n < len(asked.headlines) and plan.ask is not None:
        headline = asked.headlines[n]
        # What a headline holds need not be asked of the story once more.
        alone = n == 0 and _is_plain(plan.ask)
        plan = replace(plan, ask=headline if alone else AllOf((plan.ask, headline)))
    return newest_kept(db, plan, BLOCK, below=below, floor=floor)


def _is_plain(ask: Ask) -> bool:
    """Say whether an ask holds wherever its words stand in a headline."""
    match ask:
        case Words(field=field):
            return field is None
        case AnyOf(parts):
            return all(map(_is_plain, parts))
        case AllOf(parts, barred):
            return not barred and all(
                isinstance(part, Words | AnyOf) and _is_plain(part) for part in parts
            )
    return False


def _merged(lists: Sequence[Sequence[Kept]], weights: Sequence[float]) -> list[tuple[int, Kept]]:
    """Merge lists by coarse worth; each keeps its own order."""
    firsts = [rows[0].first_seen_at for rows in lists if rows]
    if not firsts:
        return []
    latest = max(firsts)
    keyed = []
    for n, (rows, weight) in enumerate(zip(lists, weights, strict=True)):
        lowest = math.inf
        for row in rows:
            # A story that was stored late is no reason to change its list's order.
            lowest = min(lowest, weight * recency(row.first_seen_at, latest))
            keyed.append((-lowest, n, -row.id, row))
    return [(n, row) for _, n, _, row in sorted(keyed, key=lambda one: one[:3])]


def _list_of(asked: _Asked, title: str) -> int:
    """Return the list that a story stands in, by its headline's tokens."""
    for n, ask in enumerate(asked.headlines):
        if _holds(ask, title):
            return n
    return len(asked.headlines)


def _holds(ask: Ask, title: str) -> bool:
    match ask:
        case Words(tokens, prefix):
            return f" {' '.join(tokens)}{'' if prefix else ' '}" in title
        case AnyOf(parts):
            return any(_holds(part, title) for part in parts)
        case AllOf(parts):
            return all(_holds(part, title) for part in parts)
    return False


def _scored(db: Connection, asked: _Asked, rows: Sequence[_Read]) -> list[_Scored]:
    """Return those of a block's stories that match, the most relevant first."""
    if not rows:
        return []
    latest = max(one.row.first_seen_at for one in rows)
    said = _verified(db, asked.query, [one for one in rows if not one.row.sure])
    scored = [
        _Scored(
            score=words_score(asked.clauses, one.title, one.body)
            * recency(one.row.first_seen_at, latest),
            row=one.row,
            match=said.get(one.row.id),
        )
        for one in rows
        if one.row.sure or one.row.id in said
    ]
    return sorted(scored, key=lambda one: one.order)


def _verified(db: Connection, query: Query, unsure: Sequence[_Read]) -> dict[int, Match]:
    """Return what the matcher says of candidates that it takes."""
    held = {one.row.id: (one.title.strip(), one.body.strip()) for one in unsure}
    said = {
        story.id: match(query, document_of(story, held[story.id]))
        for story in numbered(db, list(held))
    }
    return {number: one for number, one in said.items() if one is not None}
