"""Which sightings are history: searchable, never mailed (law 5)."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from news import Entry

#: an address published longer ago than this is no news of today
OLD = timedelta(days=7)
#: below this many entries a poll says too little about the whole archive
FEWEST = 8


def is_resaved(entries: Sequence[Entry], new: Collection[int], seen_at: datetime) -> bool:
    """Return whether a poll shows an archive that was saved again.

    `new` are the places of entries whose address was never seen. Most
    addresses are new, and most of those were published over 7 days before.
    """
    if len(entries) < FEWEST or len(new) * 2 <= len(entries):
        return False
    dated = [entries[at].published for at in new]
    old = [date for date in dated if date is not None and date.at < seen_at - OLD]
    return len(old) * 2 > len(new)
