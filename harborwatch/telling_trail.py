"""Which watches found a story and who was told of it, in words; or why not. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from alerts.days_off import days_off
from alerts.matching import Compiled
from alerts.slots import next_slot
from archive.keeping.traces import StoryTrace
from archive.searching.search import document_of
from archive.telling.telling_traces import Matched, Sent, Told
from harborwatch.address_trail import Step, moment, times
from news import Rhythm, Subscriber
from news.rhythms import written_quiet
from news.saying import joined, say, word
from query.explain import explain


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
        text = say("{watch} found revision {n}", watch=watching.name, n=one.revision)
        text = joined(": ", [text, one.sentence]) if one.sentence else text
        yield Step(about="watch", text=text, at=one.matched_at)
    if not mine:
        why = _why_not(trace, watching)
        text = say("{watch} did not find it: {why}", watch=watching.name, why=why)
        yield Step(about="watch", text=text)
        return
    last = mine[-1]
    heard = [one for one in told if one.subscriber == watching.subscriber.id]
    if last.settled_at is None:
        text = joined(": ", [watching.name, _slot(watching, trace, last, now)])
        yield Step(about="waiting", text=text)
    elif not any(one.revision >= last.revision for one in heard):
        text = joined(": ", [watching.name, _silent(heard)])
        yield Step(about="not told", text=text, at=last.settled_at)


def told_steps(told: Sequence[Told]) -> Iterator[Step]:
    """Say who was told the story in which digest, and when that was delivered."""
    for one in told:
        text = say(
            '{who}: revision {n} in digest {digest} ({slot}), as "{card}"',
            who=one.subscriber, n=one.revision, digest=one.digest, slot=one.slot,
            card=word(one.card),
        )  # fmt: skip
        yield Step(about="told", text=text, at=one.at)
        for sent in one.deliveries:
            yield Step(about="delivered", text=_delivery(sent), at=sent.sent_at)
    if not told:
        yield Step(about="told", text=say("nobody"))


def _key(watching: Watching) -> tuple[str, str]:
    return watching.query.subscriber, watching.query.watch


def _why_not(trace: StoryTrace, watching: Watching) -> str:
    story = trace.story
    why = explain(watching.query.query, document_of(story))
    if story.history:
        if why.holds:
            return say("it is history, which no watch is asked about (else it would)")
        return say("it is history, which no watch is asked about")
    if story.revision in trace.to_match:
        if why.holds:
            return say("not asked yet; the next round will find it")
        return say("not asked yet; the next round will not find it")
    if why.holds:
        return say("it would now; the watch is newer than the story, or was changed since")
    lacks = next((leaf.missing for leaf in why.leaves() if not leaf.holds), "")
    return say(
        "{lacks}; harborwatch explain {story} 'QUERY' says more", lacks=lacks, story=story.id
    )


def _slot(watching: Watching, trace: StoryTrace, last: Matched, now: datetime) -> str:
    if last.revision < trace.story.revision:
        return say(
            "a later revision took this one's place; the next digest settles it without a word"
        )
    subscriber = watching.subscriber
    slot = next_slot(watching.rhythm, subscriber.zone, now, days_off(subscriber.holidays))
    if slot is None:
        return _at_once(watching, now)
    zone = ZoneInfo(watching.subscriber.zone)
    at = f"{slot.astimezone(zone):%Y-%m-%d %H:%M} ({zone.key})"
    return say("waits for the digest of {at}", at=at)


def _at_once(watching: Watching, now: datetime) -> str:
    quiet = watching.subscriber.quiet
    if quiet and quiet.holds(now.astimezone(ZoneInfo(watching.subscriber.zone)).time()):
        return say("waits for the end of the quiet hours ({hours})", hours=written_quiet(quiet))
    if watching.at_least:
        least = watching.at_least
        return say("told with the next round if its event has {n} points or more", n=least)
    return say("told at once, with the next round")


def _silent(heard: Sequence[Told]) -> str:
    if heard:
        digest = heard[-1].digest
        return say("settled without a word: told in digest {n}, and no fact changed", n=digest)
    return say(
        "settled without a word: a later revision took its place, or its event had been told "
        "and it said nothing new of it"
    )


def _delivery(sent: Sent) -> str:
    where, tried = sent.target.written, say("not tried yet")
    if sent.error:
        tried = say("tried {times}, {error}", times=times(sent.attempts), error=sent.error)
    if sent.state == "sent":
        return say("{where}, handed over", where=where)
    if sent.state == "stopped":
        return say("{where}, held back: its reader unsubscribed", where=where)
    if sent.state == "dead":
        return say("{where}, given up: {tried}", where=where, tried=tried)
    at = moment(sent.next_try_at)
    return say("{where}, not yet: {tried}; next {at}", where=where, tried=tried, at=at)
