"""What every spider of sources does: ask if anything changed, write down what was shown, fetch."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from archive import sightings, sources
from archive.sources import DueSource, Seen
from crawler import answers
from crawler.history import is_resaved
from crawler.outcomes import next_due
from crawler.spiders.article import ArticleSpider
from news import Conditions, Entry, Outcome, Poll, Sighting, SourceError, Way
from pipelines.reading.addresses import key

#: how long a claimed source belongs to its spider
LEASE = timedelta(minutes=10)


class SourceSpider(ArticleSpider):
    """Polls the sources of one way that it was given, and fetches what is new in them."""

    way: ClassVar[Way]

    def __init__(self, due: Sequence[DueSource] = (), **given: Any) -> None:
        super().__init__(**given)
        self.due = due

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **given: Any) -> Self:
        """Make the spider; started by hand, it claims what is due itself."""
        spider = super().from_crawler(crawler, *args, **given)
        if "due" not in given:
            now = spider.tools.clock.now()
            with spider.tools.archive.write() as db:
                claimed = sources.claim_due(db, now, LEASE, ways=(cls.way,))
            spider.due = claimed
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Ask every due source, with the validators it gave the last time."""
        for due in self.due:
            yield Request(
                due.source.address,
                headers=answers.conditional(due.conditions),
                callback=self.parse_source,
                errback=self.fail_source,
                cb_kwargs={"due": due},
                dont_filter=True,
            )

    async def read(
        self, response: Response, due: DueSource
    ) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
        """Return what the source shows, and further addresses to ask. Raises SourceError."""
        raise NotImplementedError

    async def parse_source(self, response: Response, due: DueSource) -> AsyncIterator[Request]:
        """Take a source's answer: a poll with its outcome, sightings, pages to fetch."""
        now = self.tools.clock.now()
        poll = answers.poll_of(response, due, now)
        entries: tuple[Entry, ...] = ()
        further: tuple[str, ...] = ()
        if poll.outcome is Outcome.GOOD:
            try:
                entries, further = await self.read(response, due)
                if not entries and not further:
                    raise SourceError("shows no stories")  # noqa: TRY301 - as its reader would
            except SourceError as error:
                poll = answers.unreadable(poll, str(error))
        for address in further:
            yield response.follow(
                address,
                callback=self.parse_source,
                errback=self.fail_source,
                # The validators are the index's: its sitemaps are asked without.
                cb_kwargs={"due": replace(due, conditions=Conditions())},
                dont_filter=True,
            )
        if not further:
            self._record(due, poll, entries)
        for request in self.fetch_requests(source=due.source.id):
            yield request

    async def fail_source(self, failure: Any) -> None:
        """Take the failure of a source's request: a poll with its outcome."""
        due: DueSource = failure.request.cb_kwargs["due"]
        self._record(due, answers.failed_poll(failure.value, due, self.tools.clock.now()), ())

    def _record(self, due: DueSource, poll: Poll, entries: Sequence[Entry]) -> None:
        shown = self._sightings(due, entries)
        with self.tools.archive.write() as db:
            known = sightings.known_keys(db, [sighting.key for sighting in shown])
            new = [at for at, sighting in enumerate(shown) if sighting.key not in known]
            resaved = is_resaved([sighting.entry for sighting in shown], new, poll.started_at)
            history = due.unproved or resaved
            seen = sightings.record(db, shown, history=history) if shown else Seen()
            due_at = next_due(poll, due.source.every, due.failures, poll.started_at)
            sources.record_poll(db, poll, seen, due_at=due_at, history=history)
        self.count(f"polls/{poll.outcome}")
        self.count("sightings/new", seen.new)
        self.count("sightings/all", seen.all)

    def _sightings(self, due: DueSource, entries: Sequence[Entry]) -> list[Sighting]:
        """Return one sighting per address; the first entry of an address stands for it."""
        outlet = self.tools.outlets[due.source.outlet]
        now = self.tools.clock.now()
        by_key: dict[str, Sighting] = {}
        for entry in entries:
            mark = key(entry.address, outlet)
            by_key.setdefault(
                mark,
                Sighting(
                    source=due.source.id,
                    outlet=outlet.id,
                    way=due.source.way,
                    address=entry.address,
                    key=mark,
                    seen_at=now,
                    entry=entry,
                ),
            )
        return list(by_key.values())
