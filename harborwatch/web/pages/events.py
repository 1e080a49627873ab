"""The page of an event: all its tellings by language and time, originals and copies, facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from alerts.clean import shorten
from archive import events, stories
from harborwatch.web.asking import Ask, Moved
from harborwatch.web.pages import told_facts
from harborwatch.web.pages.lines import StoryLine, TopicTag, story_line, topic_tags
from harborwatch.web.pages.told_facts import FactShown
from harborwatch.web.site import Site
from news import StoryRow
from query.sentences import sentence_around

#: tellings that are shown; an event with more is searched
TELLINGS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A story of the event, with the copies of its text."""

    story: StoryLine
    #: its first sentence, quoted
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
class EventPage:
    """An event with all its tellings."""

    number: int
    headline: str
    language: str
    first: StoryLine
    columns: tuple[LanguageColumn, ...]
    #: every story in the order in which it was out
    order: tuple[StoryLine, ...]
    originals: int
    copies: int
    outlets: int
    topics: tuple[TopicTag, ...]
    facts: tuple[FactShown, ...]
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
    rows = sorted(stories.of_events(db, [number]), key=_out_at)
    if not rows:
        raise ask.missing()
    shown = rows[:TELLINGS]
    originals = [one for one in shown if one.copy_of is None] or shown
    first = originals[0]
    places = events.standing(db, [one.id for one in originals])
    tellings = [
        Telling(
            story=story_line(site, one),
            quote=_quote(one),
            because=places[one.id].place.because if one.id in places else "",
            copies=tuple(story_line(site, c) for c in shown if c.copy_of == one.id),
            first=one.id == first.id,
        )
        for one in originals
    ]
    return EventPage(
        number=number,
        headline=story_line(site, first).headline,
        language=first.language,
        first=story_line(site, first),
        columns=_columns(tellings),
        order=tuple(story_line(site, one) for one in shown),
        originals=sum(one.copy_of is None for one in rows),
        copies=sum(one.copy_of is not None for one in rows),
        outlets=len({one.outlet for one in rows}),
        topics=topic_tags(site, sorted({topic for one in rows for topic in one.topics})),
        facts=told_facts.of_event(site, db, originals),
        first_seen=min(one.first_seen_at for one in rows),
        last_seen=max(one.first_seen_at for one in rows),
        more=len(rows) - len(shown),
    )


def _out_at(story: StoryRow) -> tuple[datetime, int]:
    return story.published_at or story.first_seen_at, story.id


def _quote(story: StoryRow) -> str:
    """Return the first sentence of the body that says more than a dateline."""
    begin, end = sentence_around(story.body, 0, min(1, len(story.body)))
    return shorten(story.body[begin:end], 280)


def _columns(tellings: Sequence[Telling]) -> tuple[LanguageColumn, ...]:
    """Return the tellings by language; the language that was out first stands first."""
    by_language: dict[str, list[Telling]] = {}
    for one in tellings:
        by_language.setdefault(one.story.language, []).append(one)
    return tuple(
        LanguageColumn(language=language, tellings=tuple(found))
        for language, found in by_language.items()
    )
