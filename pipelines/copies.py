"""Copies: a text that repeats another's is linked to it, and shown once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from archive.grouping import copy_groups
from archive.grouping.likeness import SharedText, sharing_anchors
from archive.keeping import stories
from news import CopyOf, Story
from pipelines.anchors import Anchored, anchored
from pipelines.credits import credit
from pipelines.doubts import foreign_words, is_copier, is_spun
from pipelines.likenesses import PART, Likeness, likenesses
from pipelines.releases import release_words
from pipelines.stages import Stage, Tools
from query import ready

#: a reprint that comes later than this stands as a story of its own: anchors are
#: pruned then, and a text is not compared with what may be gone (law 7)
KNOWN_FOR = timedelta(days=365)


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
        doubt="spun" if others and _is_spun(story, own, others[0]) else "",
    )


def marked(story: Story, outlets: Mapping[str, str]) -> Story:
    """Return the story with what its text says of where it comes from.

    `outlets` are the names of the outlets that a text may credit, by id.
    """
    named = credit(story, outlets)
    return replace(
        story,
        credit=named.to,
        credit_by=named.by,
        release_words=release_words(story.title, story.body),
        foreign_words=foreign_words(f"{story.title}\n{story.body}"),
    )


def _is_spun(story: Story, own: Anchored, like: Likeness) -> bool:
    elsewhere = like.outlet != story.outlet
    return elsewhere and is_spun(own, like.both, like.containment, like.anchors, story.language)


def _is_part(like: Likeness, own: int) -> bool:
    return like.anchors <= PART * own and like.containment >= PART


def _part(like: Likeness) -> CopyOf:
    return CopyOf(story=like.story, kind="summary", containment=like.containment)


def _copy(like: Likeness, own: int) -> CopyOf:
    kind = "summary" if own <= PART * like.anchors else "reprint"
    return CopyOf(story=like.root, kind=kind, containment=round(like.containment, 3))


class Copies(Stage):
    """Story to story with its copy links, and what its text says of where it comes from."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._names = {outlet.id: outlet.name for outlet in tools.outlets.values()}

    def process_item(self, item: Story) -> Story:
        """Compare with every archived story that shares an anchor."""
        own = anchored(ready(item.title), ready(item.body))
        with self.tools.archive.read() as db:
            since = item.first_seen_at - KNOWN_FOR
            shared = sharing_anchors(db, own.in_order(), since)
            # A revision is no copy of itself, nor of its own copies.
            known = stories.number_of(db, (item.key, item.page_key)) if shared else None
            shared = [found for found in shared if known not in (found.story, found.root)]
            said = marked(linked(item, own, shared), self._names)
            if said.copy_of and not said.credit and not said.doubt:
                habit = copy_groups.habit(db, said.outlet)
                return replace(said, doubt="copies without credit") if is_copier(habit) else said
        return said
