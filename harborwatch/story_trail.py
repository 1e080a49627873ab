"""The trail of a story in words: revisions, copies, event, topics, watches, digests. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from alerts.changes import fact_changes
from alerts.days_off import days_off
from alerts.matching import Compiled
from alerts.slots import next_slot
from archive.keeping.traces import StoryTrace
from archive.reporting.reports import Report
from archive.reporting.summaries import lead
from archive.searching.search import document_of
from archive.telling.telling_traces import Matched, Sent, Told
from harborwatch.address_trail import Step
from harborwatch.page_trail import page_steps
from harborwatch.topic_trail import topic_steps
from news import Fact, Rhythm, Subscriber
from news.facts import distinct, in_order, plainly
from news.rhythms import written_quiet
from query import Topics
from query.explain import explain

#: facts of a kind that are shown
FACTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """A watch, with whose it is and its query made ready."""

    subscriber: Subscriber
    rhythm: Rhythm
    query: Compiled
    #: the watch's threshold of importance
    at_least: int = 0

    @property
    def name(self) -> str:
        """Return how it is called: "ana/harbor"."""
        return f"{self.query.subscriber}/{self.query.watch}"


def story_steps(trace: StoryTrace, topics: Topics) -> Iterator[Step]:
    """Say what a story is and what it was taken for."""
    story = trace.story
    yield Step(
        about="story",
        text=f'{story.id}, {story.outlet}, {story.language or "language not known"}: "{story.title}"',
        at=story.first_seen_at,
    )
    yield from _said(trace)
    for latest in trace.revisions[-1:]:
        yield from page_steps(latest)
    for quote in lead(Report(story=story)):
        yield Step(about="lead", text=f"“{quote.text}”")
    if story.gone_at:
        yield Step(about="gone", text="its page has vanished; the story stays", at=story.gone_at)
    why = "history: searchable, never mailed" if story.history else "news: watches are asked"
    yield Step(about="kind", text=why)
    yield from _copies(trace)
    yield _event(trace)
    yield from topic_steps(trace, topics)
    yield from _facts(trace)


def watch_steps(
    trace: StoryTrace,
    watching: Watching,
    found: Sequence[Matched],
    told: Sequence[Told],
    now: datetime,
) -> Iterator[Step]:
    """Say whether a watch found the story and what came of it, or why not."""
    mine = [one for one in found if (one.subscriber, one.watch) == _key(watching)]
    for one in mine:
        text = f"{watching.name} found revision {one.revision}: {one.sentence}".rstrip(": ")
        yield Step(about="watch", text=text, at=one.matched_at)
    if not mine:
        yield Step(
            about="watch", text=f"{watching.name} did not find it: {_why_not(trace, watching)}"
        )
        return
    last = mine[-1]
    heard = [one for one in told if one.subscriber == watching.subscriber.id]
    if last.settled_at is None:
        yield Step(about="waiting", text=f"{watching.name}: {_slot(watching, trace, last, now)}")
    elif not any(one.revision >= last.revision for one in heard):
        yield Step(about="not told", text=f"{watching.name}: {_silent(heard)}", at=last.settled_at)


def told_steps(told: Sequence[Told]) -> Iterator[Step]:
    """Say who was told the story in which digest, and when that was delivered."""
    for one in told:
        text = f'{one.subscriber}: revision {one.revision} in digest {one.digest} ({one.slot}), as "{one.card}"'
        yield Step(about="told", text=text, at=one.at)
        for sent in one.deliveries:
            yield Step(about="delivered", text=_delivery(sent), at=sent.sent_at)
    if not told:
        yield Step(about="told", text="nobody")


def _key(watching: Watching) -> tuple[str, str]:
    return watching.query.subscriber, watching.query.watch


def _why_not(trace: StoryTrace, watching: Watching) -> str:
    story = trace.story
    why = explain(watching.query.query, document_of(story))
    if story.history:
        return f"it is history, which no watch is asked about{' (else it would)' if why.holds else ''}"
    if story.revision in trace.to_match:
        return f"not asked yet; the next round will{'' if why.holds else ' not'} find it"
    if why.holds:
        return "it would now; the watch is newer than the story, or was changed since"
    lacks = next((leaf.missing for leaf in why.leaves() if not leaf.holds), "")
    return f"{lacks}; harborwatch explain {story.id} 'QUERY' says more"


def _slot(watching: Watching, trace: StoryTrace, last: Matched, now: datetime) -> str:
    if last.revision < trace.story.revision:
        return "a later revision took this one's place; the next digest settles it without a word"
    subscriber = watching.subscriber
    moment = next_slot(watching.rhythm, subscriber.zone, now, days_off(subscriber.holidays))
    if moment is None:
        return _at_once(watching, now)
    zone = ZoneInfo(watching.subscriber.zone)
    return f"waits for the digest of {moment.astimezone(zone):%Y-%m-%d %H:%M} ({zone.key})"


def _at_once(watching: Watching, now: datetime) -> str:
    quiet = watching.subscriber.quiet
    if quiet and quiet.holds(now.astimezone(ZoneInfo(watching.subscriber.zone)).time()):
        return f"waits for the end of the quiet hours ({written_quiet(quiet)})"
    if watching.at_least:
        return f"told with the next round if its event has {watching.at_least} points or more"
    return "told at once, with the next round"


def _silent(heard: Sequence[Told]) -> str:
    if heard:
        return f"settled without a word: told in digest {heard[-1].digest}, and no fact changed"
    return (
        "settled without a word: a later revision took its place, or its event had been told "
        "and it said nothing new of it"
    )


def _copies(trace: StoryTrace) -> Iterator[Step]:
    story = trace.story
    if story.copy_of is not None:
        text = f"{story.copy_kind} of story {story.copy_of}, {trace.containment:.0%} of its text"
        yield Step(about="copy", text=f"{text}: kept, linked, shown once")
    for other in trace.copies:
        text = f"story {other.id} ({other.outlet}) is a {other.copy_kind} of it"
        yield Step(about="copy", text=text, at=other.first_seen_at)
    if story.copy_of is None and not trace.copies:
        yield Step(about="copy", text="of nothing, and nothing is a copy of it")
    yield from _origin(trace)


def _origin(trace: StoryTrace) -> Iterator[Step]:
    """Say who had the text first, whether it is a release, and why it is not trusted."""
    story = trace.story
    if story.origin:
        own = f" (story {story.origin_story})" if story.origin_story else ""
        text = f"first: {story.origin}{own}, by {story.origin_by}"
        others = len(trace.copies)
        again = f"; reprinted by {others}" if others and story.origin_story == story.id else ""
        yield Step(about="origin", text=text + again)
    if story.release:
        yield Step(about="release", text="its text is a press release")
    if story.doubt:
        text = f"not trusted: {story.doubt}; told last, never quoted for its event"
        yield Step(about="doubt", text=text)


def _event(trace: StoryTrace) -> Step:
    story = trace.story
    others = ", ".join(map(str, trace.event_others))
    if trace.event_because:
        text = f"event {story.event}, joined because {trace.event_because}"
    elif others:
        text = f"event {story.event}, which it opened"
    else:
        text = f"event {story.event}, alone: nothing is close enough in names, numbers, days or meaning"
    return Step(about="event", text=f"{text}; with stories {others}" if others else text)


def _said(trace: StoryTrace) -> Iterator[Step]:
    """Say what stood in each revision, and which facts it changed."""
    before: tuple[Fact, ...] = ()
    for said in trace.revisions:
        sure = f"{said.method} ({said.confidence:.2f} sure)"
        text = f'revision {said.number}, body by {sure}: "{said.title}"'
        yield Step(about="said", text=text, at=said.seen_at)
        for change in fact_changes(before, said.facts) if said.number > 1 else ():
            yield Step(about="corrected", text=change, at=said.seen_at)
        before = said.facts


def _facts(trace: StoryTrace) -> Iterator[Step]:
    """Say what the latest revision says in numbers, days and names, a kind a line."""
    told = distinct(fact for said in trace.revisions[-1:] for fact in said.facts)
    for kind, same in groupby(in_order(told), key=lambda fact: fact.kind):
        shown = [f"{fact.text} ({plainly(fact)})" for fact in same]
        more = f" and {len(shown) - FACTS} more" if len(shown) > FACTS else ""
        yield Step(about="fact", text=f"{kind}: {'; '.join(shown[:FACTS])}{more}")


def _delivery(sent: Sent) -> str:
    where = f"{sent.target.channel}:{sent.target.address}"
    if sent.state == "sent":
        return f"{where}, handed over"
    tried = f"tried {sent.attempts} times, {sent.error}" if sent.error else "not tried yet"
    if sent.state == "stopped":
        return f"{where}, held back: its reader unsubscribed"
    if sent.state == "dead":
        return f"{where}, given up: {tried}"
    return f"{where}, not yet: {tried}; next {sent.next_try_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
