"""Checks an outlet as its file describes it: each way asked once, a few of its pages read."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from crawler.outcomes import outcome_of
from crawler.reports import PageReport, WayReport, time_of
from crawler.visiting import Answer, UnansweredError, Visit
from news import Clock, Entry, Outcome, Outlet, Refused, Source, SourceError
from pipelines.reading import addresses
from pipelines.reading.scouting.scout import Scout
from pipelines.reading.sources.shown import Shown

#: how many indexes may stand one below the other, as in a crawl
_DEEPEST = 2


class Check:
    """A check under way: asks, has the answers read by the scout, and reports."""

    def __init__(self, outlet: Outlet, scout: Scout, clock: Clock) -> None:
        self._outlet = outlet
        self._scout = scout
        self._clock = clock

    async def way(self, source: Source, visit: Visit) -> WayReport:
        """Ask one way, and report what it shows."""
        try:
            answer = await visit.ask(source.address)
        except UnansweredError as error:
            return WayReport(source=source, outcome=error.outcome, answer=str(error))
        outcome = outcome_of(answer.status)
        report = WayReport(
            source=source,
            outcome=outcome,
            answer=told(answer),
            status=answer.status,
            moved=answer.address if answer.moved else "",
        )
        if outcome is not Outcome.GOOD:
            return report
        try:
            shown, note = await self._shown(source, answer, visit)
        except (SourceError, UnansweredError) as error:
            return replace(report, outcome=Outcome.UNREADABLE, note=str(error))
        return self._filled(report, shown, "; ".join(filter(None, (note, shown.note))))

    async def page(self, entry: Entry, visit: Visit) -> PageReport:
        """Fetch an entry's page and read it."""
        try:
            answer = await visit.ask(entry.address)
        except UnansweredError as error:
            return PageReport(place=entry.address, refused=str(error))
        if not answer.good:
            return PageReport(place=entry.address, refused=f"HTTP {answer.status}")
        return await self._read(entry.address, answer, entry)

    async def saved(self, path: Path, body: bytes) -> PageReport:
        """Read a saved page; its address is what the page itself says."""
        try:
            clues = await self._scout.clues(body, "", f"{self._outlet.home.rstrip('/')}/")
        except Refused as refused:
            return PageReport(place=str(path), refused=str(refused))
        own = clues.canonical if addresses.is_own(clues.canonical, self._outlet) else ""
        address = own or f"{self._outlet.home.rstrip('/')}/{path.name}"
        answer = Answer(asked=address, address=address, status=200, content_type="", body=body)
        return await self._read(str(path), answer, Entry(address=address))

    async def _shown(self, source: Source, answer: Answer, visit: Visit) -> tuple[Shown, str]:
        """Return what a way shows, and what was left out; of an index its first sitemap is read."""
        notes: list[str] = []
        for _ in range(_DEEPEST + 1):
            shown = await self._scout.source(
                source.way, answer.body, answer.content_type, answer.address, self._outlet,
                self._clock.now(),
            )  # fmt: skip
            if shown.entries or not shown.further:
                return shown, "; ".join(notes)
            notes.append(f"an index of {len(shown.further)}; read {shown.further[0]}")
            answer = await visit.ask(shown.further[0])
            if not answer.good:
                raise SourceError(f"{answer.asked}: {told(answer)}")
        raise SourceError(f"{source.address}: an index within indexes; name a sitemap instead")

    def _filled(self, report: WayReport, shown: Shown, note: str) -> WayReport:
        stories = [one for one in shown.entries if addresses.is_story(one.address, self._outlet)]
        times = [moment for one in shown.entries if (moment := time_of(one))]
        return replace(
            report,
            entries=shown.entries,
            stories=tuple(stories),
            newest=max(times, default=None),
            note=note,
        )

    async def _read(self, place: str, answer: Answer, entry: Entry) -> PageReport:
        report, now = PageReport(place=place), self._clock.now()
        try:
            probes = await self._scout.probes(answer.body, answer.content_type, self._outlet, now)
            report = replace(report, probes=tuple(probes))
            read = await self._scout.page(
                answer.body, answer.content_type, answer.address, entry, self._outlet, now
            )
        except (Refused, SourceError) as error:
            return replace(report, refused=str(error))
        return replace(report, read=read)


def samples(ways: Sequence[WayReport], count: int, outlet: Outlet) -> list[Entry]:
    """Choose entries whose pages are looked at: the first of each way in turn, each story once."""
    chosen: dict[str, Entry] = {}
    for entry in _in_turn(ways):
        if len(chosen) >= count:
            break
        chosen.setdefault(addresses.key(entry.address, outlet), entry)
    return list(chosen.values())


def _in_turn(ways: Sequence[WayReport]) -> Iterator[Entry]:
    for row in zip_longest(*(way.stories for way in ways)):
        yield from (entry for entry in row if entry is not None)


def told(answer: Answer) -> str:
    """Return an answer in a few words."""
    kind = answer.content_type.partition(";")[0].strip() or "no content type"
    size = len(answer.body)
    length = f"{size / 1024:.0f} KB" if size >= 1024 else f"{size} bytes"
    moved = f", at {answer.address}" if answer.address != answer.asked else ""
    return f"HTTP {answer.status}, {kind}, {length}{moved}"
