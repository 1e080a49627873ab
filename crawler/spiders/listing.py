"""Listings: pages that link to stories."""

from scrapy.http import Response

from archive.sources import DueSource
from crawler.answers import content_type
from crawler.spiders.source import SourceSpider
from news import Entry


class ListingSpider(SourceSpider):
    """Polls listing pages."""

    name = "listing"
    way = "listing"

    async def read(
        self, response: Response, due: DueSource
    ) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
        """Return the stories that the page links to."""
        entries = await self.tools.workers.listing(
            response.body,
            content_type(response),
            response.url,
            self.tools.outlets[due.source.outlet],
            self.tools.clock.now(),
        )
        return entries, ()
