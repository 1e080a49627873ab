"""Guesses at a password, slowed down: by address, and by all addresses together."""

from collections import deque
from datetime import datetime, timedelta
from threading import Lock

#: wrong passwords that one address, and all together, may send within the time
MOST, MOST_TOGETHER, WITHIN = 8, 60, timedelta(minutes=10)
#: addresses that are remembered; the oldest is forgotten first
REMEMBERED = 4_096


class Attempts:
    """Remembers wrong passwords."""

    def __init__(self, processes: int = 1) -> None:
        """Take how many processes share the guesses: each remembers its own."""
        self._most = max(2, MOST // processes)
        self._together = max(MOST, MOST_TOGETHER // processes)
        self._by_address: dict[str, deque[datetime]] = {}
        self._all: deque[datetime] = deque(maxlen=self._together)
        self._lock = Lock()

    def wait(self, address: str, now: datetime) -> int:
        """Return how many seconds an address must wait before its next guess; 0: none."""
        with self._lock:
            own = self._by_address.get(address, deque())
            waits = [_left(own, self._most, now), _left(self._all, self._together, now)]
        return max(waits)

    def wrong(self, address: str, now: datetime) -> None:
        """Remember a wrong password."""
        with self._lock:
            own = self._by_address.pop(address, deque(maxlen=self._most))
            own.append(now)
            self._by_address[address] = own
            self._all.append(now)
            while len(self._by_address) > REMEMBERED:
                del self._by_address[next(iter(self._by_address))]

    def right(self, address: str) -> None:
        """Forget an address's wrong passwords."""
        with self._lock:
            self._by_address.pop(address, None)


def _left(guesses: deque[datetime], most: int, now: datetime) -> int:
    if len(guesses) < most:
        return 0
    return max(0, round((guesses[0] + WITHIN - now).total_seconds()))
