"""Keep: the bytes go into the archive before anything is made of them."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from archive.collecting import sightings
from archive.engine import is_away
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
        archive, keep = self.tools.archive, partial(_keep, page=item)
        await self.tools.turns.alone(item.key)
        try:
            with archive.write() as db:
                number = keep(db)
        except DBAPIError as error:
            if not is_away(error):
                raise
            # Its address would not be asked again before the spider's lease ends.
            number = await asyncio.to_thread(archive.insist, keep)
            await self.tools.turns.alone(item.key)
        if number is None:
            raise Dropped("unchanged")
        self.tools.turns.enter(item.key, number)
        return replace(item, id=number)


def _keep(db: Connection, page: Page) -> int | None:
    """Keep a page; returns its number, None where its bytes are those kept last time."""
    mark = pages.mark_of(page)
    # What is missing of old stories is worth another visit too.
    settled = page.history and not page.cut
    visit = next_visit(page.first_seen_at, page.fetched_at, history=settled)
    if mark == page.conditions.body_hash:
        sightings.unchanged(db, page.key, visit)
        return None
    conditions = replace(page.conditions, body_hash=mark)
    return pages.keep(db, replace(page, conditions=conditions), visit)
