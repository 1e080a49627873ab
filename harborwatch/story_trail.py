"""The trail of a story in words: revisions, copies, event, topics, facts. Pure."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby

from alerts.changes import fact_changes
from archive.keeping.traces import StoryTrace
from archive.reporting.reports import Report
from archive.reporting.summaries import lead
from harborwatch.address_trail import Step
from harborwatch.page_trail import page_steps
from harborwatch.topic_trail import topic_steps
from news import Fact
from news.facts import distinct, in_order, plainly
from news.saying import joined, say, word
from query import Topics

#: facts of a kind that are shown
FACTS = 12


def story_steps(trace: StoryTrace, topics: Topics, language: str = "en") -> Iterator[Step]:
    """Say what a story is and what it was taken for."""
    story = trace.story
    spoken = story.language or say("language not known")
    named = joined(", ", [str(story.id), story.outlet, spoken])
    yield Step(
        about="story", text=joined(": ", [named, f'"{story.title}"']), at=story.first_seen_at
    )
    yield from _said(trace)
    for latest in trace.revisions[-1:]:
        yield from page_steps(latest)
    for quote in lead(Report(story=story)):
        yield Step(about="lead", text=f"“{quote.text}”")
    if story.gone_at:
        yield Step(
            about="gone", text=say("its page has vanished; the story stays"), at=story.gone_at
        )
    history, news = say("history: searchable, never mailed"), say("news: watches are asked")
    yield Step(about="kind", text=history if story.history else news)
    yield from _copies(trace)
    yield _event(trace, partial(_titled, topics, language))
    yield from topic_steps(trace, topics, language)
    yield from _facts(trace)


def _copies(trace: StoryTrace) -> Iterator[Step]:
    story = trace.story
    if story.copy_of is not None:
        text = say(
            "{kind} of story {story}, {share:.0%} of its text: kept, linked, shown once",
            kind=word(story.copy_kind), story=story.copy_of, share=trace.containment,
        )  # fmt: skip
        yield Step(about="copy", text=text)
    for other in trace.copies:
        text = say(
            "story {story} ({outlet}) is a {kind} of it",
            story=other.id, outlet=other.outlet, kind=word(other.copy_kind),
        )  # fmt: skip
        yield Step(about="copy", text=text, at=other.first_seen_at)
    if story.copy_of is None and not trace.copies:
        yield Step(about="copy", text=say("of nothing, and nothing is a copy of it"))
    yield from _origin(trace)


def _origin(trace: StoryTrace) -> Iterator[Step]:
    """Say who had the text first, whether it is a release, and why it is not trusted."""
    story = trace.story
    if story.origin:
        yield Step(about="origin", text=_first(trace))
    if story.release:
        yield Step(about="release", text=say("its text is a press release"))
    if story.doubt:
        doubt = word(story.doubt)
        text = say("not trusted: {doubt}; told last, never quoted for its event", doubt=doubt)
        yield Step(about="doubt", text=text)


def _first(trace: StoryTrace) -> str:
    story = trace.story
    origin = (
        say("{origin} (story {story})", origin=story.origin, story=story.origin_story)
        if story.origin_story
        else story.origin
    )
    text = say("first: {origin}, by {what}", origin=origin, what=word(story.origin_by))
    if trace.copies and story.origin_story == story.id:
        return say("{first}; reprinted by {n}", first=text, n=len(trace.copies))
    return text


def _event(trace: StoryTrace, titled: Callable[[str], str]) -> Step:
    number = trace.story.event
    others = ", ".join(map(str, trace.event_others))
    if trace.event_because:
        why = because(trace.event_because, titled)
        text = say("event {event}, joined because {because}", event=number, because=why)
    elif others:
        text = say("event {event}, which it opened", event=number)
    else:
        text = say(
            "event {event}, alone: nothing is close enough in names, numbers, days or meaning",
            event=number,
        )
    if others:
        text = say("{event}; with stories {others}", event=text, others=others)
    return Step(about="event", text=text)


def _titled(topics: Topics, language: str, name: str) -> str:
    return topics.get(name).titled(language) if name in topics else name


def because(kept: str, titled: Callable[[str], str] = str) -> str:
    """Return the reason that was kept with the story, as its parts: "same: nanning; close …".

    `titled` says how a topic is called. A bare number is left out where something else says why.
    """
    same, between, close = kept.partition("; close in meaning ")
    if not between and same.startswith("close in meaning "):
        same, close = "", same.removeprefix("close in meaning ")
    near = f"0{close}" if close.startswith(".") else close
    parts = [say("close in meaning {near}", near=near)] if near else []
    if same.startswith("same: "):
        names = same.removeprefix("same: ").split(", ")
        telling = [titled(one) for one in names if not one.isdecimal()]
        parts.insert(0, say("same: {names}", names=", ".join(telling or names)))
    elif same:
        parts.insert(0, word(same))
    return joined("; ", parts)


def _said(trace: StoryTrace) -> Iterator[Step]:
    """Say what stood in each revision, and which facts it changed."""
    before: tuple[Fact, ...] = ()
    for said in trace.revisions:
        text = say(
            'revision {n}, body by {method} ({sure:.2f} sure): "{title}"',
            n=said.number, method=said.method, sure=said.confidence, title=said.title,
        )  # fmt: skip
        yield Step(about="said", text=text, at=said.seen_at)
        for change in fact_changes(before, said.facts) if said.number > 1 else ():
            yield Step(about="corrected", text=change, at=said.seen_at)
        before = said.facts


def _facts(trace: StoryTrace) -> Iterator[Step]:
    """Say what the latest revision says in numbers, days and names, a kind a line."""
    told = distinct(fact for said in trace.revisions[-1:] for fact in said.facts)
    for kind, same in groupby(in_order(told), key=lambda fact: fact.kind):
        shown = [joined("", [fact.text, " (", plainly(fact), ")"]) for fact in same]
        some = joined("; ", shown[:FACTS])
        listed = say("{some} and {n} more", some=some, n=len(shown) - FACTS)
        text = joined(": ", [word(kind), listed if len(shown) > FACTS else some])
        yield Step(about="fact", text=text)
