"""Tallies: how many of an event's stories are releases, reprints and reports of their own. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Copied(Protocol):
    """A story that may be a copy, and may be a press release."""

    @property
    def copy_of(self) -> int | None:
        """The story whose text it repeats."""

    @property
    def release(self) -> bool:
        """Whether its text is a press release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How an event is told."""

    #: press releases, each counted once
    releases: int
    #: stories that repeat the text of another, of a release too
    reprints: int
    #: reports of their own
    originals: int


def tally(stories: Iterable[Copied]) -> Tally:
    """Count the stories of an event."""
    told = list(stories)
    first = [story for story in told if story.copy_of is None]
    releases = sum(story.release for story in first)
    return Tally(
        releases=releases, reprints=len(told) - len(first), originals=len(first) - releases
    )
