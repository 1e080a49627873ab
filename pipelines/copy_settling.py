"""Copy settling: what a story that came or was revised changes in its group of copies.

Who had the text first is decided again; and of a revised original, which
stories still repeat it.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from archive.grouping import copy_groups, likeness, vector_queue
from archive.keeping import stories
from news import CopyOf
from pipelines.doubts import hijacked
from pipelines.likenesses import CONTAINED, PART, SHARED
from pipelines.origins import origin


def settle(db: Connection, root: int, agencies: Mapping[str, str]) -> None:
    """Decide who had the text of an original and its copies first."""
    group = copy_groups.members(db, root)
    foreign = hijacked(group)
    if foreign:
        copy_groups.distrust(db, foreign, "hijacked")
        group = copy_groups.members(db, root)
    copy_groups.write(db, root, origin(group, agencies))


def relink(db: Connection, revised: int) -> list[int]:
    """Decide again which stories repeat a revised original; returns those that are another's now.

    What repeats the former text alone is a group of its own: the oldest of
    them is its original.
    """
    copies = copy_groups.copies_of(db, revised)
    held = likeness.anchors_of(db, [revised, *copies]) if copies else {}
    moved: list[int] = []
    # What is too old to be compared stays where it is.
    roots = [revised] if held.get(revised) else []
    for copy in copies if roots else ():
        if held[copy]:
            links = (_link(root, held[copy], held[root]) for root in roots)
            link = next(filter(None, links), None)
            if link is None or link.story != revised:
                copy_groups.link(db, copy, link)
                moved.append(copy)
            if link is None:
                roots.append(copy)
    _let_wait(db, roots[1:])
    return moved


def _link(root: int, own: set[int], other: set[int]) -> CopyOf | None:
    both, less = len(own & other), min(len(own), len(other))
    if both < SHARED or both < CONTAINED * less:
        return None
    kind = "summary" if len(own) <= PART * len(other) else "reprint"
    return CopyOf(story=root, kind=kind, containment=round(both / less, 3))


def _let_wait(db: Connection, originals: Iterable[int]) -> None:
    """Let stories that are originals now wait for a vector, which copies do not get."""
    for row in stories.load(db, list(originals)):
        vector_queue.add(db, row.id, row.revision, wanted=bool(row.topics))
