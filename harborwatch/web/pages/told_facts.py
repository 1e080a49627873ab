"""Facts as pages show them: of a story, and of an event with who says otherwise. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from alerts.clean import clean, shorten
from archive.reporting.fact_table import FactLine
from archive.reporting.reports import Report
from harborwatch.web.site import Site
from harborwatch.web.wording import Wording
from news import Fact
from news.facts import distinct, in_order, plainly

#: facts that are named, and characters of one
MOST, LONGEST = 60, 80


@dataclass(frozen=True, slots=True, kw_only=True)
class FactShown:
    """A fact of a story."""

    #: as printed
    text: str
    #: in plain units, in the reader's language: "20,000,000,000 CNY", "35 个项目", "Nanning"
    plainly: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsOfKind:
    """A story's facts of one kind."""

    #: "money", "count", "percent", "date", "range", "place", "organisation", "person"
    kind: str
    facts: tuple[FactShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """A value that an event's originals name, and what others have in its place."""

    kind: str
    #: as of a story
    plainly: str
    #: the different forms in which it is printed: RMB20 miliar, 200亿元
    printed: tuple[str, ...]
    outlets: tuple[str, ...]
    #: "179 deals: Xinhua; 779 deals: ANTARA", or ""
    conflict: str


def of_story(facts: Iterable[Fact], wording: Wording) -> tuple[FactsOfKind, ...]:
    """Return a revision's facts, a kind a line, each fact once."""
    ordered = in_order(distinct(facts))[:MOST]
    return tuple(
        FactsOfKind(
            kind=kind,
            facts=tuple(
                FactShown(
                    text=shorten(one.text, LONGEST), plainly=clean(wording.said(plainly(one)))
                )
                for one in same
            ),
        )
        for kind, same in groupby(ordered, key=lambda fact: fact.kind)
    )


def of_event(
    site: Site, lines: Sequence[FactLine[Report]], wording: Wording
) -> tuple[FactRow, ...]:
    """Return an event's table of facts, conflicts first."""
    ordered = sorted(lines, key=lambda line: not line.against)
    return tuple(_row(site, line, wording) for line in ordered[:MOST])


def _row(site: Site, line: FactLine[Report], wording: Wording) -> FactRow:
    against = [] if not line.against else [line, *line.against]
    said = [f"{wording.said(plainly(one.fact))}: {_names(site, one.outlets)}" for one in against]
    return FactRow(
        kind=line.fact.kind,
        plainly=clean(wording.said(plainly(line.fact))),
        printed=tuple(shorten(one, LONGEST) for one in line.printed),
        outlets=tuple(site.outlet_name(one) for one in line.outlets),
        conflict=clean("; ".join(said)),
    )


def _names(site: Site, outlets: Iterable[str]) -> str:
    return ", ".join(site.outlet_name(one) for one in outlets)
