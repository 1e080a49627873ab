"""Probes an outlet's ways in: each asked once; where none lives, others are looked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlsplit

from crawler.checking import Check
from crawler.proposals import Proposal
from crawler.proposing import Search
from crawler.reports import WayReport
from crawler.visiting import UnansweredError, Visit
from news import Clock, Outcome, Outlet, Source
from pipelines.reading.scouting.scout import Scout


class Verdict(StrEnum):
    """What a probed way is."""

    ALIVE = "alive"
    MOVED = "moved"
    EMPTY = "empty"
    DEAD = "dead"
    UNREADABLE = "not readable"
    BLOCKED = "blocked"
    TOLD_TO_WAIT = "told to wait"
    FAILING = "failing"
    #: nothing on the whole network answered: our own outage
    UNREACHED = "not reached"


#: verdicts of a way through which stories come
LIVING = frozenset({Verdict.ALIVE, Verdict.MOVED})
#: verdicts that patience may mend, and nothing else
_PATIENCE = frozenset({Verdict.TOLD_TO_WAIT, Verdict.FAILING})
_BY_OUTCOME = {
    Outcome.MISSING: Verdict.DEAD,
    Outcome.GONE: Verdict.DEAD,
    Outcome.UNREADABLE: Verdict.UNREADABLE,
    Outcome.BLOCKED: Verdict.BLOCKED,
    Outcome.TOLD_TO_WAIT: Verdict.TOLD_TO_WAIT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbedWay:
    """One way in, asked once, and what that makes of it."""

    report: WayReport
    verdict: Verdict
    #: for a person: "34 entries, newest 2026-11-22 06:10 UTC"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbedOutlet:
    """An outlet whose ways were probed."""

    outlet: Outlet
    ways: Sequence[ProbedWay]
    #: ways that were found in place of those that are dead; None where none were looked for
    found: Proposal | None = None
    requests: int = 0


class Probing:
    """A probe of one outlet: asks the given sources, and searches where none of them lives."""

    def __init__(self, outlet: Outlet, scout: Scout, clock: Clock, most: int) -> None:
        self._outlet = outlet
        self._scout = scout
        self._clock = clock
        #: requests of a search
        self._most = most

    async def probe(
        self, sources: Sequence[Source], visit: Visit, *, others_live: bool
    ) -> ProbedOutlet:
        """Ask each source once. `others_live` says that the outlet has further ways that work."""
        check = Check(self._outlet, self._scout, self._clock)
        ways = [judged(await check.way(source, visit)) for source in sources]
        found = None
        if not others_live and self._most and await self._worth_a_search(ways, visit):
            search = Search(visit, self._scout, self._clock, visit.requests + self._most)
            found = await search.propose(self._outlet.home)
        return ProbedOutlet(outlet=self._outlet, ways=ways, found=found, requests=visit.requests)

    async def _worth_a_search(self, ways: Sequence[ProbedWay], visit: Visit) -> bool:
        """Return whether no way lives, and the outlet's own host answers."""
        if any(way.verdict in LIVING | _PATIENCE for way in ways):
            return False
        home = urlsplit(self._outlet.home).netloc
        asked = [(urlsplit(way.report.source.address).netloc, way.report.status) for way in ways]
        if any(host == home and status is not None for host, status in asked):
            return True
        if any(host == home for host, _ in asked):
            return False  # it gave no answer just now
        try:
            await visit.ask(self._outlet.home)
        except UnansweredError:
            return False
        return True


def judged(report: WayReport) -> ProbedWay:
    """Return what a report of a way means: pure."""
    verdict = _verdict(report)
    return ProbedWay(report=report, verdict=verdict, text=_text(report, verdict))


def unreached(probed: Sequence[ProbedOutlet]) -> bool:
    """Return whether nothing at all was answered, by several hosts: the fault is ours."""
    ways = [way for one in probed for way in one.ways]
    hosts = {urlsplit(way.report.source.address).netloc for way in ways}
    return len(hosts) > 1 and all(_unanswered(way) for way in ways)


def as_unreached(one: ProbedOutlet) -> ProbedOutlet:
    """Return an outlet's probe as it stands in an outage of ours: nothing is dead by it."""
    ways = [replace(way, verdict=Verdict.UNREACHED) for way in one.ways]
    return replace(one, ways=ways)


def _unanswered(way: ProbedWay) -> bool:
    return way.report.status is None and way.report.outcome is Outcome.TEMPORARY


def _verdict(report: WayReport) -> Verdict:
    if report.outcome is Outcome.GOOD:
        if not report.entries:
            return Verdict.EMPTY
        return Verdict.MOVED if report.moved else Verdict.ALIVE
    if report.outcome is Outcome.TEMPORARY:
        return Verdict.DEAD if report.status is None else Verdict.FAILING
    return _BY_OUTCOME.get(report.outcome, Verdict.FAILING)


def _text(report: WayReport, verdict: Verdict) -> str:
    if verdict is Verdict.EMPTY:
        return f"{report.answer}, but no stories"
    if verdict is Verdict.UNREADABLE:
        return f"not a {report.source.way}: {_bare(report.note or report.answer, report)}"
    if verdict not in LIVING:
        return _bare(report.answer, report)
    newest = f", newest {report.newest:%Y-%m-%d %H:%M} UTC" if report.newest else ""
    text = f"{len(report.entries)} entries{newest}"
    if verdict is Verdict.MOVED:
        text = f"301 to {report.moved}; {text}"
    if not report.stories:
        text += f"; none is a story by addresses.story, as {report.entries[0].address}"
    return text


def _bare(text: str, report: WayReport) -> str:
    return text.removeprefix(f"{report.source.address}: ")
