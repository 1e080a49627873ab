"""WordPress's own interface, which often answers where the feed is shut."""

from crawler.spiders.source import SourceSpider


class WordpressSpider(SourceSpider):
    """Polls lists of WordPress posts."""

    name = "wordpress"
    way = "wordpress"
