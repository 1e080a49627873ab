"""Which telling of an event was out first."""

from collections.abc import Sequence
from datetime import datetime

from news import Telling


def first_telling(tellings: Sequence[Telling]) -> Telling:
    """Return the telling that was out first: an original, where there is one.

    Where a text is known to be another telling's, that one is it, whenever it
    came. What is not trusted is the first only where nothing else tells it.
    """
    trusted = [line for line in tellings if not line.doubted] or tellings
    originals = [line for line in trusted if line.copy_of is None]
    first = min(originals or trusted, key=lambda line: (out_at(line), line.story))
    return next((line for line in trusted if line.story == first.origin_story), first)


def out_at(line: Telling) -> datetime:
    """Return the printed time where it is a time, not only a day; else when we saw it."""
    if line.published_at is not None and line.published_precision in {"second", "minute"}:
        return line.published_at
    return line.first_seen_at
