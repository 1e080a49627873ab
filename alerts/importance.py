"""How important an event is: its topics' tier, who tells it, how it grows. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from news import Importance, Telling

#: what counts as growth: outlets that came within this time
LATELY = timedelta(days=1)


def importance(tellings: Iterable[Telling], tiers: Iterable[int], at: datetime) -> Importance:
    """Return an event's importance at a time, by all of its tellings.

    Copies count for nothing, nor does what is not trusted.
    """
    firsts: dict[str, datetime] = {}
    for line in tellings:
        if line.copy_of is None and not line.doubted:
            known = firsts.get(line.outlet, line.first_seen_at)
            firsts[line.outlet] = min(known, line.first_seen_at)
    joined = sum(seen > at - LATELY for seen in firsts.values())
    # Where nobody told it before, it has not grown: it has begun.
    growth = joined if joined < len(firsts) else 0
    return Importance(
        tier=min((tier for tier in tiers if tier), default=0), outlets=len(firsts), growth=growth
    )
