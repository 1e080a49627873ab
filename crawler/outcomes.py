"""How an answer is to be taken, and when to ask again: pure decisions."""

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum

from news import Outcome, Poll

#: no source is asked less often than this, however long it has failed
LONGEST = timedelta(days=1)
#: a server that does not answer, or with an error of its own, is asked again at least so often
LONGEST_TEMPORARY = timedelta(hours=6)
#: how soon is asked again after an outage of our own
OUTAGE_RETRY = timedelta(minutes=5)
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


def next_due(poll: Poll, interval: timedelta, failures: int, now: datetime) -> datetime:
    """Return when a source is polled again.

    `interval` is what a good poll is followed by (crawler.polling); `failures`
    counts those in a row before this poll. No source is ever given up: the wait
    doubles with each failure and is capped, at six hours for what passes (no
    answer, 5xx), at a day for what a person has to mend; what is gone for good
    (410) is asked once a day. The first good poll resets it.
    """
    spread = 1 + SPREAD * share(poll.source, now)
    if poll.outcome in (Outcome.GOOD, Outcome.UNCHANGED):
        return now + interval
    if poll.outcome is Outcome.GONE:
        return now + LONGEST * spread
    longest = LONGEST_TEMPORARY if poll.outcome is Outcome.TEMPORARY else LONGEST
    backed: timedelta = min(interval * 2 ** min(failures + 1, 12), longest)
    if poll.retry_after is None:
        return now + backed * spread
    # Who names a time with each refusal is taken at its word; nobody asked a
    # host that is being left alone, so nothing is doubled for it.
    return now + max(timedelta(seconds=poll.retry_after), interval)


def share(source: str, now: datetime) -> float:
    """Return a number between 0 and 1 that differs by source and poll, and can be replayed."""
    mark = hashlib.blake2b(f"{source} {now.isoformat()}".encode(), digest_size=4).digest()
    return int.from_bytes(mark) / 2**32


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
