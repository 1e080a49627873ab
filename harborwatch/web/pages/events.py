"""The page of an event: all its tellings by language and time, originals and copies, facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from alerts.clean import clean, shorten
from archive.grouping import events
from archive.grouping.events import Standing
from archive.reporting import reports
from archive.reporting.reports import Report
from archive.reporting.summaries import lead
from harborwatch.event_report import EventReport, event_report
from harborwatch.story_trail import because
from harborwatch.web.asking import Ask, Moved
from harborwatch.web.pages import told_facts
from harborwatch.web.pages.lines import StoryLine, TopicTag, story_line, topic_tags
from harborwatch.web.pages.told_facts import FactRow
from harborwatch.web.site import Site

#: tellings that are shown, and characters of a quoted sentence
TELLINGS, QUOTE = 200, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A story of the event, with the copies of its text."""

    story: StoryLine
    #: its first sentence that says something
    quote: str
    #: why it stands here; "" where it opened the event
    because: str
    copies: tuple[StoryLine, ...]
    #: what was out first of all
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageColumn:
    """The tellings in one language, the first one first."""

    language: str
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteShown:
    """A sentence that adds something to what stands before it."""

    text: str
    story: StoryLine


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionShown:
    """A fact that a story changed in a later revision."""

    #: "35 → 53 projects"
    change: str
    story: StoryLine
    revision: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """An event with all its tellings."""

    number: int
    headline: str
    language: str
    first: StoryLine
    summary: tuple[QuoteShown, ...]
    columns: tuple[LanguageColumn, ...]
    #: every story in the order in which it was out
    order: tuple[StoryLine, ...]
    originals: int
    copies: int
    #: texts among them that are press releases
    releases: int
    outlets: int
    topics: tuple[TopicTag, ...]
    facts: tuple[FactRow, ...]
    corrections: tuple[CorrectionShown, ...]
    first_seen: datetime
    last_seen: datetime
    #: tellings that are not shown
    more: int


def event(site: Site, db: Connection, ask: Ask) -> EventPage:
    """Show an event; a number that was merged leads on to the event that took its stories in."""
    number = ask.number()
    current = events.current(db, number)
    if current != number:
        raise Moved(f"/events/{current}")
    told = reports.of_event(db, number)
    if told is None:
        raise ask.missing()
    found = event_report(told, ask.wording.language)
    stories = [one.story for one in found.reports]
    first = story_line(site, found.first.story)
    return EventPage(
        number=number,
        headline=first.headline,
        language=first.language,
        first=first,
        summary=_summary(site, found),
        columns=_columns(_tellings(site, db, found)),
        order=tuple(story_line(site, one) for one in stories[:TELLINGS]),
        originals=sum(one.copy_of is None for one in stories),
        copies=sum(one.copy_of is not None for one in stories),
        releases=sum(one.release and one.copy_of is None for one in stories),
        outlets=len({one.outlet for one in stories}),
        topics=topic_tags(site, sorted({topic for one in stories for topic in one.topics})),
        facts=told_facts.of_event(site, found.facts, ask.wording),
        corrections=_corrections(site, found),
        first_seen=min(one.first_seen_at for one in stories),
        last_seen=max(one.first_seen_at for one in stories),
        more=max(0, len(stories) - TELLINGS),
    )


def _tellings(site: Site, db: Connection, found: EventReport) -> list[Telling]:
    """Return the originals with their copies; what is not trusted comes last."""
    shown = found.reports[:TELLINGS]
    originals = [one for one in shown if one.original] or list(shown)
    originals.sort(key=lambda one: bool(one.story.doubt))
    places = events.standing(db, [one.story.id for one in originals])
    return [
        Telling(
            story=story_line(site, one.story),
            quote=_quote(one),
            because=_because(site, places, one.story.id),
            copies=tuple(
                story_line(site, copy.story)
                for copy in shown
                if copy.story.copy_of == one.story.id
            ),
            first=one.story.id == found.first.story.id,
        )
        for one in originals
    ]


def _because(site: Site, places: Mapping[int, Standing], story: int) -> str:
    place = places.get(story)
    return clean(because(place.place.because, site.topic_title)) if place else ""


def _quote(report: Report) -> str:
    said = lead(report, 1)
    return shorten(said[0].text if said else report.story.body, QUOTE)


def _summary(site: Site, found: EventReport) -> tuple[QuoteShown, ...]:
    # A single telling is quoted where it stands.
    if sum(one.original for one in found.reports) < 2:
        return ()
    return tuple(
        QuoteShown(text=shorten(one.text, QUOTE), story=story_line(site, one.report.story))
        for one in found.summary
    )


def _corrections(site: Site, found: EventReport) -> tuple[CorrectionShown, ...]:
    return tuple(
        CorrectionShown(
            change=clean(one.change),
            story=story_line(site, one.report.story),
            revision=one.revision,
            at=one.at,
        )
        for one in found.corrections
    )


def _columns(tellings: Sequence[Telling]) -> tuple[LanguageColumn, ...]:
    """Return the tellings by language; the language that was out first stands first."""
    by_language: dict[str, list[Telling]] = {}
    for one in tellings:
        by_language.setdefault(one.story.language, []).append(one)
    return tuple(
        LanguageColumn(language=language, tellings=tuple(found))
        for language, found in by_language.items()
    )
