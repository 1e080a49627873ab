"""Pruning: what old stories are no longer compared by goes; their copies and events stay."""

from datetime import datetime, timedelta

from archive import Archive
from archive.grouping import events, likeness
from pipelines.copies import KNOWN_FOR
from pipelines.event_groups import FLOOR

#: pairs of stories older than this that were found to be strangers are forgotten
STRANGERS = timedelta(days=60)
#: rows deleted in one write, so that others need not wait long
AT_ONCE = 5_000


def prune(archive: Archive, now: datetime) -> None:
    """Forget what is too old to be compared."""
    while True:
        with archive.write() as db:
            # A day more than what copies look back: theirs is the story's time, not the clock's.
            old = likeness.prune_anchors(db, now - KNOWN_FOR - timedelta(days=1), AT_ONCE)
            weak = events.prune_ties(db, now - STRANGERS, FLOOR, AT_ONCE)
        if not old and weak < AT_ONCE:
            break
