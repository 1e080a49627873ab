"""A page as the judge of blocks sees it, and which of its blocks are right."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import counting
import numpy as np
from block_pages import Sample

from news import Entry, Outlet, Refused, SourceError
from pipelines.reading.agreement import Reading, inside, words_of
from pipelines.reading.body.blocks import blocks_of
from pipelines.reading.body.bodies import description_of
from pipelines.reading.body.galleries import Pictures, pictures_of
from pipelines.reading.body.opinions import precise, readable
from pipelines.reading.body.traits import Known, traits_of
from pipelines.reading.decoding.decode import decode
from pipelines.reading.fetched import Fetched
from pipelines.reading.markup import parse
from pipelines.reading.metadata.metadata import read_metadata
from pipelines.reading.refusals import weight

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    collection: str
    publisher: str
    name: str
    title: str
    texts: list[str]
    weights: np.ndarray
    names: tuple[str, ...]
    pictures: Pictures
    matrix: np.ndarray
    #: the share of each block that is gold; -1 where nothing is known of it
    right: np.ndarray
    gold: str | None
    belongs: tuple[str, ...]
    foreign: tuple[str, ...]

    def score(self, text: str) -> tuple[float, float]:
        """Return precision and recall of a body."""
        if self.gold is not None:
            return counting.overlap(text, self.gold)
        flat = " ".join(text.split())
        hits = sum(_flat(part) in flat for part in self.belongs)
        wrong = sum(_flat(part) in flat for part in self.foreign)
        recall = hits / len(self.belongs) if self.belongs else 1.0
        return (hits / (hits + wrong) if hits + wrong else 0.0), recall


def seen(sample: Sample) -> Seen | None:
    """Look at a page; None where it has no text at all."""
    logging.disable(logging.CRITICAL)
    try:
        tree = parse(decode(sample.body, "text/html")[0])
        told = read_metadata(tree, circumstances(sample))
    except (Refused, SourceError):
        return None
    blocks = blocks_of(tree)
    if not blocks:
        return None
    texts = {"precise": precise(tree), "readable": readable(tree)}
    known = Known(
        title=told.title, description=description_of(told.fields),
        readings={name: Reading.of(text) for name, text in texts.items()},
    )  # fmt: skip
    traits = traits_of(blocks, known)
    lines = [block.text for block in blocks]
    return Seen(
        collection=sample.collection, publisher=sample.publisher, name=sample.name,
        title=told.title, texts=lines, weights=np.array([weight(line) for line in lines], float),
        names=traits.names, pictures=pictures_of(blocks), matrix=traits.matrix.astype(np.float32), right=right(lines, sample),
        gold=sample.gold, belongs=sample.belongs, foreign=sample.foreign,
    )  # fmt: skip


def circumstances(sample: Sample) -> Fetched:
    host = urlsplit(sample.address).netloc
    outlet = Outlet(
        id="gold", name=host, home=f"https://{host}/", country="XX", languages=("en",),
        zone="UTC", hosts=(host,),
    )  # fmt: skip
    entry = Entry(address=sample.address)
    return Fetched(address=sample.address, entry=entry, outlet=outlet, now=NOW)


def right(lines: list[str], sample: Sample) -> np.ndarray:
    if sample.gold is not None:
        gold = Reading.of(sample.gold)
        return np.array([inside(words_of(line), gold) for line in lines])
    return np.array([_told(_flat(line), sample) for line in lines])


def _told(line: str, sample: Sample) -> float:
    good = any(_flat(part) in line for part in sample.belongs)
    bad = any(_flat(part) in line for part in sample.foreign)
    return -1.0 if good == bad else float(good)


def _flat(text: str) -> str:
    return " ".join(text.split())
