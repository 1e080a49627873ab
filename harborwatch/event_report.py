"""An event in words and as data: who told it, what each adds, facts and conflicts. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from alerts.changes import fact_changes
from archive.reporting.fact_table import FactLine, fact_table
from archive.reporting.reports import EventReports, Report
from archive.reporting.summaries import Quote, lead, summary

Data = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A fact that a story changed in a later revision."""

    report: Report
    revision: int
    at: datetime
    #: "35 → 53 projects"
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventReport:
    """All that is shown of an event."""

    #: the number that stands for it now
    event: int
    #: the first one out first
    reports: tuple[Report, ...]
    summary: tuple[Quote, ...]
    facts: tuple[FactLine[Report], ...]
    corrections: tuple[Correction, ...]

    @property
    def first(self) -> Report:
        """Return the report that was out first, an original where there is one."""
        return first_of(self.reports)


def event_report(told: EventReports, language: str = "") -> EventReport:
    """Return what there is to show of an event; `language` is the reader's, for the summary."""
    return EventReport(
        event=told.event,
        reports=told.reports,
        summary=summary(told.reports, language=language),
        facts=fact_table(told.reports),
        corrections=tuple(_corrections(told)),
    )


def first_of(reports: Sequence[Report]) -> Report:
    """Return the first report with words of its own, where there is one."""
    return next((one for one in reports if one.original), reports[0])


def counts(reports: Sequence[Report]) -> str:
    """Return "5 outlets, 6 originals, 2 copies; en 4, id 3, zh 1"."""
    originals = sum(one.original for one in reports)
    parts = [
        _counted(len({one.story.outlet for one in reports}), "outlet"),
        _counted(originals, "original"),
    ]
    if len(reports) > originals:
        parts.append(_counted(len(reports) - originals, "copy", "copies"))
    spoken = Counter(one.story.language or "?" for one in reports)
    languages = sorted(spoken.items(), key=lambda one: (-one[1], one[0]))
    return f"{', '.join(parts)}; {', '.join(f'{name} {n}' for name, n in languages)}"


def as_data(report: EventReport) -> Data:
    """Return an event as it stands in JSON."""
    return {
        **head_data(report.event, report.reports),
        "stories": [_story(one) for one in report.reports],
        "summary": [_quote(one) for one in report.summary],
        "facts": [fact_data(one) for one in report.facts],
        "corrections": [
            {
                "outlet": one.report.story.outlet,
                "story": one.report.story.id,
                "revision": one.revision,
                "at": one.at,
                "change": one.change,
            }
            for one in report.corrections
        ],
    }


def head_data(event: int, reports: Sequence[Report]) -> Data:
    """Return an event without its stories, as it stands in a list."""
    first = first_of(reports)
    return {
        "event": event,
        "title": first.story.title,
        "language": first.story.language,
        "first": first.at,
        "last_seen": max(one.story.first_seen_at for one in reports),
        "outlets": sorted({one.story.outlet for one in reports}),
        "originals": sum(one.original for one in reports),
        "copies": sum(not one.original for one in reports),
        "languages": dict(Counter(one.story.language for one in reports)),
    }


def fact_data(line: FactLine[Report]) -> Data:
    """Return a line of the table of facts; its keys are the columns of CSV."""
    fact = line.fact
    return {
        "kind": fact.kind,
        "value": _whole(fact.value),
        "high": _whole(fact.high),
        "unit": fact.unit,
        "what": fact.what,
        "printed": line.printed,
        "outlets": line.outlets,
        "stories": [one.story.id for one in line.reports],
        "first": line.reports[0].at,
        "conflict": line.conflict,
    }


def _corrections(told: EventReports) -> Iterator[Correction]:
    reports = {one.story.id: one for one in told.reports}
    for before, after in pairwise(told.editions):
        if before.story == after.story and reports[after.story].original:
            for change in fact_changes(before.facts, after.facts):
                yield Correction(
                    report=reports[after.story],
                    revision=after.revision,
                    at=after.seen_at,
                    change=change,
                )


def _story(one: Report) -> Data:
    return {
        "id": one.story.id,
        "outlet": one.story.outlet,
        "language": one.story.language,
        "title": one.story.title,
        "url": one.story.address,
        "at": one.at,
        "revision": one.story.revision,
        "copy_of": one.story.copy_of,
        "lead": [quote.text for quote in lead(one)],
    }


def _quote(one: Quote) -> Data:
    story = one.report.story
    return {
        "text": one.text,
        "outlet": story.outlet,
        "language": story.language,
        "story": story.id,
        "url": story.address,
    }


def _whole(end: float | str | None) -> float | str | None:
    return int(end) if isinstance(end, float) and end.is_integer() else end


def _counted(number: int, one: str, more: str = "") -> str:
    return f"{number} {one if number == 1 else more or f'{one}s'}"
