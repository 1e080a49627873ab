"""Issuing: what is due is composed, rendered and put into the outbox, all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from alerts.chat.rendering import messages as chat_messages
from alerts.chat.service import Service
from alerts.compose import INSTANT, composed
from alerts.envelope import AGAIN
from alerts.matches import Match, Told
from alerts.render import Rendered, render
from alerts.sides import Sides
from alerts.signing import Signer
from alerts.turns import Turn, called, instant_turn, slots_turn
from alerts.views import ledger_line
from alerts.wording import wording_for
from archive import Archive
from archive.collecting import ledger
from archive.collecting.ledger import Checked
from archive.keeping import matches, stories
from archive.keeping.matches import Found
from archive.telling import digests, subscribers
from archive.telling.digests import Issue, Message, ToldStory
from news import Digest, Fact, StoryRow, Subscriber, Target, Telling
from query.topic_shapes import in_language

#: to whom the archive's own copy of a digest is addressed where nobody gets it by mail
ARCHIVED = Target(channel="mailbox", address="reader@harborwatch.invalid")

#: published longer ago than this when it was first seen: late (law 5)
LATE = timedelta(days=7)

#: subscribers read at a time: databases take some thousand values in a question
_AT_A_TIME = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """In whose name digests go out, and how outlets and topics are called in them."""

    #: RFC 5322, as in "Harborwatch <watch@example.org>"
    address: str
    outlet_names: Mapping[str, str]
    #: by the topic's id and the language; "en" stands in for one that has none
    topic_titles: Mapping[str, Mapping[str, str]]
    #: 1 to 4, by the topic's id
    topic_tiers: Mapping[str, int] = field(default_factory=dict)
    #: where readers find the archive as a page; "" where they do not
    public_url: str = ""
    #: signs what readers do there; None where they do not reach it
    signer: Signer | None = field(default=None, repr=False)
    #: which sides of a topic a story speaks of
    sides: Sides = field(default_factory=Sides)
    #: how each chat writes, by the name that targets call it
    chats: Mapping[str, Service] = field(default_factory=dict)


class _ToldElsewhere(Exception):  # noqa: N818 - what happened; it undoes the write
    """Another process has told what was composed here: it was composed before that was known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A digest composed for one slot, and what it settles."""

    digest: Digest | None
    settles: Sequence[Found]
    told: Sequence[ToldStory]


def issue_due(archive: Archive, sender: Sender, now: datetime) -> list[Digest]:
    """Issue every digest whose slot has come; returns them."""
    with archive.read() as db:
        found_for = matches.waiting_at_once(db)
        # Of a hundred thousand watches few are due in a round: only their subscribers are read.
        wanted = sorted(found_for | called(subscribers.calls(db), now))
        checked = ledger.checked(db) if wanted else Checked(sources=0)
    issued: list[Digest | None] = []
    for at in range(0, len(wanted), _AT_A_TIME):
        some = wanted[at : at + _AT_A_TIME]
        with archive.read() as db:
            due, last = subscribers.load(db, some), digests.last_slots(db, some)
        for subscriber in due:
            # An instant alert goes first, so that the daily digest can call it sent.
            if subscriber.id in found_for and (turn := instant_turn(subscriber, now)):
                issued.append(_issue(archive, subscriber, turn, sender, checked, now))
            if turn := slots_turn(subscriber, last.get(subscriber.id, {}), now):
                issued.append(_issue(archive, subscriber, turn, sender, checked, now))
    return [digest for digest in issued if digest is not None]


def draft(  # noqa: PLR0917 - all six are the question
    db: Connection,
    subscriber: Subscriber,
    turn: Turn,
    sender: Sender,
    checked: Checked,
    now: datetime,
) -> Draft:
    """Compose what the watches of a turn have found, without writing anything."""
    names = [watch.name for watch in turn.watches]
    found = matches.open_for(db, subscriber.id, names)
    rows = {row.id: row for row in stories.load(db, sorted({one.story for one in found}))}
    # What a later revision took back is settled without a word.
    current = [one for one in found if rows[one.story].revision == one.revision]
    events = {row.event for row in rows.values() if row.event is not None}
    told_now = [] if turn.instant else digests.events_told_at_once(db, subscriber.id, turn.since)
    listed = sorted(events.union(told_now))
    whole = {row.id: row for row in stories.of_events(db, listed) if not row.history}
    told = digests.told_stories(db, subscriber.id, listed, sorted(rows))
    facts = stories.facts_of_latest(db, list(whole))
    given = matches_of(current, whole, facts, sender, subscriber.language)
    line = ledger_line(checked, wording_for(subscriber.language))
    before = _told(told, told_now, _headlines(db, told))
    made = composed(subscriber, turn.slot, now, given, before, line)
    settles = [one for one in found if rows[one.story].event not in made.waiting]
    return Draft(digest=made.digest, settles=settles, told=told)


def _issue(  # noqa: PLR0917 - as above
    archive: Archive,
    subscriber: Subscriber,
    turn: Turn,
    sender: Sender,
    checked: Checked,
    now: datetime,
) -> Digest | None:
    with archive.read() as db:
        made = draft(db, subscriber, turn, sender, checked, now)
        issue = _rendered(db, made, sender, turn, now)
    digest, settles = made.digest, made.settles
    try:
        with archive.write() as db:
            if issue is not None and digests.save(db, issue) is None:
                # The slot has been made before this watch was there: the next one tells it.
                digest, settles = None, ()
            if not matches.close(db, settles, now):
                raise _ToldElsewhere  # noqa: TRY301 - it undoes the write that is open here
            for rhythm, moment in turn.closes.items():
                digests.close_slot(db, subscriber.id, rhythm, moment)
    except _ToldElsewhere:
        return None
    return digest


def _rendered(
    db: Connection, made: Draft, sender: Sender, turn: Turn, now: datetime
) -> Issue | None:
    """Return the digest as it goes out: a mail or a chat's messages for each target."""
    digest = made.digest
    if digest is None:
        return None
    first = _first_told(made)
    answered = _answered(db, first, digest)
    mails: list[Rendered] = []
    messages: list[Message] = []
    for target in digest.subscriber.targets:
        if target.channel == "chat":
            service = sender.chats.get(target.address)
            messages += chat_messages(digest, service, target, sender.address)
            continue
        thread = digests.message_of(db, first, target) if first is not None else None
        url, signer = sender.public_url, sender.signer
        mail = render(digest, sender.address, target, now, thread, url, signer, answered)
        mails.append(mail)
        messages.append(Message(target=target, message_id=mail.message_id, message=mail.message))
    # A signed link is its reader's alone: the archive's copy has none.
    shown = (
        mails[0]
        if mails and sender.signer is None
        else render(digest, sender.address, ARCHIVED, now, None, sender.public_url)
    )
    return _to_save(digest, shown, messages, instant=turn.instant)


