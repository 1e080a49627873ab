"""When to try a delivery again, and when to give up. Pure."""

import hashlib
from datetime import datetime, timedelta

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
#: Mail servers give up between three and five days (RFC 5321, 4.5.4.1, asks
#: for four to five from a relay; our reader wants news, not last week's).
GIVE_UP_AFTER = timedelta(days=3)
#: Share by which a wait is made longer or shorter, so that deliveries that
#: failed together do not come back together.
JITTER = 0.2


def next_try(attempts: int, now: datetime, seed: str = "") -> datetime | None:
    """Return when to try again after that many failed attempts, or None to give up.

    Waits double from a minute to four hours, each up to a fifth longer or
    shorter. `seed` (a Message-ID) decides the jitter: the same one gives the
    same times. Raises ValueError for fewer than one attempt.
    """
    if attempts < 1:
        raise ValueError(f"next_try counts failed attempts from 1, not {attempts}")
    if sum((_wait(number) for number in range(1, attempts + 1)), timedelta()) > GIVE_UP_AFTER:
        return None
    return now + _wait(attempts) * (1 + JITTER * _share(f"{seed}:{attempts}"))


def _wait(attempt: int) -> timedelta:
    # The power is bounded first: 2**10000 minutes is no timedelta.
    return min(FIRST_WAIT * (1 << min(attempt - 1, 16)), LONGEST_WAIT)


def _share(seed: str) -> float:
    """Return a number from -1 to 1 that depends on the seed only."""
    number = int.from_bytes(hashlib.sha256(seed.encode(errors="replace")).digest()[:8], "big")
    return number / (2**63) - 1
