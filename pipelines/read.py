"""Read: bytes become a story, in a worker process."""

import logging
from dataclasses import dataclass

from archive.keeping import pages
from news import Outlet, Page, ReadPage, Refused, Story
from pipelines.furniture import Cut, Known
from pipelines.reading.body.repeated import Furniture
from pipelines.stages import Dropped, Stage, Tools

_log = logging.getLogger(__name__)


def story_of(page: Page, read: ReadPage, outlet: Outlet) -> Story:
    """Return the story that was read from a kept page."""
    assert page.id is not None, "a page is kept before it is read"
    return Story(
        outlet=page.outlet,
        country=outlet.country,
        source=page.source,
        page=page.id,
        page_key=page.key,
        address=read.address,
        key=read.key,
        title=read.title,
        titles=read.titles,
        body=read.body,
        authors=read.authors,
        published=read.published,
        modified=read.modified,
        dates=read.dates,
        language=read.language,
        method=read.method,
        confidence=read.confidence,
        first_seen_at=page.first_seen_at,
        fetched_at=page.fetched_at,
        history=page.history,
        section=read.section,
        images=read.images,
        agency=read.agency,
        bylines=read.bylines,
        paywalled=read.paywalled,
        live=read.live,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read of a page, and what was known then of its outlet's furniture."""

    #: with which of the outlet's stories what is cut had changed last
    changed: int
    read: ReadPage | Refused


class Read(Stage):
    """Page to story, or refused with its reason: the page stays and is counted."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._known = Known()

    async def process_item(self, item: Page) -> Story:
        """Read the page, then wait until all pages before it are through.

        What they taught of the outlet's furniture holds for this page too: if
        there was anything, it is read once more.
        """
        reading = await self.ahead(item)
        await self.tools.turns.wait(item.key)
        if not self.holds(item.outlet, reading.changed):
            reading = await self.ahead(item)
        if isinstance(reading.read, Refused):
            assert item.id is not None, "a page is kept before it is read"
            reason = self.refuse(item.id, reading.read, source=item.source, outlet=item.outlet)
            raise Dropped(reason, reading.read.detail) from reading.read
        return story_of(item, reading.read, self.tools.outlets[item.outlet])

    async def ahead(self, page: Page) -> Reading:
        """Read a page with what is known now of its outlet's furniture."""
        cut = self._cut(page.outlet)
        return Reading(changed=cut.changed, read=await self._read(page, cut.furniture))

    def holds(self, outlet: str, changed: int) -> bool:
        """Say whether nothing was learnt since of an outlet's furniture."""
        return self._cut(outlet).changed == changed

    async def _read(self, page: Page, furniture: Furniture) -> ReadPage | Refused:
        try:
            return await self.tools.workers.page(
                page.body,
                page.content_type,
                page.final_address,
                page.entry,
                self.tools.outlets[page.outlet],
                page.fetched_at,
                page.further,
                furniture,
            )
        except Refused as refused:
            return refused

    def _cut(self, outlet: str) -> Cut:
        with self.tools.archive.read() as db:
            return self._known.of(db, outlet)

    def refuse(self, page: int, refused: Refused, **ids: str) -> str:
        """Write down that a page gives no story; `ids` go into the log.

        Returns the reason, or "settled" where another worker was first.
        """
        with self.tools.archive.write() as db:
            if not pages.refused(db, page, refused.reason, refused.detail):
                return "settled"
        _log.info("refused: %s", refused, extra={"page": page, "reason": refused.reason} | ids)
        return refused.reason