def _first_told(made: Draft) -> int | None:
    """Return the digest whose thread updates go into: where the first one's event was told first.

    One thread, though a digest may update events of several: RFC 5322 (3.6.4)
    discourages References of several parents, and mail programs take the ids
    there for a chain, which would put strange events into one thread.
    """
    cards = made.digest.cards if made.digest else ()
    event = next((card.event for card in cards if card.kind == "update"), None)
    return min((one.digest for one in made.told if one.event == event), default=None)


def _answered(db: Connection, first: int | None, digest: Digest) -> str:
    """Return the subject of the alert that an update at once goes on from, "" where none is.

    Gmail and Outlook keep a mail in its thread only where the subject is the same
    but for "Re:". A daily digest is no such alert: its subject tells what else it held.
    """
    if first is None or not digest.slot.startswith(INSTANT) or digest.cards[0].kind != "update":
        return ""
    (told,) = digests.past(db, number=first)
    return told.subject.removeprefix(AGAIN) if told.slot.startswith(INSTANT) else ""


def _to_save(
    digest: Digest, shown: Rendered, messages: Sequence[Message], *, instant: bool
) -> Issue:
    return Issue(
        subscriber=digest.subscriber.id,
        slot=digest.slot,
        at=digest.at,
        subject=shown.subject,
        text=shown.text,
        html=shown.html,
        tells=[
            (line.story, line.revision, card.kind)
            for card in digest.cards
            for line in card.tellings
        ],
        known_by={
            line.story: card.known_by
            for card in digest.cards
            for line in card.tellings
            if card.known_by is not None
        },
        instant=instant,
        messages=messages,
    )


