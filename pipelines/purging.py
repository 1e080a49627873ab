"""Purging: what is older than the rules keep goes, in short steps; nothing of it comes back."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive import Archive
from archive.keeping import retention

#: pages and stories of one write, so that others need not wait long
PAGES, STORIES = 200, 50
#: seconds for one round; the next one goes on
LONGEST = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """What went."""

    pages: int = 0
    stories: int = 0


def purge(
    archive: Archive,
    now: datetime,
    *,
    pages: timedelta | None,
    stories: timedelta | None,
    longest: float = LONGEST,
) -> Purged:
    """Forget pages and stories older than that, for so many seconds; None keeps all of them."""
    until = time.monotonic() + longest
    gone_stories = gone_pages = 0
    while stories is not None and time.monotonic() < until:
        with archive.write() as db:
            done = retention.purge_stories(db, now - stories, now, STORIES)
        gone_stories += done
        if done < STORIES:
            break
    while pages is not None and time.monotonic() < until:
        with archive.write() as db:
            done = retention.purge_pages(db, now - pages, now, PAGES)
        gone_pages += done
        if done < PAGES:
            break
    return Purged(pages=gone_pages, stories=gone_stories)
