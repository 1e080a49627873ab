"""What changed between two texts: paragraphs first, words in those that changed. Pure.

Scripts without spaces are compared letter cluster by letter cluster.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

#: words with the space after them, and letters of scripts without spaces with their marks
_UNIT = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3]*"
    r"|[^\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+\s*|\s+"
)
#: units of a paragraph beyond which it is told as a whole: comparing is quadratic
LONGEST = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A part of a text, as it was and is."""

    kind: Literal["same", "gone", "added"]
    text: str


def differences(old: str, new: str) -> tuple[Change, ...]:
    """Return the texts as one: what stayed, what went and what came, in order."""
    return tuple(_joined(_lines(old.splitlines(keepends=True), new.splitlines(keepends=True))))


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal":
            yield Change(kind="same", text=before)
        elif tag == "replace":
            yield from _units(_UNIT.findall(before), _UNIT.findall(after))
        else:
            yield from _told(before, after)


def _units(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    if max(len(old), len(new)) > LONGEST:
        yield from _told("".join(old), "".join(new))
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Change(kind="same", text="".join(old[a:b]))
        else:
            yield from _told("".join(old[a:b]), "".join(new[c:d]))


def _told(before: str, after: str) -> Iterator[Change]:
    if before:
        yield Change(kind="gone", text=before)
    if after:
        yield Change(kind="added", text=after)


def _joined(changes: Iterator[Change]) -> Iterator[Change]:
    """Join neighbours of one kind."""
    waiting: Change | None = None
    for one in changes:
        if waiting is not None and waiting.kind == one.kind:
            waiting = Change(kind=one.kind, text=waiting.text + one.text)
            continue
        if waiting is not None:
            yield waiting
        waiting = one
    if waiting is not None:
        yield waiting
