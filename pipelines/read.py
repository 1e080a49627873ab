"""Read: bytes become a story, in a worker process."""

import logging

from archive import pages
from news import Outlet, Page, ReadPage, Refused, Story
from pipelines.stages import Dropped, Stage

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
        language=read.language,
        method=read.method,
        confidence=read.confidence,
        first_seen_at=page.first_seen_at,
        fetched_at=page.fetched_at,
        history=page.history,
        section=read.section,
        images=read.images,
        agency=read.agency,
    )


class Read(Stage):
    """Page to story, or refused with its reason: the page stays and is counted."""

    async def process_item(self, item: Page) -> Story:
        """Read the page, then wait until all pages before it are through."""
        outlet = self.tools.outlets[item.outlet]
        try:
            read = await self.tools.workers.page(
                item.body,
                item.content_type,
                item.final_address,
                item.entry,
                outlet,
                item.fetched_at,
                item.further,
            )
        except Refused as refused:
            self._refuse(item, refused)
            raise Dropped(refused.reason, refused.detail) from refused
        await self.tools.turns.wait(item.key)
        return story_of(item, read, outlet)

    def _refuse(self, page: Page, refused: Refused) -> None:
        assert page.id is not None, "a page is kept before it is read"
        with self.tools.archive.write() as db:
            pages.refused(db, page.id, refused.reason, refused.detail)
        ids = {"page": page.id, "source": page.source, "outlet": page.outlet}
        _log.info("refused: %s", refused, extra=ids | {"reason": refused.reason})
