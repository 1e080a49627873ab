"""Listings: pages that link to stories."""

from crawler.spiders.source import SourceSpider


class ListingSpider(SourceSpider):
    """Polls listing pages."""

    name = "listing"
    way = "listing"
