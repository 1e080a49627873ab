"""Lets the next story on when one has left the stages, and counts which way it left."""

from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from news import Page
from pipelines.stages import Dropped
from pipelines.turns import Turns


class LeaveTurns:
    """Leaves the turns for every page that was stored, dropped or failed."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen to the ends that a page can come to."""
        extension = cls(crawler)
        for end in (signals.item_error, signals.item_scraped):
            crawler.signals.connect(extension.leave, signal=end)
        crawler.signals.connect(extension.drop, signal=signals.item_dropped)
        for error in (signals.item_error, signals.spider_error):
            crawler.signals.connect(extension.count_error, signal=error)
        return extension

    def leave(self, item: Any) -> None:
        """Let the next one on; a dropped item is the page as it came, a scraped one its story."""
        turns: Turns = self._crawler.spider.tools.turns  # type: ignore[union-attr]
        turns.leave(item.key if isinstance(item, Page) else item.page_key)

    def drop(self, item: Any, exception: BaseException) -> None:
        """Count why a page went no further, and let the next one on."""
        reason = exception.reason if isinstance(exception, Dropped) else type(exception).__name__
        self._count(f"dropped/{reason}")
        self.leave(item)

    def count_error(self) -> None:
        """Count an error of ours; Scrapy has written it to the log."""
        self._count("errors")

    def _count(self, name: str) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"harborwatch/{name}")
