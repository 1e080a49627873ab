"""Furniture: what an outlet repeats under its stories, learnt story by story.

What is learnt goes into the archive with the story that it was learnt from.
A page is read by what the stories before it taught, in the order of pages, so
that replay cuts the same lines (law 7).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from archive.keeping import furniture
from archive.keeping.furniture import Learnt, Line
from news import Story
from pipelines.reading.body.repeated import (
    MOST,
    STORIES,
    Furniture,
    Repeated,
    Seen,
    forgotten,
    hashes,
    learn,
)

#: A story with this share of another one's anchors is that story again. What shares
#: less may do so for its furniture, as short stories over a long disclaimer do.
_SAME = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What is cut from an outlet's stories, and with which of them that changed last."""

    changed: int = 0
    furniture: Furniture = field(default_factory=Furniture)


class Known:
    """What is cut from each outlet's stories; read from the archive when it has changed."""

    def __init__(self) -> None:
        self._cuts: dict[str, Cut] = {}

    def of(self, db: Connection, outlet: str) -> Cut:
        """Return what is cut from an outlet's stories now."""
        changed = furniture.of(db, outlet).changed
        cut = self._cuts.get(outlet, Cut())
        if cut.changed != changed:
            lines = furniture.at_least(db, outlet, STORIES)
            cut = Cut(changed=changed, furniture=Furniture(lines=lines))
            self._cuts[outlet] = cut
        return cut


def learn_from(db: Connection, story: Story) -> None:
    """Learn from a story that was just archived for the first time.

    What repeats another story's text teaches nothing: an outlet that puts one
    story at several addresses would have all of its lines cut.
    """
    if story.copy_of is not None and story.copy_of.containment >= _SAME:
        return
    outlet, own = story.outlet, hashes(story.body)
    learnt = furniture.to_learn(db, outlet)
    known = _known(furniture.lines(db, outlet, own), learnt)
    after = learn(known, own)
    grown = known.furniture != after.furniture
    learnt = Learnt(
        stories=after.stories,
        lines=learnt.lines + len(after.lines) - len(known.lines),
        changed=after.stories if grown else learnt.changed,
    )
    furniture.write(db, outlet, learnt, after.lines)
    if learnt.lines > MOST:
        _forget(db, outlet, learnt)


def _forget(db: Connection, outlet: str, learnt: Learnt) -> None:
    known = _known(furniture.lines(db, outlet), learnt)
    gone = forgotten(known)
    furniture.forget(db, outlet, gone)
    left = len(known.lines) - len(gone)
    # A box may be among them: what is cut is to be looked up anew.
    furniture.write(db, outlet, replace(learnt, lines=left, changed=learnt.stories), {})


def _known(lines: Mapping[int, Line], learnt: Learnt) -> Repeated:
    return Repeated(
        stories=learnt.stories, lines={line: Seen(*seen) for line, seen in lines.items()}
    )
