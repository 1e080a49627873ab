"""The page of a story: its text explained, its revisions, where it came from, what is near it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Connection

from alerts.clean import clean
from archive.grouping import events
from archive.grouping.following import followed
from archive.keeping import revisions, stories, traces
from archive.keeping.revisions import PrintedDate, WholeRevision
from archive.keeping.traces import AddressTrace, StoryTrace
from archive.searching.search import document_of
from harborwatch.story_trail import because
from harborwatch.text_differences import Change, differences
from harborwatch.web.asking import Ask
from harborwatch.web.pages import told_facts
from harborwatch.web.pages.citing import Citation, citation
from harborwatch.web.pages.lines import StoryLine, TopicTag, story_line, topic_tags
from harborwatch.web.pages.marking import Paragraph, Spot, marked
from harborwatch.web.pages.told_facts import FactsOfKind
from harborwatch.web.site import Site
from news import Mention, QueryError
from query import expand, match, parse
from query.zawgyi import is_zawgyi

#: nearest stories, revisions with differences, mentions of a topic that are shown
NEAREST, REVISIONS, MENTIONS = 8, 12, 6
#: characters of a clause
CLAUSE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a story speaks of a topic."""

    topic: TopicTag
    #: the words, each once
    words: tuple[str, ...]
    #: the clause of the topic's query that found the first of them
    clause: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionShown:
    """A revision, and what it changed."""

    number: int
    page: int
    seen: datetime
    headline: str
    #: against the revision before; empty for the first one and where the text stayed
    headline_changes: tuple[Change, ...]
    changes: tuple[Change, ...]
    method: str
    confidence: float
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SightingShown:
    """A source that showed an address of the story."""

    address: str
    source: str
    first_seen: datetime
    last_seen: datetime
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A headline that the page carries, and where: "h1", "og", "json-ld" …"""

    text: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A story that was compared with this one, and what they share."""

    story: StoryLine
    because: str
    same_event: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """A story with all that is known of it."""

    story: StoryLine
    authors: tuple[str, ...]
    agency: str
    section: str
    date: PrintedDate | None
    headlines: tuple[Headline, ...]
    text: tuple[Paragraph, ...]
    #: written in Zawgyi: pages show it in Unicode, here it stands as it came
    zawgyi: bool
    topics: tuple[Why, ...]
    facts: tuple[FactsOfKind, ...]
    revisions: tuple[RevisionShown, ...]
    sightings: tuple[SightingShown, ...]
    copies: tuple[StoryLine, ...]
    original: StoryLine | None
    #: why it stands in its event; "" where it opened it
    event_because: str
    event_stories: int
    nearest: tuple[Near, ...]
    citation: Citation
    #: the question whose words are marked; "" where none was given
    query: str


def story(site: Site, db: Connection, ask: Ask) -> StoryPage:
    """Show a story; `q` marks the words of a question in it."""
    trace = traces.story(db, ask.number())
    if trace is None:
        raise ask.missing()
    row, said = trace.story, revisions.whole(db, trace.story.id)
    mentions = stories.mentions_of(db, row.id, row.revision)
    line, latest = story_line(site, row), said[-1]
    return StoryPage(
        story=line,
        authors=row.authors,
        agency=latest.agency,
        section=latest.section,
        date=revisions.printed_date(db, row.id),
        headlines=_headlines(latest),
        text=marked(row.body, _spots(site, db, ask, trace, mentions)),
        zawgyi=is_zawgyi(row.body or row.title),
        topics=_whys(site, mentions),
        facts=told_facts.of_story(trace.revisions[-1].facts, ask.wording),
        revisions=_revisions(said),
        sightings=_sightings(traces.addresses_of(db, row.id)),
        copies=tuple(story_line(site, one) for one in trace.copies),
        original=_original(site, db, row.copy_of),
        event_because=because(trace.event_because, site.topic_title),
        event_stories=len(trace.event_others) + 1,
        nearest=_nearest(site, db, trace),
        citation=citation(line, row.authors, latest, site.public_url),
        query=ask.text("q"),
    )


def _headlines(said: WholeRevision) -> tuple[Headline, ...]:
    found: dict[str, list[str]] = {}
    for origin, title in said.titles:
        found.setdefault(clean(title), []).append(origin)
    return tuple(Headline(text=text, origins=tuple(where)) for text, where in found.items())


def _spots(
    site: Site, db: Connection, ask: Ask, trace: StoryTrace, mentions: Sequence[Mention]
) -> list[Spot]:
    spots = [
        Spot(start=one.start, end=one.end, topic=one.topic)
        for one in mentions
        if one.field == "body"
    ]
    if text := ask.text("q"):
        try:
            asked = followed(db, expand(parse(text), site.topics))
            found = match(asked, document_of(trace.story))
        except QueryError:
            # The story is what was asked for; a question that cannot be asked marks nothing.
            found = None
        hits = found.hits if found else ()
        spots += [Spot(start=h.start, end=h.end, topic="") for h in hits if h.field == "body"]
    return spots


def _whys(site: Site, mentions: Sequence[Mention]) -> tuple[Why, ...]:
    by_topic: dict[str, list[Mention]] = {}
    for one in mentions:
        by_topic.setdefault(one.topic, []).append(one)
    return tuple(
        Why(
            topic=tag,
            words=tuple(dict.fromkeys(one.words for one in by_topic[tag.id]))[:MENTIONS],
            clause=by_topic[tag.id][0].clause[:CLAUSE],
            times=len({(one.field, one.start) for one in by_topic[tag.id]}),
        )
        for tag in topic_tags(site, by_topic)
    )


def _revisions(said: Sequence[WholeRevision]) -> tuple[RevisionShown, ...]:
    before = {one.number: old for old, one in pairwise(said)}
    return tuple(_revision(one, before.get(one.number)) for one in said[-REVISIONS:])


def _revision(one: WholeRevision, before: WholeRevision | None) -> RevisionShown:
    same_title = before is None or before.title == one.title
    same_body = before is None or before.body == one.body
    return RevisionShown(
        number=one.number,
        page=one.page,
        seen=one.seen_at,
        headline=one.title,
        headline_changes=() if same_title or not before else differences(before.title, one.title),
        changes=() if same_body or not before else differences(before.body, one.body),
        method=one.method,
        confidence=one.confidence,
        agency=one.agency,
    )


def _sightings(seen: Sequence[AddressTrace]) -> tuple[SightingShown, ...]:
    return tuple(
        SightingShown(
            address=trace.address,
            source=one.source,
            first_seen=one.first_seen_at,
            last_seen=one.last_seen_at,
            times=one.times,
        )
        for trace in seen
        for one in trace.shown
    )


def _original(site: Site, db: Connection, number: int | None) -> StoryLine | None:
    found = stories.load(db, [number]) if number is not None else []
    return story_line(site, found[0]) if found else None


def _nearest(site: Site, db: Connection, trace: StoryTrace) -> tuple[Near, ...]:
    own = trace.story
    ties = events.nearest(db, own.copy_of or own.id, NEAREST)
    # What says nothing of why is a stranger that was merely compared.
    why = {
        one.low + one.high - (own.copy_of or own.id): one.because for one in ties if one.because
    }
    return tuple(
        Near(
            story=story_line(site, row),
            because=because(why[row.id], site.topic_title),
            same_event=row.event == own.event,
        )
        for row in stories.load(db, list(why))
        if row.id != own.id
    )
