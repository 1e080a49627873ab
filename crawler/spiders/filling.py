"""Fills gaps: asks where the stories between two polls may still stand, one address at a time."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from scrapy import Request
from scrapy.http import Response
from sqlalchemy import Connection

from archive.collecting import gaps, notices, sightings, sources
from archive.collecting.gaps import Gap
from archive.collecting.sources import DueSource, Seen
from crawler import answers, deeper
from crawler.claims import NotAsked
from crawler.deeper import Step
from crawler.pace import HostWaits
from crawler.sighted import sightings_of
from crawler.spiders.article import ArticleSpider
from news import Conditions, Entry, Outcome, Poll, Sighting, SourceError
from pipelines.reading.sources.shown import Shown

#: requests for one gap
MOST = 16
#: ways that list all stories of a stretch: where they reach back beyond a gap, it is filled
WHOLE = ("sitemap", "wordpress")


class FillingSpider(ArticleSpider):
    """A spider that also fills the gaps of the sources it polls."""

    def fill_requests(self, gap: Gap, due: DueSource, shown: Sequence[Entry]) -> list[Request]:
        """Return the first request for a gap; each answer leads to the next."""
        outlet = self.tools.outlets[due.source.outlet]
        plan = deeper.gap_steps(
            due.source,
            outlet,
            [entry.address for entry in shown],
            gap.after.date(),
            gap.before.date(),
        )
        return self._next(gap, plan)

    def _next(self, gap: Gap, plan: Sequence[Step]) -> list[Request]:
        if plan and gap.requests < MOST:
            step, *rest = plan
            return [
                Request(
                    step.address,
                    callback=self.parse_filling,
                    errback=self.fail_filling,
                    cb_kwargs={"gap": gap, "step": step, "plan": rest},
                    dont_filter=True,
                )
            ]
        self._close(gap, filled=False)
        self.count("gaps/unfilled")
        return []

    def _close(self, gap: Gap, *, filled: bool) -> None:
        now = self.tools.clock.now()
        with self.tools.archive.write() as db:
            left = gaps.close(db, gap.id, now, filled=filled)
            if not filled:
                notices.once(db, "gap", gap.source, left.said, now)

    async def parse_filling(
        self, response: Response, gap: Gap, step: Step, plan: list[Step]
    ) -> AsyncIterator[Request]:
        """Take what a step shows; go on until the gap is filled or nothing is left to try."""
        now = self.tools.clock.now()
        poll = answers.poll_of(response, _asked_for(step), now)
        shown = Shown()
        if poll.outcome is Outcome.GOOD:
            try:
                shown = await self.tools.workers.source(
                    step.way,
                    response.body,
                    answers.content_type(response),
                    response.url,
                    self.tools.outlets[step.source.outlet],
                    now,
                )
                poll = replace(poll, detail=shown.note)
            except SourceError as error:
                poll = answers.unreadable(poll, str(error))
        brought, reached = self._take(gap, step, poll, shown)
        self.count("sightings/new", brought)
        if reached:
            self._close(gap, filled=True)
            self.count("gaps/filled")
        else:
            further = [
                replace(step, address=address, family=f"{step.family} index", page=number)
                for number, address in enumerate(shown.further[:MOST], 1)
            ]
            follower = deeper.after(step) if brought else None
            rest = [*further, *([follower] if follower else []), *plan]
            for request in self._next(replace(gap, requests=gap.requests + 1), rest):
                yield request
        for request in self.fetch_requests(source=step.source.id):
            yield request

    async def fail_filling(self, failure: Any) -> AsyncIterator[Request]:
        """Take a step that got no answer: the next one is tried, or all of it with the next poll."""
        given = failure.request.cb_kwargs
        gap: Gap = given["gap"]
        step: Step = given["step"]
        if isinstance(failure.value, (HostWaits, NotAsked)):
            return  # the gap stays open; the next poll of its source goes on
        poll = answers.failed_poll(failure.value, _asked_for(step), self.tools.clock.now())
        self._take(gap, step, poll, Shown())
        for request in self._next(replace(gap, requests=gap.requests + 1), given["plan"]):
            yield request

    def _take(self, gap: Gap, step: Step, poll: Poll, shown: Shown) -> tuple[int, bool]:
        """Write down what a step showed; returns how much of it is new, and whether the gap ends."""
        outlet = self.tools.outlets[step.source.outlet]
        sighted, unusable = sightings_of(step.source, outlet, shown.entries, poll.started_at)
        with self.tools.archive.write() as db:
            keys = [one.key for one in sighted]
            known = sightings.seen_by(db, keys, gap.after)
            news, old = _sorted(sighted, known, gap, step)
            seen = _record(db, news, old)
            refused = seen.refused + shown.refusals + unusable
            sources.record_request(
                db,
                poll,
                replace(seen, refused=refused),
                history=False,
                purpose="filling",
            )
            gaps.asked(db, gap.id, seen.new, poll.detail)
        own = step.source.id == gap.source and not step.family.endswith("by day")
        back = known or any(
            one.entry.published is not None and one.entry.published.at <= gap.after
            for one in sighted
        )
        return seen.new, bool(back) and (own or step.way in WHOLE)


def _record(db: Connection, news: Sequence[Sighting], old: Sequence[Sighting]) -> Seen:
    first, second = (
        sightings.record(db, some, history=history) if some else Seen()
        for some, history in ((news, False), (old, True))
    )
    return Seen(
        new=first.new + second.new,
        changed=first.changed + second.changed,
        known=first.known + second.known,
        refused=first.refused + second.refused,
    )


def _sorted(
    sighted: Sequence[Sighting], known: frozenset[str], gap: Gap, step: Step
) -> tuple[list[Sighting], list[Sighting]]:
    """Return what is news and what is history (law 5): that which was told before the gap began."""
    news: list[Sighting] = []
    old: list[Sighting] = []
    beyond = False
    for one in sighted:
        beyond = beyond or one.key in known
        date = one.entry.published
        if date is None:
            # In the order of a list, what stands behind the known is older.
            (old if beyond and step.family != "by day" else news).append(one)
        else:
            (old if date.at < gap.after - timedelta(days=1) else news).append(one)
    return news, old


def _asked_for(step: Step) -> DueSource:
    return DueSource(
        source=step.source, conditions=Conditions(), unproved=False, failures=0, anew=True
    )
