"""Runs of tokens that return in several stories, and how free they are of their neighbours."""

import math
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from query.documents import Document, FieldText
from query.scripts import APOSTROPHES, DASHES, DOTS, QUOTES
from query.syntax import Field
from query.tokens import BREAK, is_unspaced

#: stories that a candidate must stand in
LEAST = 2
#: tokens of the longest candidate: words, or letters of scripts without spaces
#: (the longest sure name of the harbor has 7 and 44)
WORDS, LETTERS = 8, 48
#: letters of the shortest
SHORTEST = 4
#: tokens of a field that are looked at
READ = 1_500

_FIELDS: tuple[Field, ...] = ("title", "body")
#: the first Han letter; those of other scripts without spaces stand before it
HAN = "\u2e80"
#: what may stand between two words of a name
_WITHIN = frozenset(f"{DASHES}{DOTS}{QUOTES}{APOSTROPHES} \t\u00a0\u200b")

Gram = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A field of a story, cut where no name goes on."""

    story: int
    name: Field
    field: FieldText
    #: index of each token's run; a name stays within one
    runs: Sequence[int]


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a candidate stands: (text, first token)."""

    places: list[tuple[int, int]]
    stories: int


def texts_of(documents: Sequence[Document]) -> Iterator[Text]:
    """Yield headlines and bodies, with where a name must end in them."""
    for number, document in enumerate(documents):
        for name in _FIELDS:
            field = document.text_of(name)
            yield Text(number, name, field, list(_runs(field)))


def _runs(field: FieldText) -> Iterator[int]:
    """Yield for each token in which run it stands; marks of the press end a run."""
    text, run, last = field.folded.text, 0, 0
    found = field.split
    for word, start, end in islice(zip(found.words, found.starts, found.ends, strict=True), READ):
        if word == BREAK or not _WITHIN.issuperset(text[last:start]):
            run += 1
        yield run
        run += word == BREAK
        last = end


def repeated(texts: Sequence[Text]) -> dict[Gram, Seen]:
    """Return the runs of tokens that stand in several stories, with their places.

    Level by level: a run can only return where its beginning and its end do.
    """
    found: dict[Gram, Seen] = {}
    level = [
        (at, first)
        for at, text in enumerate(texts)
        for first, token in enumerate(text.field.words[:READ])
        if token != BREAK
    ]
    for size in range(1, LETTERS + 1):
        grams = _grams(texts, level, size)
        found |= {gram: seen for gram, seen in grams.items() if _is_long(gram)}
        kept = {place for seen in grams.values() for place in seen.places}
        level = [
            (at, first)
            for at, first in sorted(kept)
            if (at, first + 1) in kept and _goes_on(texts[at], first, size + 1)
        ]
        if not level:
            break
    return found


def _grams(
    texts: Sequence[Text], places: Sequence[tuple[int, int]], size: int
) -> dict[Gram, Seen]:
    where: dict[Gram, list[tuple[int, int]]] = {}
    for at, first in places:
        words = texts[at].field.words
        where.setdefault(tuple(words[first : first + size]), []).append((at, first))
    made: dict[Gram, Seen] = {}
    for gram, stands in where.items():
        if len(stands) >= LEAST:
            stories = len({texts[at].story for at, _ in stands})
            if stories >= LEAST:
                made[gram] = Seen(stands, stories)
    return made


def _goes_on(text: Text, first: int, size: int) -> bool:
    last = first + size - 1
    if last >= len(text.runs) or text.runs[last] != text.runs[first]:
        return False
    return size <= WORDS or is_unspaced(text.field.words[first + WORDS])


def _is_long(gram: Gram) -> bool:
    """Say whether tokens are long enough for a name: three Han letters, four of others."""
    if all(map(is_unspaced, gram)):
        return len(gram) >= (SHORTEST - 1 if gram[0] >= HAN else SHORTEST)
    return sum(map(len, gram)) >= SHORTEST


def freedom(gram: Gram, seen: Seen, texts: Sequence[Text], common: Container[str] = ()) -> float:
    """Return the bits of surprise on the side where a candidate is less free.

    Beyond the edge of a run anything could stand, and so it could beyond a
    `common` word: a name is not less free for the article before it.
    """

    def beyond(distance: int) -> list[object]:
        return [
            _neighbour(texts[at], first, distance, common) or (at, first)
            for at, first in seen.places
        ]

    return min(_entropy(beyond(-1)), _entropy(beyond(len(gram))))


def _neighbour(text: Text, first: int, distance: int, common: Container[str]) -> str:
    at = first + distance
    if not 0 <= at < len(text.runs) or text.runs[at] != text.runs[first]:
        return ""
    word = text.field.words[at]
    return "" if word in common else word


def _entropy(seen: Sequence[object]) -> float:
    counts = Counter(seen)
    return -sum(n / len(seen) * math.log2(n / len(seen)) for n in counts.values())


def written(field: FieldText, first: int, size: int) -> str:
    """Return so many tokens as the story writes them."""
    begin, end = field.original((first, first + size))
    return field.folded.source[begin:end]
