"""Keep: the bytes go into the archive before anything is made of them."""

from dataclasses import replace
from datetime import datetime, timedelta

from archive.collecting import sightings
from archive.keeping import pages
from news import Page
from pipelines.stages import Dropped, Stage

#: how long after it was first seen a story's page is looked at again: most
#: corrections come within hours, few after days
VISITS = (timedelta(hours=3), timedelta(days=1), timedelta(days=3))


def next_visit(first_seen_at: datetime, now: datetime, *, history: bool) -> datetime | None:
    """Return when a page is looked at again for a revision, or None."""
    if history:
        return None
    later = (first_seen_at + age for age in VISITS)
    return next((visit for visit in later if visit > now), None)


class Keep(Stage):
    """Page to page: kept, numbered, or dropped as the one we have."""

    async def process_item(self, item: Page) -> Page:
        """Keep the page. Raises Dropped where its bytes are those kept last time."""
        mark = pages.mark_of(item)
        # What is missing of old stories is worth another visit too.
        settled = item.history and not item.cut
        visit = next_visit(item.first_seen_at, item.fetched_at, history=settled)
        if mark == item.conditions.body_hash:
            with self.tools.archive.write() as db:
                sightings.unchanged(db, item.key, visit)
            raise Dropped("unchanged")
        await self.tools.turns.alone(item.key)
        conditions = replace(item.conditions, body_hash=mark)
        with self.tools.archive.write() as db:
            number = pages.keep(db, replace(item, conditions=conditions), visit)
        self.tools.turns.enter(item.key, number)
        return replace(item, id=number)
