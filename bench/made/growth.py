"""How large an index is, and how many stories a second an archive takes in on top of it."""

import random
from collections.abc import Callable, Sequence
from itertools import islice

from beside.raw_fts5 import RawFts5
from made.archives import Filled, page_kept, tokens_of
from made.corpus import Made, corpus
from sqlalchemy import Column, Connection, delete, func, select

from archive import tables
from archive.indexing import index
from archive.indexing.fts5 import Fts5
from archive.keeping import stories
from news import Dated, Precision, Story

#: stories that each way is given
STORIES = 2_000
#: as many anchors and keys of its event as a story of this size has, about
_ANCHORS, _KEYS = 30, 12


def growth(made: Filled, clock: Callable[[], float]) -> None:
    """Print stories a second, and leave the archive as it was."""
    told = list(islice(corpus(3 * STORIES, seed=7), STORIES))
    texts = [(story.title, story.body) for story in told]
    print(f"\nstories a second, {STORIES:,} more on top")
    began = clock()
    tokens = [tokens_of(text) for text in texts]
    show("folding and tokens alone", clock() - began)
    show("FTS5 alone, tokens ready, one write", _indexed(made, clock, Fts5().put, tokens))
    _forget(made, texts)
    show("archive.indexing.index.put, one write", _indexed(made, clock, index.put, texts))
    _forget(made, texts)
    show("archive.keeping.stories.create, a write each", _created(made, clock, told))
    _forget(made, texts)


def sizes(raw: RawFts5, made: Filled, number: int) -> None:
    """Print bytes a story."""
    print("\nbytes a story")
    print(f"{'headline and body':40}{raw.text_bytes() / number:8.0f}")
    print(f"{'index in FTS5':40}{raw.bytes() / number:8.0f}")
    if made.tantivy is not None:
        print(f"{'index in tantivy, with facets':40}{made.tantivy.bytes() / number:8.0f}")


def show(what: str, seconds: float) -> None:
    print(f"{what:40}{STORIES / seconds:8,.0f}", flush=True)


def _indexed(
    made: Filled,
    clock: Callable[[], float],
    put: Callable[[Connection, int, str, str], None],
    texts: Sequence[tuple[str, str]],
) -> float:
    first = _last(made) + 1
    began = clock()
    with made.archive.write() as db:
        for number, (title, body) in enumerate(texts, first):
            put(db, number, title, body)
    return clock() - began


def _created(made: Filled, clock: Callable[[], float], told: Sequence[Made]) -> float:
    page = page_kept(made.archive)
    whole = [_story(one, page) for one in told]
    began = clock()
    for story in whole:
        with made.archive.write() as db:
            stories.create(db, story)
    return clock() - began


def _last(made: Filled) -> int:
    """Return the highest number of the stories that belong here."""
    with made.archive.read() as db:
        return db.execute(select(func.max(tables.stories.c.id))).scalar() or 0


def _forget(made: Filled, texts: Sequence[tuple[str, str]]) -> None:
    with made.archive.write() as db:
        mine = tables.stories.c.address.like("https://growth.example/%")
        created = list(db.scalars(select(tables.stories.c.id).where(mine)))
        first = min(created) if created else _last(made) + 1
        for number, (title, body) in enumerate(texts, first):
            index.remove(db, number, title, body)
        if created:
            for column in _rows():
                db.execute(delete(column.table).where(column >= first))


def _rows() -> list[Column[int]]:
    """Return what a story's number stands in, the rows that refer to others first."""
    told = tables.stories.c.id
    referring = [
        key.parent
        for table in reversed(tables.METADATA.sorted_tables)
        for key in table.foreign_keys
        if key.column is told and table is not tables.stories
    ]
    return [*referring, told, tables.events.c.id]


def _story(told: Made, page: int) -> Story:
    chance = random.Random(told.number)
    key = f"growth.example/{told.number}"
    at = told.first_seen_at
    published = Dated(
        at=at,
        text=f"{at:%Y-%m-%d}",
        zone="UTC",
        origin="made",
        precision=Precision.MINUTE,
        confidence=1.0,
    )
    return Story(
        outlet=told.outlet,
        country=told.country,
        source=f"{told.outlet}/feed",
        page=page,
        page_key=key,
        address=f"https://{key}",
        key=key,
        title=told.title,
        titles=(("h1", told.title),),
        body=told.body,
        authors=(),
        published=published,
        modified=None,
        language=told.language,
        method="made",
        confidence=1.0,
        first_seen_at=at,
        fetched_at=at,
        history=False,
        anchors=tuple(sorted(chance.getrandbits(63) for _ in range(_ANCHORS))),
        event_keys=tuple(f"key {n}" for n in chance.sample(range(50_000), _KEYS)),
    )
