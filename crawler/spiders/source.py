"""What every spider of sources does: ask if anything changed, write down what was shown, fetch."""

import logging
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
from pipelines.reading.sources.shown import Shown

_log = logging.getLogger(__name__)

#: how long a claimed source belongs to its spider
LEASE = timedelta(minutes=10)
#: how many indexes may stand one below the other; one that names itself has no end
DEEPEST = 2
#: a source whose connection breaks off gives what came; its poll says so
_AS_IT_COMES = {"download_fail_on_dataloss": False}


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
                meta=_AS_IT_COMES,
                dont_filter=True,
            )

    async def parse_source(
        self, response: Response, due: DueSource, depth: int = 0
    ) -> AsyncIterator[Request]:
        """Take a source's answer: a poll with its outcome, sightings, pages to fetch."""
        poll = answers.poll_of(response, due, self.tools.clock.now())
        shown = Shown()
        if poll.outcome is Outcome.GOOD:
            try:
                shown = await self._read(response, due, depth)
                poll = answers.read_poll(poll, response, shown)
            except SourceError as error:
                poll = answers.unreadable(poll, str(error))
        for address in shown.further:
            yield response.follow(
                address,
                callback=self.parse_source,
                errback=self.fail_source,
                # The validators are the index's: its sitemaps are asked without.
                cb_kwargs={"due": replace(due, conditions=Conditions()), "depth": depth + 1},
                meta=_AS_IT_COMES,
                dont_filter=True,
            )
        if not shown.further:
            self._record(due, poll, shown)
        for request in self.fetch_requests(source=due.source.id):
            yield request

    async def _read(self, response: Response, due: DueSource, depth: int) -> Shown:
        """Return what the source shows. Raises SourceError."""
        shown = await self.tools.workers.source(
            due.source.way,
            response.body,
            answers.content_type(response),
            response.url,
            self.tools.outlets[due.source.outlet],
            self.tools.clock.now(),
        )
        if shown.further and depth >= DEEPEST:
            raise SourceError(f"{response.url}: an index within indexes; name a sitemap instead")
        if not shown.entries and not shown.further:
            raise SourceError("; ".join(filter(None, ("shows no stories", shown.note))))
        return shown

    async def fail_source(self, failure: Any) -> None:
        """Take the failure of a source's request: a poll with its outcome."""
        due: DueSource = failure.request.cb_kwargs["due"]
        self._record(due, answers.failed_poll(failure.value, due, self.tools.clock.now()), Shown())

    def _record(self, due: DueSource, poll: Poll, shown: Shown) -> None:
        sighted, unusable = self._sightings(due, shown.entries)
        with self.tools.archive.write() as db:
            known = sightings.known_keys(db, [sighting.key for sighting in sighted])
            new = [at for at, sighting in enumerate(sighted) if sighting.key not in known]
            resaved = is_resaved([sighting.entry for sighting in sighted], new, poll.started_at)
            history = due.unproved or resaved
            seen = sightings.record(db, sighted, history=history) if sighted else Seen()
            seen = replace(seen, refused=seen.refused + shown.refusals + unusable)
            due_at = next_due(poll, due.source.every, due.failures, poll.started_at)
            sources.record_poll(db, poll, seen, due_at=due_at, history=history)
        ids = {"source": due.source.id, "outlet": due.source.outlet, "outcome": str(poll.outcome)}
        _log.info("polled: %s new of %s %s", seen.new, seen.all, poll.detail, extra=ids)
        self.count(f"polls/{poll.outcome}")
        self.count("sightings/new", seen.new)
        self.count("sightings/all", seen.all)

    def _sightings(self, due: DueSource, entries: Sequence[Entry]) -> tuple[list[Sighting], int]:
        """Return one sighting per address, and how many entries have none that can be asked.

        The first entry of an address stands for it.
        """
        outlet = self.tools.outlets[due.source.outlet]
        now = self.tools.clock.now()
        by_key: dict[str, Sighting] = {}
        unusable = 0
        for entry in entries:
            try:
                mark = key(entry.address, outlet)
            except SourceError:
                unusable += 1  # a host that no name can have; counted as refused
                continue
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
        return list(by_key.values()), unusable