def _headlines(db: Connection, told: Sequence[ToldStory]) -> dict[int, str]:
    """Return the headlines of stories that events were known by which they have left."""
    event_of = {one.story: one.event for one in told}
    known = {(one.known_by, one.event) for one in told if one.known_by is not None}
    left = {story for story, event in known if event_of.get(story) != event}
    return {row.id: row.title for row in stories.load(db, sorted(left))}


def _told(
    told: Sequence[ToldStory], told_now: Sequence[int], headlines: Mapping[int, str]
) -> Told:
    return Told(
        stories={one.story: one.revision for one in told},
        events=frozenset(one.event for one in told),
        facts={one.story: one.facts for one in told},
        instant=frozenset(told_now),
        event_of={one.story: one.event for one in told},
        also={one.story: one.outlet for one in told if one.only_also},
        known_by={one.story: one.known_by for one in told if one.known_by is not None},
        headlines=headlines,
    )


def matches_of(
    found: Sequence[Found],
    whole: Mapping[int, StoryRow],
    facts: Mapping[int, tuple[Fact, ...]],
    sender: Sender,
    language: str = "en",
) -> list[Match]:
    """Return what was found, and the tellings of the same events that no watch found.

    For a reader of this language: the titles of topics and facets are in it.
    """
    matched = {one.story for one in found}
    others = (row for row in whole.values() if row.id not in matched)
    made = [(whole[one.story], one) for one in found if one.story in whole]
    every: list[tuple[StoryRow, Found | None]] = [*made, *((row, None) for row in others)]
    return [_match(row, sender, facts[row.id], one, language) for row, one in every]


def _match(
    row: StoryRow,
    sender: Sender,
    facts: tuple[Fact, ...],
    found: Found | None,
    language: str,
) -> Match:
    assert row.event is not None, "every stored story has an event"
    return Match(
        story=_telling(row, sender),
        event=row.event,
        topics=tuple(_titled(topic, sender, language) for topic in row.topics),
        facets=sender.sides.of(row, language),
        tier=_best_tier(row.topics, sender),
        watch=found.watch if found else "",
        sentence=found.sentence if found else "",
        hits=found.hits if found else (),
        facts=facts,
        late=row.published_at is not None and row.published_at < row.first_seen_at - LATE,
    )


def _titled(topic: str, sender: Sender, language: str) -> str:
    titles = sender.topic_titles.get(topic, {"en": topic})
    return in_language(titles["en"], titles, language)


def _best_tier(topics: Sequence[str], sender: Sender) -> int:
    tiers = (sender.topic_tiers.get(topic, 0) for topic in topics)
    return min((tier for tier in tiers if tier), default=0)


def _telling(row: StoryRow, sender: Sender) -> Telling:
    return Telling(
        story=row.id,
        revision=row.revision,
        outlet=row.outlet,
        outlet_name=sender.outlet_names.get(row.outlet, row.outlet),
        language=row.language,
        title=row.title,
        address=row.address,
        published_at=row.published_at,
        published_precision=row.published_precision,
        first_seen_at=row.first_seen_at,
        copy_of=row.copy_of,
        copy_kind=row.copy_kind,
        origin=sender.outlet_names.get(row.origin, row.origin),
        origin_story=row.origin_story,
        release=row.release,
        doubted=bool(row.doubt),
    )
