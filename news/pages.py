"""Polls, sightings and pages: what was seen and fetched, as it came."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from news.outlets import Way


class Precision(StrEnum):
    """How finely a date was printed."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A time, with the words it was read from and how sure we are."""

    #: UTC, aware; a day without a time of day stands at its noon in the outlet's zone
    at: datetime
    #: as printed
    text: str
    #: offset or IANA name, as printed or as the outlet's default
    zone: str
    #: where it was read: "json-ld", "meta", "address", "selector", "printed", "feed", "sitemap"
    origin: str
    precision: Precision
    #: 0 to 1
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed, sitemap or listing says of one story."""

    #: absolute, as given
    address: str
    headline: str = ""
    summary: str = ""
    #: the text of the whole story, where a feed carries it; plain text
    body: str = ""
    #: the feed's own id: a hint, never a key
    guid: str = ""
    authors: tuple[str, ...] = ()
    published: Dated | None = None
    modified: Dated | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A source showing an address at a time."""

    source: str
    outlet: str
    way: Way
    #: as the source gave it; this is what is fetched
    address: str
    #: what makes the address one with its twins (see pipelines.reading.addresses)
    key: str
    seen_at: datetime
    entry: Entry


class Outcome(StrEnum):
    """How a poll ended."""

    GOOD = "good"
    #: 304, or the same body as the last time
    UNCHANGED = "unchanged"
    #: 429 or 503 with a time to wait
    TOLD_TO_WAIT = "told to wait"
    #: no connection, time out, 5xx
    TEMPORARY = "temporary"
    #: 401, 403, or robots.txt
    BLOCKED = "blocked"
    #: 404
    MISSING = "missing"
    #: 410
    GONE = "gone"
    #: answered, but not with a feed, sitemap or listing
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What a server gave to ask again with: validators and the body's hash."""

    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    #: of the stories that a source shows: clocks and counters beside them change nothing
    shown_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One visit to a source, with its outcome."""

    source: str
    started_at: datetime
    outcome: Outcome
    status: int | None = None
    #: what went wrong, for a person
    detail: str = ""
    bytes: int = 0
    conditions: Conditions = Conditions()
    #: seconds that the server asked us to wait
    retry_after: float | None = None
    #: where redirects led that are all for good (301, 308); "" without one
    moved_to: str = ""
    #: it was asked without validators
    anew: bool = False
    #: its validators were those of other stories
    lied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherPage:
    """The second or a later page of a story that is told on several."""

    #: where redirects led
    address: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The bytes fetched from an address, kept as they came."""

    outlet: str
    source: str
    #: as asked for
    address: str
    #: where redirects led
    final_address: str
    #: the sighting's key: what the archive knows the address by
    key: str
    fetched_at: datetime
    status: int
    content_type: str
    body: bytes
    #: when an address with this key was first sighted
    first_seen_at: datetime
    #: what the source said of it
    entry: Entry
    #: seen on a first good poll, in a backfill or in a re-saved archive
    history: bool = False
    conditions: Conditions = Conditions()
    #: the story's further pages in their order
    further: tuple[FurtherPage, ...] = ()
    #: why there are fewer of them than the story has: "3 of more pages: HTTP 503 at …"
    cut: str = ""
    #: the archive's number, in the order in which pages were kept
    id: int | None = None
