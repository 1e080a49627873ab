"""Vectors for the stories that wait for one: the watched first, the rest when idle.

A vector arrives whenever it is made; the groups are the same in any order,
since a story's ties are drawn again with each vector that it or a neighbour
gets (see event_settling).
"""

import asyncio
import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from archive import Archive
from archive.grouping import vector_queue, vectors
from archive.grouping.vectors import Values
from archive.keeping import stories
from archive.locks import EVENTS, hold
from news import Refused
from pipelines.embedding import Embedder, first_words
from pipelines.event_settling import WINDOW, Settler

_log = logging.getLogger(__name__)

#: stories told within this time are compared anew when the means have moved
OPEN = 2 * WINDOW
#: before any story
_FIRST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a round did."""

    embedded: int = 0
    refused: int = 0


async def work(
    archive: Archive,
    settler: Settler,
    embedder: Embedder,
    *,
    seconds: float,
    rest: bool = True,
) -> Done:
    """Make vectors for about so many seconds; `rest` says whether for unwatched stories too."""
    until, made, refused = time.monotonic() + seconds, 0, 0
    await asyncio.to_thread(_use, archive, embedder.model)
    while time.monotonic() < until:
        found = await asyncio.to_thread(_next, archive, rest)
        if found is None:
            break
        story, revision, text = found
        try:
            values = await embedder.embed(text)
        except Refused as error:
            _log.warning("no vector for story %s: %s", story, error)
            refused += 1
            await asyncio.to_thread(_leave, archive, story)
        else:
            await asyncio.to_thread(_keep, archive, settler, story, revision, values)
            made += 1
    return Done(embedded=made, refused=refused)


def learn(
    archive: Archive, settler: Settler, *, always: bool = False, older: bool = False
) -> bool:
    """Learn the languages' means anew where there is enough to; returns whether one moved.

    The stories of the last days are compared anew then; older events stay,
    but where `older` asks for them too.
    """
    with archive.write() as db:
        hold(db, EVENTS)
        if not (always or vectors.learnable(db)) or not vectors.learn_means(db):
            return False
        newest = vectors.newest(db)
        if newest is not None:
            settler.again(db, vectors.stories_since(db, _FIRST if older else newest - OPEN))
    return True


def carry(archive: Archive, into: Archive, settler: Settler) -> int:
    """Give a replayed archive the vectors and means of the one it was replayed from (law 7).

    Returns how many; a story is known by its keys, its vector by its revision.
    """
    with archive.read() as db:
        means, kept = vectors.means(db), vectors.every(db)
        model, keys = vector_queue.model(db), stories.keys_of(db, [one.story for one in kept])
    if kept:
        _use(into, model)
    with into.write() as db:
        vectors.set_means(db, means)
    carried = 0
    for one in kept:
        with into.write() as db:
            same = stories.find(db, keys[one.story])
            if same is not None and vector_queue.done(db, same.id, one.revision):
                settler.understood(db, same.id, one.revision, one.values)
                carried += 1
    return carried


def _use(archive: Archive, model: str) -> None:
    """Let every vector be of one model: those of another are made again."""
    with archive.read() as db:
        if vector_queue.model(db) == model:
            return
    with archive.write() as db:
        vector_queue.change_model(db, model)


def _next(archive: Archive, rest: bool) -> tuple[int, int, str] | None:
    with archive.read() as db:
        waiting = vector_queue.first(db, 1, wanted=True)
        if not waiting and rest:
            waiting = vector_queue.first(db, 1, wanted=False)
        if not waiting:
            return None
        ((story, revision),) = waiting
        said = stories.revision(db, story, revision)
    return story, revision, first_words(said.title, said.body)


def _leave(archive: Archive, story: int) -> None:
    with archive.write() as db:
        vector_queue.done(db, story)


def _keep(archive: Archive, settler: Settler, story: int, revision: int, values: Values) -> None:
    with archive.write() as db:
        hold(db, EVENTS)
        if vector_queue.done(db, story, revision):
            settler.understood(db, story, revision, values)
