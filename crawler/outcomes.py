"""How an answer is to be taken, and when to ask again: pure decisions."""

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum

from news import Outcome, Poll

#: no source is asked less often than this, however long it has failed
LONGEST = timedelta(days=1)
#: how often a page is tried before it is refused as unreachable
TRIES = 8
#: share of the interval by which sources are spread, so that they do not march in step
SPREAD = 0.1


def outcome_of(status: int) -> Outcome:
    """Return how a poll with this HTTP status ended, as far as the status says."""
    if status == 304:
        return Outcome.UNCHANGED
    if status in (401, 403, 451):
        return Outcome.BLOCKED
    if status == 404:
        return Outcome.MISSING
    if status == 410:
        return Outcome.GONE
    if status in (429, 503):
        return Outcome.TOLD_TO_WAIT
    return Outcome.GOOD if 200 <= status < 300 else Outcome.TEMPORARY


def next_due(poll: Poll, every: int, failures: int, now: datetime) -> datetime:
    """Return when a source is polled again.

    `every` is in minutes; `failures` counts those in a row before this poll.
    No source is ever given up: the wait doubles with each failure and is
    capped at a day, and the first good poll resets it.
    """
    interval = timedelta(minutes=every)
    if poll.retry_after is not None:
        return now + max(timedelta(seconds=poll.retry_after), interval)
    if poll.outcome in (Outcome.GOOD, Outcome.UNCHANGED):
        return now + interval * (1 + _spread(poll.source, now))
    wait: timedelta = min(interval * 2 ** min(failures + 1, 12), LONGEST)
    return now + wait * (1 + _spread(poll.source, now))


def _spread(source: str, now: datetime) -> float:
    """Return a share between 0 and SPREAD that differs by source and poll, and can be replayed."""
    mark = hashlib.blake2b(f"{source} {now.isoformat()}".encode(), digest_size=4).digest()
    return SPREAD * int.from_bytes(mark) / 2**32


class Fetched(StrEnum):
    """What is to be done with the answer to a page's request."""

    KEEP = "keep"
    UNCHANGED = "unchanged"
    GONE = "gone"
    LATER = "later"
    REFUSE = "refuse"


def fetched(status: int, attempts: int, visits: int) -> Fetched:
    """Decide what becomes of an address by the answer's status.

    `attempts` counts the failures before, `visits` the good fetches before.
    """
    outcome = outcome_of(status)
    if outcome is Outcome.GOOD:
        return Fetched.KEEP
    if outcome is Outcome.UNCHANGED:
        return Fetched.UNCHANGED
    if outcome is Outcome.GONE or (outcome is Outcome.MISSING and visits):
        return Fetched.GONE
    return Fetched.REFUSE if attempts + 1 >= TRIES else Fetched.LATER


def try_again_at(attempts: int, now: datetime) -> datetime:
    """Return when a page is asked for again: 5 minutes, doubling, at most a day."""
    wait: timedelta = min(timedelta(minutes=5) * 2 ** min(attempts, 12), LONGEST)
    return now + wait
