"""What every spider of sources does: ask if anything changed, write down what was shown, fetch."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from sqlalchemy import Connection

from archive import pulses, sightings, sources
from archive.sources import DueSource, Seen
from crawler import answers, polling
from crawler.history import is_resaved
from crawler.outcomes import next_due
from crawler.spiders.article import ArticleSpider
from news import Conditions, Entry, Habits, Outcome, Poll, Sighting, SourceError, Way
from pipelines.reading.addresses import key
from pipelines.reading.sources.shown import Shown

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
        for due in self._asked():
            yield Request(
                due.source.address,
                headers={} if due.anew or due.lies else answers.conditional(due.conditions),
                callback=self.parse_source,
                errback=self.fail_source,
                cb_kwargs={"due": due},
                meta=_AS_IT_COMES,
                dont_filter=True,
            )

    def _asked(self) -> list[DueSource]:
        """Return what is due, with the word on whose validators are not believed this time."""
        now = self.tools.clock.now()
        with self.tools.archive.read() as db:
            known = pulses.of_sources(db, [due.source.id for due in self.due])
            habits, _ = pulses.habits(db) or (Habits(), now)
        return [
            polling.asked(
                due, known.get(due.source.id), habits, now, self.tools.outlets[due.source.outlet]
            )
            for due in self.due
        ]

    async def parse_source(
        self, response: Response, due: DueSource, depth: int = 0
    ) -> AsyncIterator[Request]:
        """Take a source's answer: a poll with its outcome, sightings, pages to fetch."""
        poll = answers.poll_of(response, due, self.tools.clock.now())
        if depth:
            # A sitemap's validators say nothing of the index by which it was found.
            poll = replace(poll, conditions=Conditions(), moved_to="")
        shown = Shown()
        if poll.outcome is Outcome.GOOD and answers.is_same_body(poll, due):
            poll = answers.unchanged(poll, due)
        elif poll.outcome is Outcome.GOOD:
            try:
                shown = await self._read(response, due, depth)
                poll = answers.read_poll(poll, response, shown, due)
            except SourceError as error:
                poll = answers.unreadable(poll, str(error))
        for address in shown.further:
            yield response.follow(
                address,
                callback=self.parse_source,
                errback=self.fail_source,
                # The validators are the index's: its sitemaps are asked without.
                cb_kwargs={
                    "due": replace(due, conditions=Conditions(), anew=True),
                    "depth": depth + 1,
                },
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
        if poll.outcome is Outcome.UNCHANGED:
            shown = Shown()
        sighted, unusable = self._sightings(due, shown.entries)
        with self.tools.archive.write() as db:
            known = sightings.known_keys(db, [sighting.key for sighting in sighted])
            new = [at for at, sighting in enumerate(sighted) if sighting.key not in known]
            resaved = is_resaved([sighting.entry for sighting in sighted], new, poll.started_at)
            history = due.unproved or resaved
            seen = sightings.record(db, sighted, history=history) if sighted else Seen()
            seen = replace(seen, refused=seen.refused + shown.refusals + unusable)
            wait = self._learn(db, due, poll, seen.new, shown.entries, history=history)
            due_at = next_due(poll, wait, due.failures, poll.started_at)
            sources.record_poll(db, poll, seen, due_at=due_at, history=history)
        self.count(f"polls/{poll.outcome}")
        self.count("sightings/new", seen.new)
        self.count("sightings/all", seen.all)

    def _learn(
        self,
        db: Connection,
        due: DueSource,
        poll: Poll,
        new: int,
        entries: Sequence[Entry],
        *,
        history: bool,
    ) -> timedelta:
        """Take in what a poll taught of when the source publishes; returns its next interval."""
        outlet = self.tools.outlets[due.source.outlet]
        habits, _ = pulses.habits(db) or (Habits(), poll.started_at)
        before = pulses.load(db, due.source.id)
        known = polling.learnt(
            before,
            poll,
            new=new,
            entries=entries,
            outlet=outlet,
            habits=habits,
            history=history,
        )
        if known is not None and known != before:
            pulses.save(db, due.source.id, known)
        host = urlsplit(due.source.address).netloc
        bounds = polling.bounds_of(self.settings)
        pace = self.settings.getfloat("HARBORWATCH_PACE")
        bounds = polling.at_host(bounds, outlet, host, pace)
        return polling.interval(poll, known, habits, bounds, every=due.source.every, outlet=outlet)

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
