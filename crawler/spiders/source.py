"""What every spider of sources does: ask if anything changed, write down what was shown, fetch."""

import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from sqlalchemy import Connection

from archive.collecting import (
    gaps,
    health,
    notices,
    pulses,
    sightings,
    source_days,
    sources,
    visits,
)
from archive.collecting.gaps import Gap
from archive.collecting.sources import DueSource, Seen
from crawler import answers, polling, standing_by, suspicions
from crawler.claims import CLAIM, Claims
from crawler.history import is_resaved
from crawler.outcomes import next_due
from crawler.pulse import Bounds
from crawler.sighted import sightings_of
from crawler.spiders.doubting import DoubtingSpider
from news import Conditions, Entry, Habits, Outcome, Poll, Sighting, SourceError, Way
from pipelines.reading.sources.shown import Shown

_log = logging.getLogger(__name__)

#: how long a claimed source belongs to its spider, unless it prolongs its claim: no source is
#: asked more often than so by default, and so not by a program that is killed again and again
LEASE = timedelta(minutes=5)
#: how many indexes may stand one below the other; one that names itself has no end
DEEPEST = 2
#: below so many entries a poll that knows none of them says nothing of a gap: what shows the
#: news of an hour or a day shows few, and others each time
FULL = 5
#: but what showed so few, and never more or less, at this many good polls shows its newest ones
ALWAYS = 5
#: of one entry none is left that could be known
FEWEST_SHOWN = 2
#: a listing's earlier headlines that new addresses are compared with
LOOKED_BACK = timedelta(days=3)
#: before the first poll of anything
EVER = datetime(2000, 1, 1, tzinfo=UTC)
#: a source whose connection breaks off gives what came; its poll says so
_AS_IT_COMES = {"download_fail_on_dataloss": False}


