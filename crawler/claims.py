"""Claims: whoever asks for an address or a source holds it at that very moment.

A claim is short, so that what a killed process held is soon anybody's. Who
works on it longer than that, since its host is slow or much is asked of it,
prolongs it before each request; where another has taken it meanwhile, the
request is not made.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Generic, TypeVar

from scrapy.exceptions import IgnoreRequest
from sqlalchemy import Connection

from archive import Archive
from news import Clock

Name = TypeVar("Name", str, int)
_Prolong = Callable[[Connection, Name, datetime, datetime], bool]
_GiveBack = Callable[[Connection, Mapping[Name, datetime]], None]

#: what a request's meta calls the question whether its claim still holds
CLAIM = "harborwatch_claim"
#: a claim that ends sooner than this is prolonged before its request is made: a request
#: takes 30 seconds at most, each redirect as long and the host's pace, and then it is read
MARGIN = timedelta(seconds=90)


class NotAsked(IgnoreRequest):
    """A request was not made, and says nothing of what it would have asked for.

    NotAsked
    ├── ClaimLost: another process makes it
    └── Stopping: whoever comes after us makes it
    """


class Stopping(NotAsked):
    """The crawl was told to stop while the request waited for its host's moment."""


class ClaimLost(NotAsked):
    """A claim ran out, and another process has made it since: the work is that one's."""


class Claims(Generic[Name]):
    """What one crawl has claimed, each with the end of its claim."""

    def __init__(
        self,
        lease: timedelta,
        prolong: _Prolong[Name],
        give_back: _GiveBack[Name],
    ) -> None:
        self._lease = lease
        self._prolong: _Prolong[Name] = prolong
        self._give_back: _GiveBack[Name] = give_back
        self._ends: dict[Name, datetime] = {}

    def took(self, name: Name, until: datetime) -> None:
        """Remember a claim."""
        self._ends[name] = until

    def of(self, name: Name, archive: Archive, clock: Clock) -> Callable[[], None]:
        """Return what a request asks before it is made; it raises ClaimLost."""
        return partial(self._hold, name, archive, clock)

    def give_back(self, archive: Archive) -> None:
        """Let others have what was claimed and not worked off."""
        if self._ends:
            with archive.write() as db:
                self._give_back(db, self._ends)
            self._ends = {}

    def _hold(self, name: Name, archive: Archive, clock: Clock) -> None:
        leased, now = self._ends.get(name), clock.now()
        if leased is None or now + MARGIN < leased:
            return
        with archive.write() as db:
            held = self._prolong(db, name, leased, now + self._lease)
        if not held:
            raise ClaimLost(f"{name} was claimed by another process after {leased:%H:%M:%S} UTC")
        self._ends[name] = now + self._lease


def at_once(lease: timedelta, pace: float, most: int) -> int:
    """Return how many addresses of one host may be claimed: what it can be asked for in half the time.

    The other half is for slow answers, and for other sources of the host. `pace` is in seconds.
    """
    half = lease.total_seconds() / 2
    return max(1, min(most, int(half / pace) if pace else most))
