"""The played clock: stepped by hand, or running at a chosen speed."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

SECONDS_PER_DAY = 86_400


class PlayedClock:
    """Tells played time; safe to read and move from several threads."""

    def __init__(self, start: datetime, days_per_second: float = 0.0) -> None:
        if start.tzinfo is None:
            raise ValueError(f"the start {start} wants a zone, as in 2018-09-18T00:00Z")
        self._lock = threading.Lock()
        self._base = start.astimezone(UTC)
        self._speed = days_per_second
        self._since = time.monotonic()

    @property
    def speed(self) -> float:
        """Played days per real second; 0 for a stepped clock."""
        return self._speed

    @property
    def now(self) -> datetime:
        """Played time, in UTC."""
        with self._lock:
            return self._read()

    def _read(self) -> datetime:
        if not self._speed:
            return self._base
        real = time.monotonic() - self._since
        return self._base + timedelta(seconds=real * self._speed * SECONDS_PER_DAY)

    def advance(self, to: datetime) -> None:
        """Move to a later time. Raise ValueError if it is earlier or has no zone."""
        if to.tzinfo is None:
            raise ValueError(f"{to} wants a zone, as in 2018-09-20T03:00Z")
        with self._lock:
            now = self._read()
            if to < now:
                raise ValueError(f"the clock stands at {now} and does not go back to {to}")
            self._base, self._since = to.astimezone(UTC), time.monotonic()

    def run(self, days_per_second: float) -> None:
        """Go on from here at another speed; 0 stops. Raise ValueError under 0."""
        if days_per_second < 0:
            raise ValueError(f"a speed of {days_per_second} would run backwards; give 0 or more")
        with self._lock:
            self._base, self._since = self._read(), time.monotonic()
            self._speed = days_per_second
