"""What can break at an outlet, when, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


class FaultKind(StrEnum):
    """The ways in which an address can fail."""

    #: Answers as it stood when the fault began: nothing new appears.
    SILENT = "silent"
    #: 429 with Retry-After.
    BUSY = "busy"
    #: 403.
    FORBIDDEN = "forbidden"
    #: 200 with the document cut in the middle and an unclosed tag: broken XML.
    BROKEN = "broken"
    #: 410.
    GONE = "gone"
    #: 404.
    MISSING = "missing"
    #: 500.
    FAILING = "failing"
    #: A true answer after a wait in real seconds.
    SLOW = "slow"
    #: The connection closes without an answer.
    DROPPED = "dropped"
    #: One validator for ever: whoever asks with it is told "unchanged".
    LYING = "lying"
    #: Each answer differs by the time at which it was made, and has no validators.
    RESTLESS = "restless"
    #: 301 to the same path with a query, where it stands as before.
    MOVED = "moved"


STATUS = {
    FaultKind.BUSY: 429,
    FaultKind.FORBIDDEN: 403,
    FaultKind.GONE: 410,
    FaultKind.MISSING: 404,
    FaultKind.FAILING: 500,
}
EVER = datetime(9999, 1, 1, tzinfo=UTC)
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is broken on one host for a while of played time."""

    #: Virtual host without ".localhost".
    host: str
    kind: FaultKind
    #: Addresses whose path starts so are struck.
    path: str = "/"
    since: datetime = ALWAYS
    until: datetime = EVER
    #: Seconds, for BUSY.
    retry_after: int = 3600
    #: Real seconds, for SLOW.
    seconds: float = 1.0

    def strikes(self, host: str, path: str, now: datetime) -> bool:
        """Say whether the fault holds for this address at this time."""
        here = host == self.host and path.startswith(self.path)
        return here and self.since <= now < self.until


def striking(faults: Iterable[Fault], host: str, path: str, now: datetime) -> Fault | None:
    """Give the first fault that holds for an address, robots.txt excepted."""
    if path == "/robots.txt":
        return None
    return next((fault for fault in faults if fault.strikes(host, path, now)), None)
