"""News sitemaps, and indexes of them."""

from crawler.spiders.source import SourceSpider


class SitemapSpider(SourceSpider):
    """Polls news sitemaps, and those that an index names."""

    name = "sitemap"
    way = "sitemap"
