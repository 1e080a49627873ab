"""What an outlet repeats under its stories: lines that are no part of any.

A box that three different stories of one outlet carry word for word is the
outlet's furniture: an appeal, a disclaimer, a list of services. What has been
seen is kept per outlet as hashes, never as text; all here is pure, and light
enough for both sides of a worker.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import xxhash

from pipelines.reading.agreement import words_of

#: Stories of an outlet that must carry a line before it is cut. Two may be a story
#: and its follow-up, which repeat their background.
STORIES = 3
#: They must stand within so many stories of the outlet: a ministry's full name
#: alone on its line comes and goes, a box stays.
_WITHIN = 30
#: Lines that are remembered for an outlet, at most.
MOST = 4_000


class Seen(NamedTuple):
    """How often a line was seen, by the numbers of the outlet's stories."""

    #: stories that had it
    times: int
    first: int
    last: int

    @property
    def is_box(self) -> bool:
        """Say whether a line was seen often enough to be cut."""
        return self.times >= STORIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """The lines that are cut from an outlet's stories, as hashes."""

    lines: frozenset[int] = frozenset()

    def holds(self, text: str) -> bool:
        """Say whether a line is the outlet's furniture."""
        return bool(self.lines) and hashed(text) in self.lines

    def without(self, text: str) -> str:
        """Return a text without the lines that are furniture."""
        if not self.lines:
            return text
        return "\n".join(line for line in text.split("\n") if not self.holds(line))


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """Lines of an outlet's stories, and how many stories had each."""

    #: different stories seen
    stories: int = 0
    #: by hash of line
    lines: Mapping[int, Seen] = field(default_factory=dict)

    @property
    def furniture(self) -> Furniture:
        """Return what of it is cut."""
        return Furniture(lines=frozenset(line for line, seen in self.lines.items() if seen.is_box))


def hashed(text: str) -> int:
    """Return the hash of a line's words, of 63 bits; case and signs do not count."""
    folded = unicodedata.normalize("NFC", " ".join(words_of(text)).casefold())
    return xxhash.xxh3_64_intdigest(folded.encode("utf-8", "replace")) >> 1


def hashes(text: str) -> frozenset[int]:
    """Return the hashes of a text's lines."""
    return frozenset(map(hashed, text.split("\n")))


def learn(known: Repeated, story: Iterable[int]) -> Repeated:
    """Return what is known after one more story, given as its lines' hashes.

    Each story is to be given once, not each of its revisions. What is cut from
    then on is not seen again, so a line that held once holds until forgotten.
    """
    number = known.stories + 1
    lines = {**known.lines, **{line: _seen(known.lines.get(line), number) for line in story}}
    return Repeated(stories=number, lines=lines)


def forgotten(known: Repeated) -> frozenset[int]:
    """Return which lines are forgotten: none as long as there are not too many.

    Those last seen longest ago go; of them the rarest first.
    """
    lines = known.lines
    if len(lines) <= MOST:
        return frozenset()
    order = sorted(lines, key=lambda line: (lines[line].last, lines[line].times, line))
    return frozenset(order[: len(lines) - MOST // 2])


def _seen(known: Seen | None, number: int) -> Seen:
    if known is None or (not known.is_box and number - known.first >= _WITHIN):
        return Seen(1, number, number)
    return Seen(known.times + 1, known.first, number)
