"""Time, as everything that asks for it gets it.

Nothing else in Harborwatch calls datetime.now() or sleeps: a month can be
played in seconds, and a test decides what time it is.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the time is, and how to wait for it."""

    def now(self) -> datetime:
        """Return the time in UTC, aware."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return when that many seconds have passed on this clock."""
        ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Return the time in UTC, aware."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait for real."""
        await asyncio.sleep(max(0.0, seconds))


class PlayedClock:
    """Time that is played: it moves only when told to, and never sleeps.

    A sleep moves the time on instead of waiting, so that whoever is paced
    by this clock keeps its distances without taking any real time.
    """

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a played clock starts at an aware time; add a zone")
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Return the played time in UTC, aware."""
        return self._now

    def advance(self, to: datetime) -> None:
        """Move the time on to that moment; an earlier one changes nothing."""
        self._now = max(self._now, to.astimezone(UTC))

    async def sleep(self, seconds: float) -> None:
        """Let the time pass at once, and let others run."""
        wake = self._now + timedelta(seconds=max(0.0, seconds))
        await asyncio.sleep(0)
        self._now = max(self._now, wake)
