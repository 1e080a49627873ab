"""News sitemaps, and indexes of them."""

from scrapy.http import Response

from archive.sources import DueSource
from crawler.answers import content_type
from crawler.spiders.source import SourceSpider
from news import Entry


class SitemapSpider(SourceSpider):
    """Polls news sitemaps."""

    name = "sitemap"
    way = "sitemap"

    async def read(
        self, response: Response, due: DueSource
    ) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
        """Return the sitemap's entries, and the newest sitemaps of an index."""
        return await self.tools.workers.sitemap(
            response.body,
            content_type(response),
            response.url,
            self.tools.outlets[due.source.outlet],
            self.tools.clock.now(),
        )
