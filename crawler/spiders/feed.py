"""Feeds: RSS, RDF, Atom and JSON Feed."""

from crawler.spiders.source import SourceSpider


class FeedSpider(SourceSpider):
    """Polls feeds."""

    name = "feed"
    way = "feed"
