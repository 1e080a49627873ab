"""Feeds: RSS, RDF and Atom."""

from scrapy.http import Response

from archive.sources import DueSource
from crawler.answers import content_type
from crawler.spiders.source import SourceSpider
from news import Entry


class FeedSpider(SourceSpider):
    """Polls feeds."""

    name = "feed"
    way = "feed"

    async def read(
        self, response: Response, due: DueSource
    ) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
        """Return the feed's entries."""
        entries = await self.tools.workers.feed(
            response.body,
            content_type(response),
            response.url,
            self.tools.outlets[due.source.outlet],
            self.tools.clock.now(),
        )
        return entries, ()