class SourceSpider(DoubtingSpider):
    """Polls the sources of one way that it was given, and fetches what is new in them."""

    way: ClassVar[Way]

    def __init__(self, due: Sequence[DueSource] = (), **given: Any) -> None:
        super().__init__(**given)
        self.due = due
        self._polling = Claims(LEASE, sources.prolong, sources.give_back)

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
            if due.leased is not None:
                self._polling.took(due.source.id, due.leased)
        for due in self._asked():
            yield Request(
                due.source.address,
                headers={} if due.anew or due.lies else answers.conditional(due.conditions),
                callback=self.parse_source,
                errback=self.fail_source,
                cb_kwargs={"due": due},
                meta=self._meta(due),
                dont_filter=True,
            )

    def closed(self, reason: str) -> None:
        """Give back sources that were not asked, and addresses; Scrapy calls it at the end."""
        try:
            self._polling.give_back(self.tools.archive)
        finally:
            super().closed(reason)

    def _meta(self, due: DueSource) -> dict[str, Any]:
        tools = self.tools
        return _AS_IT_COMES | {CLAIM: self._polling.of(due.source.id, tools.archive, tools.clock)}

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
        self, response: Response, due: DueSource, depth: int = 0, note: str = ""
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
                shown = await self.doubted(shown, due)
                poll = answers.read_poll(poll, response, shown, due)
            except SourceError as error:
                poll = answers.unreadable(poll, str(error))
        if note:
            poll = replace(poll, detail="; ".join(filter(None, (poll.detail, note))))
        for number, address in enumerate(shown.further):
            yield response.follow(
                address,
                callback=self.parse_source,
                errback=self.fail_source,
                # The validators are the index's: its sitemaps are asked without.
                cb_kwargs={
                    "due": replace(due, conditions=Conditions(), anew=True),
                    "depth": depth + 1,
                    # What an index left unasked is told once, with its first sitemap.
                    "note": shown.note if shown.unasked and number == 0 else "",
                },
                meta=self._meta(due),
                dont_filter=True,
            )
        if not shown.further:
            gap = self._record(due, poll, shown)
            for request in self.fill_requests(gap, due, shown.entries) if gap else ():
                yield request
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
        if self._is_anothers(failure):
            return
        self._record(due, answers.failed_poll(failure.value, due, self.tools.clock.now()), Shown())

    def _record(self, due: DueSource, poll: Poll, shown: Shown) -> Gap | None:
        """Write down a poll and all that follows from it; returns the gap that is to be filled."""
        if poll.outcome is Outcome.UNCHANGED:
            shown = Shown()
        now, outlet = poll.started_at, self.tools.outlets[due.source.outlet]
        sighted, unusable = sightings_of(due.source, outlet, shown.entries, now)
        with self.tools.archive.write() as db:
            known = sightings.known_keys(db, [sighting.key for sighting in sighted])
            poll, sighted, same = self._suspected(db, due, poll, shown, sighted, known)
            if poll.outcome is not Outcome.GOOD:
                shown = Shown()
            new = [at for at, sighting in enumerate(sighted) if sighting.key not in known]
            resaved = is_resaved([sighting.entry for sighting in sighted], new, now)
            history = due.unproved or resaved
            seen = sightings.record(db, sighted, history=history) if sighted else Seen()
            more = shown.refusals + (unusable if shown.entries else 0)
            seen = replace(seen, known=seen.known + same, refused=seen.refused + more)
            habits, _ = pulses.habits(db) or (Habits(), now)
            expected = polling.expected(pulses.load(db, due.source.id), poll, habits, outlet)
            gap = None
            all_new = not history and len(new) == len(sighted)
            if all_new and self._is_full(db, due, len(sighted), len(shown.entries)):
                gap = self._gap(db, due, sighted, now, expected)
            wait = self._learn(db, due, poll, seen.new, shown.entries, history=history)
            due_at = next_due(poll, wait, due.failures, now)
            if gap is not None:
                due_at = min(due_at, now + timedelta(hours=self._bounds().floor))
            sources.record_poll(db, poll, seen, due_at=due_at, history=history, expected=expected)
            if poll.outcome is Outcome.GOOD:
                notices.end(db, "another site", due.source.id, now)
                if not same:
                    notices.end(db, "changing addresses", due.source.id, now)
            self._watch(db, due, poll)
            gap = gap or (gaps.opened(db, due.source.id) if _answered(poll) else None)
        ids = {"source": due.source.id, "outlet": due.source.outlet, "outcome": str(poll.outcome)}
        _log.info("polled: %s new of %s %s", seen.new, seen.all, poll.detail, extra=ids)
        self.count(f"polls/{poll.outcome}")
        self.count("sightings/new", seen.new)
        self.count("sightings/all", seen.all)
        return gap

    def _suspected(  # noqa: PLR0917 - what one poll is made of
        self,
        db: Connection,
        due: DueSource,
        poll: Poll,
        shown: Shown,
        sighted: list[Sighting],
        known: frozenset[str],
    ) -> tuple[Poll, list[Sighting], int]:
        """Return the poll and what is to be taken in of it, and how many were known by headline."""
        listing = due.source.way == "listing"
        if due.unproved or poll.outcome is not Outcome.GOOD or not (shown.strange or listing):
            return poll, sighted, 0
        now, outlet = poll.started_at, self.tools.outlets[due.source.outlet]
        # Whose a source is, is told by all that it ever showed; sessions change by the hour.
        since = EVER if shown.strange and not known else now - LOOKED_BACK
        before = sightings.shown_before(db, due.source.id, since)
        if suspicions.is_another_site(shown, sighted, known, before, outlet):
            detail = f"another site's, not taken in: {shown.strange}"
            notices.begin(db, "another site", due.source.id, detail, now)
            return answers.unreadable(poll, detail), [], 0
        same = suspicions.known_by_headline(sighted, known, before) if listing else frozenset()
        if not same:
            return poll, sighted, 0
        note = f"addresses change at every visit: {len(same)} stories known by their headlines"
        notices.begin(db, "changing addresses", due.source.id, note, now)
        poll = replace(poll, detail="; ".join(filter(None, (poll.detail, note))))
        return poll, [one for one in sighted if one.key not in same], len(same)

    def _is_full(self, db: Connection, due: DueSource, sighted: int, entries: int) -> bool:
        """Return whether a source shows as much as it can: then what is older fell out of it."""
        if sighted >= FULL:
            return True
        if sighted < FEWEST_SHOWN:
            return False
        return visits.always_shows(db, due.source.id, ALWAYS) == entries

    def _gap(
        self,
        db: Connection,
        due: DueSource,
        sighted: Sequence[Sighting],
        now: datetime,
        expected: float,
    ) -> Gap | None:
        """Write down that nothing shown was known: what came between may never have been seen."""
        after = sources.row_of(db, due.source.id).last_good_at
        if after is None:
            return None
        dates = [one.entry.published.at for one in sighted if one.entry.published is not None]
        # Of what was told before the last poll the source did not show all then.
        before = max(min(dates, default=now), after)
        self.count("gaps/found")
        return gaps.found(
            db, due.source.id, now, after=after, before=min(before, now), expected=expected
        )

    def _watch(self, db: Connection, due: DueSource, poll: Poll) -> None:
        """See to the source's health, its place among the ways, and the sums (law 2)."""
        now, outlet = poll.started_at, self.tools.outlets[due.source.outlet]
        health.judge(db, due.source.id, now)
        if _answered(poll) and standing_by.arrange(db, due.source, outlet, now):
            later = now + timedelta(hours=self._bounds().ceiling)
            sources.put_off(db, due.source.id, later)
        wrong = source_days.imbalance(db, due.source.id, now)
        if wrong:
            notices.begin(db, "sums", due.source.id, wrong, now)
            self.count("errors")

    def _bounds(self) -> Bounds:
        return polling.bounds_of(self.settings)

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


def _answered(poll: Poll) -> bool:
    return poll.outcome in (Outcome.GOOD, Outcome.UNCHANGED)
