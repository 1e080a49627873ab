"""A story's text in paragraphs, the words that name a topic or answer a question apart. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from alerts.clean import clean

#: characters of a text that are shown; the rest is in the raw response
LONGEST = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Words to be marked, in characters from the start of the text."""

    start: int
    end: int
    #: the topic that they name; "" for a question's words
    topic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A part of a paragraph in which the same is marked."""

    text: str
    #: topics that these words name
    topics: tuple[str, ...]
    #: they answer the question
    hit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph in runs."""

    runs: tuple[Run, ...]


def marked(text: str, spots: Sequence[Spot]) -> tuple[Paragraph, ...]:
    """Return a text in paragraphs with these spots marked; they may overlap."""
    found, at = [], 0
    for line in text[:LONGEST].splitlines(keepends=True):
        if line.strip():
            runs = tuple(_runs(text, at, at + len(line.rstrip("\r\n")), spots))
            found.append(Paragraph(runs=runs))
        at += len(line)
    return tuple(found)


def _runs(text: str, begin: int, end: int, spots: Sequence[Spot]) -> Iterator[Run]:
    here = [spot for spot in spots if spot.start < end and spot.end > begin]
    edges = {begin, end, *(max(begin, spot.start) for spot in here)}
    edges |= {min(end, spot.end) for spot in here}
    ordered = sorted(edges)
    for a, b in pairwise(ordered):
        over = [spot for spot in here if spot.start < b and spot.end > a]
        shown = _shown(text[a:b])
        if shown:
            topics = tuple(dict.fromkeys(spot.topic for spot in over if spot.topic))
            yield Run(text=shown, topics=topics, hit=any(not spot.topic for spot in over))


def _shown(text: str) -> str:
    """Return a part of a line made harmless; the spaces at its ends hold the parts apart."""
    middle = clean(text)
    if not middle:
        return " " if text else ""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() else ""
    return before + middle + after
