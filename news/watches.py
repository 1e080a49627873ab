"""Watches, digests and deliveries: who is told what, once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Self

from news.facts import Fact
from news.rhythms import Quiet, Rhythm


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A subscriber's query, with its rhythm."""

    name: str
    query: str
    rhythm: Rhythm
    #: points of importance from which on an event is worth a card (see `Importance`)
    at_least: int = 0
    #: told at once when a day brings far more stories than its own past lets expect
    surge: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A channel and the address in it: ("mail", "a@b.example"), ("mailbox", "a@b.example"), ("chat", "desk")."""

    channel: str
    address: str

    @classmethod
    def of(cls, written: str) -> Self:
        """Return the target that is written "mail:a@b.example"; without a colon it has no address."""
        channel, _, address = written.partition(":")
        return cls(channel=channel, address=address)

    @property
    def written(self) -> str:
        """Return it as files, lists and links write it: "mail:a@b.example"."""
        return f"{self.channel}:{self.address}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A person who is told."""

    #: the name in the configuration; unique
    id: str
    name: str
    zone: str
    #: the digest's own language
    language: str
    targets: tuple[Target, ...]
    watches: tuple[Watch, ...]
    #: what to do when a slot has no news: "skip" or "say"
    when_empty: Literal["skip", "say"] = "skip"
    #: when instant alerts wait
    quiet: Quiet | None = None
    #: whose public holidays leave out a slot: "ID", or with a part "MY-10"; "" for nobody's
    holidays: str = ""
    #: where a digest goes, once, when a target fails: mail or mailbox
    fallback: Target | None = None
    #: hours that a target may fail before that; one given up falls back at once
    fallback_after: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A story as one line of a card."""

    story: int
    revision: int
    outlet: str
    outlet_name: str
    language: str
    title: str
    address: str
    published_at: datetime | None
    published_precision: str
    first_seen_at: datetime
    copy_of: int | None = None
    copy_kind: str = ""
    #: who had its text first as it is called, where that is known; "" where it is not
    origin: str = ""
    #: that one's story
    origin_story: int | None = None
    #: the text is a press release
    release: bool = False
    #: it is not trusted: hijacked, spun, or copied without credit
    doubted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Importance:
    """What an event's place in a digest goes by."""

    #: the best tier of its topics, 1 to 4; 0 where it has none
    tier: int = 0
    #: that tell it in words of their own
    outlets: int = 0
    #: outlets of the last day that joined what others had told before
    growth: int = 0

    @property
    def points(self) -> int:
        """Return 0 to 10: up to 4 for the topic, 4 for the outlets, 2 for the growth."""
        of_topic = 5 - self.tier if self.tier else 0
        return of_topic + min(4, max(0, self.outlets - 1)) + min(2, self.growth // 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One event in a digest."""

    event: int
    #: "new": told for the first time; "update": a told story changed;
    #: "sent": already told by an instant alert; "also": more tellings of a told event;
    #: "minor": told for the first time, under the threshold of the watches that found it
    kind: Literal["new", "update", "sent", "also", "minor"]
    headline: str
    headline_language: str
    address: str
    #: by first seen; the stories this digest marks as told
    tellings: tuple[Telling, ...]
    #: names of the watches that found it
    watches: tuple[str, ...]
    topics: tuple[str, ...]
    #: titles of the sides of these that its stories speak of
    facets: tuple[str, ...] = ()
    #: the sentence that a watch hit, and the words in it as (start, end)
    sentence: str = ""
    sentence_language: str = ""
    hits: tuple[tuple[int, int], ...] = ()
    #: for an update: "35 → 53 projects"
    changes: tuple[str, ...] = ()
    #: those worth a line, the amounts first
    facts: tuple[Fact, ...] = ()
    #: where originals contradict: "179 agreements: Xinhua; 779 agreements: ANTARA"
    conflicts: tuple[str, ...] = ()
    #: what was out first of the whole event, the told stories too; None: of the tellings
    first: Telling | None = None
    #: published over 7 days before it was seen
    late: bool = False
    #: all tellings of the event, the told stories too; none: those of the card
    whole: tuple[Telling, ...] = ()
    #: of the whole event, the told stories too
    importance: Importance = Importance()
    #: the story that the reader knows the event by from now on
    known_by: int | None = None
    #: the headline under which the reader was told of it before it was an event of its own
    split_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one subscriber gets for one slot."""

    subscriber: Subscriber
    #: "2018-09-21T07:00+07:00" or "now:…": with the subscriber the idempotence key
    slot: str
    at: datetime
    cards: tuple[Card, ...]
    #: the ledger's line: "checked 212 of 214 sources, 2 silent"
    ledger: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A digest on its way through one channel to one address."""

    id: int
    digest: int
    target: Target
    #: stays the same over every try
    message_id: str
    #: the whole message: RFC 5322 for mail, UTF-8 text in its service's form for a chat
    message: bytes
    attempts: int
    #: what the message is written as: "mail", or a chat's service ("telegram")
    form: str = "mail"
    #: a chat's message has parts, counted from 1
    part: int = 1
    parts: int = 1
