"""Matching: every revision that was stored is put to every watch, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive import Archive
from archive.keeping import matches, stories
from archive.keeping.matches import Found
from archive.searching.search import document_of
from archive.telling import subscribers
from news import Clock, QueryError, StoryRow, Subscriber
from query import (
    Match,
    Percolator,
    Query,
    Topics,
    cut_sentence,
    expand,
    index_query,
    parse,
    sentence_around,
)
from query.syntax import Where, walk

#: revisions taken from the list at a time
_BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A watch's query, ready to be put to stories."""

    subscriber: str
    watch: str
    query: Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """All watches, to be put to a story at once."""

    watches: Sequence[Compiled]
    #: their queries by their places in `watches`
    percolator: Percolator[int]


def compiled(everybody: Sequence[Subscriber], topics: Topics) -> list[Compiled]:
    """Return all watches' queries. Raises QueryError, which names the watch."""
    return [
        Compiled(
            subscriber=subscriber.id,
            watch=watch.name,
            query=asked(watch.query, f"{subscriber.id}/{watch.name}", topics),
        )
        for subscriber in everybody
        for watch in subscriber.watches
    ]


def together(watches: Sequence[Compiled]) -> Together:
    """Return watches ready to be put to many stories, all of them at once."""
    queries = {place: watch.query for place, watch in enumerate(watches)}
    return Together(watches=watches, percolator=Percolator(queries))


def found_by(watches: Together, story: StoryRow) -> list[Found]:
    """Return what the watches find in a story; history is found by none (law 5)."""
    if story.history:
        return []
    answers = watches.percolator.match(document_of(story))
    return [_found(watches.watches[place], story, hit) for place, hit in answers.items()]


def match_new(archive: Archive, topics: Topics, clock: Clock) -> int:
    """Put everything on the list to every watch; returns how many matches were found."""
    watches: Together | None = None
    total = 0
    while True:
        with archive.read() as db:
            batch = matches.unmatched(db, _BATCH)
            if batch and watches is None:
                watches = _made_ready(subscribers.queries(db), topics)
        for number, revision in batch:
            assert watches is not None, "made ready with the first batch"
            total += _match_one(archive, watches, clock, number, revision)
        if len(batch) < _BATCH:
            return total


@lru_cache(maxsize=2)
def _made_ready(asked_by: tuple[tuple[str, str, str], ...], topics: Topics) -> Together:
    """Return all watches ready; the same ones as a moment ago are not compiled again."""
    return together(
        [
            Compiled(subscriber=who, watch=name, query=asked(text, f"{who}/{name}", topics))
            for who, name, text in asked_by
        ]
    )


def _match_one(
    archive: Archive, watches: Together, clock: Clock, number: int, revision: int
) -> int:
    with archive.read() as db:
        (story,) = stories.load(db, [number])
    # An older revision than the latest is off the list: the latest has its own row.
    found = found_by(watches, story) if story.revision == revision else []
    with archive.write() as db:
        matches.settle(db, number, revision, found, clock.now())
    return len(found)


def asked(text: str, name: str, topics: Topics) -> Query:
    """Return the query of a watch of that name. Raises QueryError, which names the watch."""
    try:
        query = expand(parse(text), topics)
        # What search refuses, a watch must not promise (law 1).
        index_query(query)
        _refuse_events(query)
    except QueryError as error:
        what = f"the query of watch {name}: {error.what}"
        raise QueryError(error.query, error.at, what, error.hint) from error
    return query


def _refuse_events(asked: Query) -> None:
    """Raise QueryError where a watch asks for an event.

    A story is put to the watches once, when it is stored; which event it is in
    may be settled later, so that the watch would miss what search finds.
    """
    for node in walk(asked.root):
        if isinstance(node, Where) and node.condition == "event":
            at = max(asked.text.lower().find("event"), 0)
            what = "a watch cannot ask for an event: stories join one after they were matched"
            raise QueryError(asked.text, at, what, "watch its names; search it by event:")


def _found(watch: Compiled, story: StoryRow, hit: Match) -> Found:
    sentence, marks = hit_sentence(story, hit)
    return Found(
        subscriber=watch.subscriber,
        watch=watch.watch,
        story=story.id,
        revision=story.revision,
        sentence=sentence,
        hits=marks,
    )


def hit_sentence(story: StoryRow, hit: Match) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the sentence of the first hit, from the body if one is there, and its hits.

    A sentence that goes on is cut with "…".
    """
    if not hit.hits:
        return "", ()
    in_body = [one for one in hit.hits if one.field == "body"]
    first = (in_body or list(hit.hits))[0]
    text = story.body if first.field == "body" else story.title
    begin, end = sentence_around(text, first.start, first.end)
    sentence = cut_sentence(text, begin, end)
    moved = begin - sentence.index(text[begin:end])
    marks = {
        (one.start - moved, one.end - moved)
        for one in hit.hits
        if one.field == first.field and begin <= one.start and one.end <= end
    }
    return sentence, tuple(sorted(marks))
