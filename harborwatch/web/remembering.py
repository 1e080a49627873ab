"""Sums over whole tables, remembered for a minute as long as nothing new has come."""

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection

from archive.collecting.ledger import newest

#: how long a sum is shown: what changes without a new story or poll is late by so much
LASTS = timedelta(minutes=1)
#: sums that are remembered at a time
MOST = 200

_T = TypeVar("_T")


class Remembered:
    """What was added up, by the function that adds. Threads share it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        # Read and replaced whole: two threads may add up the same, never mix halves.
        self._kept: dict[tuple[Any, ...], tuple[tuple[int, int], datetime, Any]] = {}

    def of(self, db: Connection, add: Callable[..., _T], now: datetime, *given: Hashable) -> _T:
        """Return what `add` returns of `given`, from before where nothing came since.

        Nothing: neither a story nor a poll.
        """
        mark = newest(db)
        asked = (add, *given)
        if kept := self._kept.get(asked):
            was, since, value = kept
            if was == mark and timedelta(0) <= now - since < LASTS:
                found: _T = value
                return found
        made = add(db, *given)
        if len(self._kept) >= MOST:
            self._kept = {}
        self._kept[asked] = (mark, now, made)
        return made
