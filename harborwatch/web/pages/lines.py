"""Stories, topics and events as one line of a page. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.clean import Piece, clean, language_tag, pieces, safe_link, shorten
from alerts.matching import hit_sentence
from archive.keeping.latest import EventLine
from archive.searching.search import Found
from harborwatch.web.site import Site
from news import StoryRow

#: characters of a headline, a lead and a sentence
HEADLINE, LEAD, SENTENCE = 240, 260, 360


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicTag:
    """A topic by its name."""

    id: str
    title: str
    #: of the title
    language: str
    #: 1 core … 4 context
    tier: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A story as it stands in a list."""

    number: int
    headline: str
    language: str
    outlet: str
    outlet_name: str
    country: str
    #: the article's own address; "" where it is no web page
    address: str
    published: datetime | None
    #: "second", "minute", "day" or ""
    precision: str
    first_seen: datetime
    topics: tuple[TopicTag, ...]
    event: int | None
    #: the story whose text it repeats, and how: "reprint", "summary"
    copy_of: int | None
    copy_kind: str
    #: searchable, never mailed
    history: bool
    revision: int
    gone: datetime | None
    #: its first words
    lead: str
    #: who had its text first, and what says so; "" where nothing does
    origin: str
    origin_by: str
    origin_story: int | None
    #: the text is a press release
    release: bool
    #: why it is not trusted: "spun", "hijacked" …; "" where it is
    doubt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLine:
    """A story that a query found, with what it hit."""

    story: StoryLine
    #: the headline in parts, hits marked
    headline: tuple[Piece, ...]
    #: the sentence of the first hit; empty where the headline says it
    sentence: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventShown:
    """An event as it stands in a list."""

    number: int
    lead: StoryLine
    stories: int
    copies: int
    outlets: int
    languages: tuple[str, ...]
    topics: tuple[TopicTag, ...]
    first_seen: datetime
    last_seen: datetime


def story_line(site: Site, story: StoryRow) -> StoryLine:
    """Return a story as a line; every text of it made harmless."""
    return StoryLine(
        number=story.id,
        headline=shorten(story.title, HEADLINE) or clean(story.address),
        language=language_tag(story.language),
        outlet=story.outlet,
        outlet_name=site.outlet_name(story.outlet),
        country=story.country,
        address=safe_link(story.address),
        published=story.published_at,
        precision=story.published_precision,
        first_seen=story.first_seen_at,
        topics=topic_tags(site, story.topics),
        event=story.event,
        copy_of=story.copy_of,
        copy_kind=story.copy_kind,
        history=story.history,
        revision=story.revision,
        gone=story.gone_at,
        lead=shorten(story.body[: 4 * LEAD], LEAD),
        origin=clean(site.outlet_name(story.origin)),
        origin_by=story.origin_by,
        origin_story=story.origin_story,
        release=story.release,
        doubt=story.doubt,
    )


def found_line(site: Site, found: Found) -> FoundLine:
    """Return a found story with its hits marked."""
    story = found.story
    in_title = [(hit.start, hit.end) for hit in found.match.hits if hit.field == "title"]
    sentence, marks = hit_sentence(story, found.match)
    said = sentence.strip() and sentence.strip() != story.title.strip()
    line = story_line(site, story)
    return FoundLine(
        story=line,
        headline=pieces(story.title, in_title, HEADLINE)
        or (Piece(text=line.headline, marked=False),),
        sentence=pieces(sentence, marks, SENTENCE) if said else (),
    )


def event_shown(site: Site, event: EventLine) -> EventShown:
    """Return an event as a line."""
    return EventShown(
        number=event.number,
        lead=story_line(site, event.lead),
        stories=event.stories,
        copies=event.copies,
        outlets=event.outlets,
        languages=event.languages,
        topics=topic_tags(site, event.topics),
        first_seen=event.first_seen_at,
        last_seen=event.last_seen_at,
    )


def topic_tags(site: Site, topics: Iterable[str]) -> tuple[TopicTag, ...]:
    """Return topics by name, the nearest to the core first."""
    tags = [
        TopicTag(
            id=name,
            title=site.topic_title(name),
            language=site.topic_language(name),
            tier=site.topic_files[name].tier if name in site.topic_files else 4,
        )
        for name in topics
    ]
    return tuple(sorted(tags, key=lambda one: (one.tier, one.id)))


def weight(event: EventShown) -> tuple[int, int, int]:
    """Return by what events are ordered: nearness of topics, outlets, tellings; less is first."""
    tier = min((tag.tier for tag in event.topics), default=5)
    return (min(tier, 3), -event.outlets, -(event.stories - event.copies))


def by_weight(events: Sequence[EventShown]) -> list[EventShown]:
    """Return events, the weightiest first; among equals the latest."""
    return sorted(events, key=weight)
