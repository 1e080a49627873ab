"""Read: bytes become a story, in a worker process."""

import logging

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
        cut = self._cut(item)
        read = await self._read(item, cut.furniture)
        await self.tools.turns.wait(item.key)
        now = self._cut(item)
        if now.changed != cut.changed:
            read = await self._read(item, now.furniture)
        if isinstance(read, Refused):
            self._refuse(item, read)
            raise Dropped(read.reason, read.detail) from read
        return story_of(item, read, self.tools.outlets[item.outlet])

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

    def _cut(self, page: Page) -> Cut:
        with self.tools.archive.read() as db:
            return self._known.of(db, page.outlet)

    def _refuse(self, page: Page, refused: Refused) -> None:
        assert page.id is not None, "a page is kept before it is read"
        with self.tools.archive.write() as db:
            pages.refused(db, page.id, refused.reason, refused.detail)
        ids = {"page": page.id, "source": page.source, "outlet": page.outlet}
        _log.info("refused: %s", refused, extra=ids | {"reason": refused.reason})
