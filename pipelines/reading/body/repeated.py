"""What an outlet repeats under its stories: lines that are no part of any.

A box that three different stories of one outlet carry word for word is the
outlet's furniture: an appeal, a disclaimer, a list of services. What has been
seen is kept per outlet as hashes, never as text; all here is pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import xxhash

from pipelines.reading.agreement import words_of

#: Stories of an outlet that must carry a line before it is cut. Two may be a story
#: and its follow-up, which repeat their background.
_STORIES = 3
#: They must stand within so many stories of the outlet: a ministry's full name
#: alone on its line comes and goes, a box stays.
_WITHIN = 30
#: Lines that are remembered for an outlet, at most.
MOST = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """Lines of an outlet's stories, and how many stories had each."""

    #: different stories seen
    stories: int = 0
    #: by hash of line: (stories that had it, number of the first one, of the last one)
    lines: Mapping[int, tuple[int, int, int]] = field(default_factory=dict)

    def holds(self, text: str) -> bool:
        """Say whether a line is the outlet's furniture."""
        count, _, _ = self.lines.get(hashed(text), (0, 0, 0))
        return count >= _STORIES


def hashed(text: str) -> int:
    """Return the hash of a line's words, of 63 bits; case and signs do not count."""
    folded = " ".join(words_of(text)).casefold()
    return xxhash.xxh3_64_intdigest(folded.encode("utf-8", "replace")) >> 1


def learn(known: Repeated, story: Iterable[int]) -> Repeated:
    """Return what is known after one more story, given as its lines' hashes.

    Each story is to be given once, not each of its revisions. What is cut from
    then on is not seen again, so a line that held once holds until forgotten.
    """
    number = known.stories + 1
    lines = dict(known.lines)
    for line in set(story):
        count, first, _ = lines.get(line, (0, number, number))
        stale = count < _STORIES and number - first >= _WITHIN
        lines[line] = (1, number, number) if stale else (count + 1, first, number)
    if len(lines) > MOST:
        # Those last seen longest ago go; of them the rarest first.
        order = sorted(lines, key=lambda line: (lines[line][2], lines[line][0]), reverse=True)
        lines = {line: lines[line] for line in order[: MOST // 2]}
    return Repeated(stories=number, lines=lines)
