"""news-please's own crawlers, for sites on a port: the one thing that the press makes different.

news-please hands Scrapy "name:port" as an allowed domain, which Scrapy does
not take: every link would count as foreign. Its configuration names modules of
spiders; these are its two, with the port taken off again.
"""

from newsplease.crawler.spiders.recursive_crawler import RecursiveCrawler
from newsplease.crawler.spiders.sitemap_crawler import SitemapCrawler


class PortedSitemapCrawler(SitemapCrawler):
    name = "PortedSitemapCrawler"

    def __init__(self, *given, **named) -> None:  # noqa: ANN002, ANN003
        super().__init__(*given, **named)
        self.allowed_domains = [name.partition(":")[0] for name in self.allowed_domains]


class PortedRecursiveCrawler(RecursiveCrawler):
    name = "PortedRecursiveCrawler"

    def __init__(self, *given, **named) -> None:  # noqa: ANN002, ANN003
        super().__init__(*given, **named)
        self.allowed_domains = [name.partition(":")[0] for name in self.allowed_domains]
