"""An archive filled with made-up stories, and a tantivy index of the same tokens beside it.

Stories, revisions and mentions are inserted in bulk; the tokens come from
query.index_text, made by as many processes as there are cores, and go into
the full-text index by the same function that archive.index.put uses.
"""

import importlib.util
import multiprocessing
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from made.corpus import PLANTED, Made, corpus
from sqlalchemy import Connection, insert

from archive import Archive, open_archive
from archive.collecting import sightings, sources
from archive.indexing import index
from archive.keeping import pages
from archive.tables import events, mentions, revisions, stories
from news import Conditions, Entry, Page, Sighting, Source
from query import index_text

if TYPE_CHECKING:
    from beside.tantivy_index import Tantivy

_CHUNK = 5_000
_SOURCE = Source(id="made/feed", outlet="made", way="feed", address="https://made.example/feed")

Tokens = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """An archive full of stories, and what stands beside it."""

    archive: Archive
    path: Path
    #: None where tantivy is not installed
    tantivy: "Tantivy | None"
    #: seconds it took, and of them those inside FTS5 and inside tantivy; None: kept from before
    seconds: tuple[float, float, float] | None


def filled(folder: Path, count: int) -> Filled:
    """Open the archive of so many stories in a folder; make it where there is none."""
    path, ready = folder / f"stories-{count}.db", folder / f"stories-{count}.ready"
    if not ready.exists():
        for old in folder.glob(f"stories-{count}.db*"):
            old.unlink()
    archive = open_archive(f"sqlite:///{path}")
    beside = _beside(folder / f"stories-{count}.tantivy")
    if ready.exists():
        return Filled(archive=archive, path=path, tantivy=beside, seconds=None)
    seconds = _fill(archive, beside, count)
    ready.touch()
    return Filled(archive=archive, path=path, tantivy=beside, seconds=seconds)


def page_kept(archive: Archive) -> int:
    """Keep one page that every made-up story claims to come from; returns its number."""
    at = next(corpus(1)).first_seen_at
    address = "https://made.example/1"
    seen = Sighting(
        source=_SOURCE.id,
        outlet=_SOURCE.outlet,
        way=_SOURCE.way,
        address=address,
        key="made.example/1",
        seen_at=at,
        entry=Entry(address=address),
    )
    page = Page(
        outlet=seen.outlet,
        source=seen.source,
        address=address,
        final_address=address,
        key=seen.key,
        fetched_at=at,
        status=200,
        content_type="text/html",
        body=b"<html>",
        first_seen_at=at,
        entry=seen.entry,
        conditions=Conditions(body_hash=pages.body_hash(b"<html>")),
    )
    with archive.write() as db:
        sources.synchronise(db, [_SOURCE], at)
        sightings.record(db, [seen], history=False)
        return pages.keep(db, page, None)


def _beside(folder: Path) -> "Tantivy | None":
    if importlib.util.find_spec("tantivy") is None:
        return None
    from beside.tantivy_index import Tantivy

    return Tantivy(folder)


def _fill(archive: Archive, beside: "Tantivy | None", count: int) -> tuple[float, float, float]:
    began, fts5, tantivy = time.perf_counter(), 0.0, 0.0
    page = page_kept(archive)
    for chunk, tokens in _tokenised(count):
        with archive.write() as db:
            _write(db, page, chunk)
            fts5 += _index(db, chunk, tokens)
        tantivy += _index_beside(beside, chunk, tokens)
        if sys.stderr.isatty():
            print(f"\r{chunk[-1].number:,} stories", end="", file=sys.stderr, flush=True)
    if beside is not None:
        merging = time.perf_counter()
        beside.end()
        tantivy += time.perf_counter() - merging
    archive.tidy()
    return time.perf_counter() - began, fts5, tantivy


def _tokenised(count: int) -> Iterator[tuple[list[Made], list[Tokens]]]:
    """Yield stories with their tokens; the next ones are made meanwhile."""
    told = corpus(count)
    with multiprocessing.get_context("spawn").Pool() as pool:
        before = None
        while chunk := list(islice(told, _CHUNK)):
            texts = [(story.title, story.body) for story in chunk]
            asked = pool.map_async(tokens_of, texts, chunksize=100)
            if before is not None:
                yield before[0], before[1].get()
            before = chunk, asked
        if before is not None:
            yield before[0], before[1].get()


def tokens_of(text: Tokens) -> Tokens:
    """Return the tokens of a headline and a body; runs in a process of its own."""
    title, body = text
    return index_text(title), index_text(body)


def _write(db: Connection, page: int, chunk: Sequence[Made]) -> None:
    db.execute(insert(events), [_event(story) for story in chunk])
    db.execute(insert(stories), [_story(story) for story in chunk])
    db.execute(insert(revisions), [_revision(story, page) for story in chunk])
    if found := [_mention(story, name) for story in chunk for name in story.names]:
        db.execute(insert(mentions), found)


def _index(db: Connection, chunk: Sequence[Made], tokens: Sequence[Tokens]) -> float:
    began = time.perf_counter()
    for story, (title, body) in zip(chunk, tokens, strict=True):
        index.put_tokens(db, story.number, title, body)
    return time.perf_counter() - began


def _index_beside(
    beside: "Tantivy | None", chunk: Sequence[Made], tokens: Sequence[Tokens]
) -> float:
    began = time.perf_counter()
    for story, (title, body) in zip(chunk, tokens, strict=True) if beside else ():
        day = f"{story.first_seen_at:%Y-%m-%d}"
        facets = (story.outlet, story.language, story.country, day)
        assert beside is not None, "there is nothing to loop over without it"
        beside.put(story.number, title, body, facets)
    return time.perf_counter() - began


def _event(story: Made) -> Mapping[str, Any]:
    at = story.first_seen_at
    return {"id": story.number, "opened_at": at, "last_seen_at": at}


def _story(story: Made) -> Mapping[str, Any]:
    return {
        "id": story.number,
        "outlet": story.outlet,
        "country": story.country,
        "source": f"{story.outlet}/feed",
        "address": f"https://{story.outlet}.example/{story.number}",
        "language": story.language,
        "published_at": story.first_seen_at,
        "first_seen_at": story.first_seen_at,
        "history": False,
        "revision": 1,
        "event": story.number,
    }


def _revision(story: Made, page: int) -> Mapping[str, Any]:
    return {
        "story": story.number,
        "number": 1,
        "page": page,
        "seen_at": story.first_seen_at,
        "title": story.title,
        "titles": [["h1", story.title]],
        "body": story.body,
        "authors": [],
        "method": "made",
        "confidence": 1.0,
        "images": [],
        "facts": [],
    }


def _mention(story: Made, name: int) -> Mapping[str, Any]:
    words = PLANTED[story.language][name]
    start = story.body.index(words)
    return {
        "story": story.number,
        "revision": 1,
        "topic": f"planted-{name}",
        "field": "body",
        "start": start,
        "end": start + len(words),
        "words": words,
        "clause": f'"{words.lower()}"',
        "sentence": words,
    }
