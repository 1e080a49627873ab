"""Copies: a text that repeats another's is linked to it, and shown once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from archive import stories
from archive.likeness import SharedAnchor, sharing_anchors
from news import CopyOf, Story
from pipelines.anchors import anchors_of
from pipelines.stages import Stage
from query import ready

#: anchors that two texts must share, and which share of the smaller one's;
#: swept on 17,472 documents in 8 languages (pairwise F1 .959)
SHARED, CONTAINED = 3, 0.3
#: an anchor in more unrelated texts than this, or in more of one outlet's, is boilerplate
BOILERPLATE = 4
#: a reprint that comes later than this stands as a story of its own: anchors are
#: pruned then, and a text is not compared with what may be gone (law 7)
KNOWN_FOR = timedelta(days=365)
#: a text with at most this share of the other's anchors is a part of it
PART = 0.5


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of the smaller text the other one has."""

    story: int
    root: int
    outlet: str
    anchors: int
    containment: float


def likenesses(own: Sequence[int], shared: Sequence[SharedAnchor]) -> list[Likeness]:
    """Return the archived stories that share this text, the most alike and oldest first."""
    said_often = boilerplate(shared)
    telling = [found for found in shared if found.anchor not in said_often]
    together: dict[int, list[SharedAnchor]] = defaultdict(list)
    for found in telling:
        together[found.story].append(found)
    alike = []
    for story, both in together.items():
        contained = len(both) / max(1, min(len(own), both[0].anchors))
        if len(both) >= SHARED and contained >= CONTAINED:
            first = both[0]
            alike.append(Likeness(story, first.root, first.outlet, first.anchors, contained))
    return sorted(alike, key=lambda like: (-like.containment, like.story))


def boilerplate(shared: Sequence[SharedAnchor]) -> frozenset[int]:
    """Return the anchors by which no text is known.

    Counted by originals, so that fifty reprints of one text are one; but within
    one outlet story by story: a short text that is half boilerplate passes for
    a copy of the outlet's first one, and would hide the boilerplate for ever.
    """
    texts: dict[tuple[int, str], set[int]] = defaultdict(set)
    for found in shared:
        texts[found.anchor, ""].add(found.root)
        texts[found.anchor, found.outlet].add(found.story)
    return frozenset(anchor for (anchor, _), those in texts.items() if len(those) > BOILERPLATE)


def linked(story: Story, own: Sequence[int], shared: Sequence[SharedAnchor]) -> Story:
    """Return the story with its copy links.

    It is a copy of the oldest text it repeats; but an older, much shorter
    text that stands in it whole was a summary of it, whoever came first.
    """
    alike = likenesses(own, shared)
    parts = [like for like in alike if like.root == like.story and _is_part(like, len(own))]
    others = [like for like in alike if like not in parts]
    return replace(
        story,
        anchors=tuple(own),
        copy_of=_copy(others[0], len(own)) if others else None,
        parts=() if others else tuple(_part(like) for like in parts),
    )


def _is_part(like: Likeness, own: int) -> bool:
    return like.anchors <= PART * own and like.containment >= PART


def _part(like: Likeness) -> CopyOf:
    return CopyOf(story=like.story, kind="summary", containment=like.containment)


def _copy(like: Likeness, own: int) -> CopyOf:
    kind = "summary" if own <= PART * like.anchors else "reprint"
    return CopyOf(story=like.root, kind=kind, containment=round(like.containment, 3))


class Copies(Stage):
    """Story to story with its copy links."""

    def process_item(self, item: Story) -> Story:
        """Compare with every archived story that shares an anchor."""
        own = anchors_of(ready(item.title), ready(item.body))
        with self.tools.archive.read() as db:
            shared = sharing_anchors(db, own, item.first_seen_at - KNOWN_FOR)
            known = stories.find(db, (item.key, item.page_key))
        # A revision is no copy of itself, nor of its own copies.
        mine = known.id if known else None
        return linked(
            item, own, [found for found in shared if mine not in (found.story, found.root)]
        )
