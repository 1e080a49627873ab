"""Copies: a text that repeats another's is linked to it, and shown once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from archive import stories
from archive.likeness import SharedText, sharing_anchors
from news import CopyOf, Story
from pipelines.anchors import Anchored, anchored
from pipelines.likenesses import Likeness, likenesses
from pipelines.stages import Stage
from query import ready

#: a reprint that comes later than this stands as a story of its own: anchors are
#: pruned then, and a text is not compared with what may be gone (law 7)
KNOWN_FOR = timedelta(days=365)
#: a text with at most this share of the other's anchors is a part of it
PART = 0.5


def linked(story: Story, own: Anchored, shared: Sequence[SharedText]) -> Story:
    """Return the story with its copy links.

    It is a copy of the oldest text it repeats; but an older, much shorter
    text that stands in it whole was a summary of it, whoever came first.
    """
    mine = own.in_order()
    alike = likenesses(story.outlet, own, shared)
    parts = [like for like in alike if like.root == like.story and _is_part(like, len(mine))]
    others = [like for like in alike if like not in parts]
    return replace(
        story,
        anchors=mine,
        copy_of=_copy(others[0], len(mine)) if others else None,
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
        own = anchored(ready(item.title), ready(item.body))
        with self.tools.archive.read() as db:
            shared = sharing_anchors(db, own.in_order(), item.first_seen_at - KNOWN_FOR)
            known = stories.number_of(db, (item.key, item.page_key))
        # A revision is no copy of itself, nor of its own copies.
        return linked(
            item, own, [found for found in shared if known not in (found.story, found.root)]
        )
