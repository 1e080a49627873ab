"""Stories and what is found in them."""

from dataclasses import dataclass
from datetime import datetime

from news.facts import Fact
from news.pages import Dated


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Where and why a story speaks of a topic."""

    topic: str
    #: "title" or "body"
    field: str
    #: characters from the start of the field as stored
    start: int
    end: int
    #: the words as the story writes them
    words: str
    #: the clause of the topic's query that found them, in canonical form
    clause: str
    #: the sentence they stand in
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyOf:
    """A link between two stories of one text."""

    #: the archive's number of the other story: the one whose text is repeated,
    #: or in `Story.parts` the one that repeats
    story: int
    #: "reprint", "summary" (a part of the other's text)
    kind: str
    #: share of the smaller text's anchors that the other has, 0 to 1
    containment: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLink:
    """Which event a story belongs to, and what says so."""

    #: the archive's number; None opens a new event
    event: int | None
    score: float = 0.0
    #: for a person: "same: nanning, 59, 20 bn CNY"
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """What the reading worker found in a page's bytes."""

    #: the canonical address and the key of it
    address: str
    key: str
    title: str
    #: every headline found with where it was read: ("h1", "…"), ("og", "…")
    titles: tuple[tuple[str, str], ...]
    body: str
    authors: tuple[str, ...]
    published: Dated | None
    modified: Dated | None
    #: one of the ten codes, or "" where it could not be told
    language: str
    #: how the body was found: "selectors", "trafilatura", "readability", "feed"
    method: str
    #: 0 to 1
    confidence: float
    section: str = ""
    images: tuple[str, ...] = ()
    #: "Xinhua", "PRNewswire": who is named as the text's first source
    agency: str = ""
    #: every claim of the time of publication, the believed one first
    dates: tuple[Dated, ...] = ()
    #: every claim of who wrote it, with where it was read: ("json-ld", "…"), ("printed", "…")
    bylines: tuple[tuple[str, str], ...] = ()
    #: the page says that it is not free to read
    paywalled: bool = False
    #: the page says that it is a live blog, which grows while it is read
    live: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article of one outlet, on its way into the archive."""

    outlet: str
    country: str
    source: str
    #: the kept page it was read from, and the key of the address it was sighted at
    page: int
    page_key: str
    #: canonical, with its key: what makes it one with its twins
    address: str
    key: str
    title: str
    titles: tuple[tuple[str, str], ...]
    body: str
    authors: tuple[str, ...]
    published: Dated | None
    modified: Dated | None
    language: str
    method: str
    confidence: float
    first_seen_at: datetime
    #: when the page that this was read from was fetched
    fetched_at: datetime
    #: searchable, never mailed (law 5)
    history: bool
    section: str = ""
    images: tuple[str, ...] = ()
    agency: str = ""
    #: as in ReadPage: every claim of when, and of who wrote it; what the page says of itself
    dates: tuple[Dated, ...] = ()
    bylines: tuple[tuple[str, str], ...] = ()
    paywalled: bool = False
    live: bool = False
    #: anchor shingles of the text, sorted; set by the copies stage
    anchors: tuple[int, ...] = ()
    copy_of: CopyOf | None = None
    #: stories archived before that turn out to be parts of this one's text
    parts: tuple[CopyOf, ...] = ()
    #: an agency, or an outlet's id, that the text names as its source, and how:
    #: "agency line", "reported by", "dateline", "credit line", "byline code"; "own dateline" where it
    #: names its own outlet, and nobody else
    credit: str = ""
    credit_by: str = ""
    #: the words by which it calls itself a press release
    release_words: str = ""
    #: words that hijackers put into others' texts
    foreign_words: frozenset[str] = frozenset()
    #: why a copy is not trusted: "spun", "hijacked", "copies without credit"
    doubt: str = ""
    mentions: tuple[Mention, ...] = ()
    facts: tuple[Fact, ...] = ()
    #: what the story shares with others of its event: names, numbers, days
    event_keys: tuple[str, ...] = ()
    event: EventLink | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedAmount:
    """An amount of money that a story names, in plain units; of a range both ends."""

    currency: str
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """A story as the archive holds it, at its latest revision."""

    id: int
    revision: int
    outlet: str
    country: str
    source: str
    address: str
    title: str
    body: str
    authors: tuple[str, ...]
    language: str
    published_at: datetime | None
    #: "second", "minute" or "day"; "" where nothing is known
    published_precision: str
    first_seen_at: datetime
    history: bool
    #: the story whose text this one repeats
    copy_of: int | None
    copy_kind: str
    event: int | None
    #: ids of the topics that it mentions
    topics: tuple[str, ...]
    gone_at: datetime | None = None
    #: in no order
    amounts: tuple[NamedAmount, ...] = ()
    #: who had its text first, an agency or an outlet's id, where several print it or
    #: it names its source; what says so; and that one's story
    origin: str = ""
    origin_by: str = ""
    origin_story: int | None = None
    #: the text is a press release
    release: bool = False
    #: why it is not trusted: "spun", "hijacked", "copies without credit"
    doubt: str = ""
