"""Sums over whole tables, remembered for a minute as long as nothing new has come.

Where adding takes long, a sum is shown for a while even when something came: else
a large archive that is being filled would do nothing but add.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection

from archive.collecting.ledger import newest

#: how long a sum is shown: what changes without a new story or poll is late by so much
LASTS = timedelta(minutes=1)
#: a sum that took so many seconds of CPU outlives what comes, by so many times as long:
#: adding takes a sixtieth of the time at most. A twentieth was a third of what a busy page
#: did beside a crawl at 100,000 stories: several sums, each added anew every second.
LONG, TIMES = 0.02, 60
#: sums that are remembered at a time
MOST = 200

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    #: the newest story and poll when it was added up
    mark: tuple[int, int]
    at: datetime
    #: how long it took
    took: float
    value: Any

    def is_young(self, now: datetime) -> bool:
        return timedelta(0) <= now - self.at < LASTS

    def holds(self, mark: tuple[int, int], now: datetime) -> bool:
        if not self.is_young(now):
            return False
        late = timedelta(seconds=TIMES * self.took if self.took >= LONG else 0.0)
        return mark == self.mark or now - self.at < late


class Remembered:
    """What was added up, by the function that adds. Threads share it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: dict[tuple[Any, ...], _Sum] = {}
        # One thread adds; the others show what there was, or wait for what it finds.
        self._adding: defaultdict[tuple[Any, ...], Lock] = defaultdict(Lock)

    def of(self, db: Connection, add: Callable[..., _T], now: datetime, *given: Hashable) -> _T:
        """Return what `add` returns of `given`, from before where nothing came since.

        Nothing: neither a story nor a poll.
        """
        mark = newest(db)
        asked = (add, *given)
        adding, kept = self._adding[asked], self._kept.get(asked)
        shown = kept if kept is not None and kept.is_young(now) else None
        if not adding.acquire(blocking=shown is None):
            assert shown is not None, "else it was waited for"
            old: _T = shown.value
            return old
        try:
            kept = self._kept.get(asked)
            if kept is None or not kept.holds(mark, now):
                kept = self._added(db, asked, mark, now)
        finally:
            adding.release()
        found: _T = kept.value
        return found

    def _added(
        self, db: Connection, asked: tuple[Any, ...], mark: tuple[int, int], now: datetime
    ) -> _Sum:
        add, *given = asked
        begun = time.thread_time()
        value = add(db, *given)
        made = _Sum(mark=mark, at=now, took=time.thread_time() - begun, value=value)
        self._keep(asked, made)
        return made

    def _keep(self, asked: tuple[Any, ...], made: _Sum) -> None:
        if len(self._kept) >= MOST:
            self._kept.clear()
            self._adding.clear()
        self._kept[asked] = made
