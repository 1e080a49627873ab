"""The archive's tables, one word of the design each."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    false,
)


class Utc(TypeDecorator[datetime]):
    """An aware time, in UTC inside whatever the database makes of zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: its zone would be a guess."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be archived: {value}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None or value.tzinfo is UTC:
            return value
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


METADATA = MetaData()

# SQLite counts rows by itself only in a column called INTEGER.
_Number = BigInteger().with_variant(Integer, "sqlite")


# Order of code points, as SQLite's: a server's own collation would order the
# sources of a poll, and so the stories, otherwise.
_Text = String().with_variant(String(collation="C"), "postgresql")


def _id() -> Column[int]:
    return Column("id", _Number, primary_key=True, autoincrement=True)


def _story() -> Column[int]:
    return Column("story", _Number, ForeignKey("stories.id"), primary_key=True)


#: one row of facts about the archive itself, by name
facts = Table(
    "archive_facts",
    METADATA,
    Column("name", _Text, primary_key=True),
    Column("value", _Text, nullable=False),
)

#: the ways in, what their servers gave to ask again with, and when they are due
sources = Table(
    "sources",
    METADATA,
    Column("id", _Text, primary_key=True),
    Column("outlet", _Text, nullable=False),
    Column("way", _Text, nullable=False),
    Column("address", _Text, nullable=False),
    Column("every", Integer, nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("lease_until", Utc),
    Column("etag", _Text, nullable=False, default=""),
    Column("last_modified", _Text, nullable=False, default=""),
    Column("body_hash", _Text, nullable=False, default=""),
    Column("first_good_at", Utc),
    Column("last_good_at", Utc),
    Column("last_poll_at", Utc),
    Column("last_outcome", _Text, nullable=False, default=""),
    Column("last_detail", _Text, nullable=False, default=""),
    Column("failures", Integer, nullable=False, default=0),
    #: no longer in the catalogue; kept for its history
    Column("dropped", Boolean, nullable=False, default=False),
    #: of the stories it showed the last time
    Column("shown_hash", _Text, nullable=False, default="", server_default=""),
    #: how often its validators said "unchanged" of what had changed
    Column("lies", Integer, nullable=False, default=0, server_default="0"),
    #: its server's last answer, whatever it was
    Column("answered_at", Utc),
    #: where it redirects to for good, since when, on how many polls, and whether it is asked there
    Column("moved_to", _Text, nullable=False, default="", server_default=""),
    Column("moved_at", Utc),
    Column("moved_polls", Integer, nullable=False, default=0, server_default="0"),
    Column("moved", Boolean, nullable=False, default=False, server_default=false()),
    #: when it last showed a story that it had not shown before
    Column("last_new_at", Utc),
    #: it answers, but shows nothing new for longer than chance allows
    Column("quiet", Boolean, nullable=False, default=False, server_default=false()),
    #: asked rarely: an earlier way of its outlet shows all that it does
    Column("standby", Boolean, nullable=False, default=False, server_default=false()),
    Index("sources_due", "dropped", "due_at"),
)

#: when each source publishes, as far as its polls have taught; learnt
pulses = Table(
    "pulses",
    METADATA,
    Column("source", _Text, ForeignKey("sources.id"), primary_key=True),
    #: up to when
    Column("until", Utc, nullable=False),
    Column("pulse", JSON, nullable=False),
    #: stories expected since the last whole answer
    Column("expected", Float, nullable=False),
    #: polls with validators since the last one without
    Column("conditional", Integer, nullable=False),
)

#: one row per visit; the sums of the ledger
polls = Table(
    "polls",
    METADATA,
    _id(),
    Column("source", _Text, ForeignKey("sources.id"), nullable=False),
    Column("started_at", Utc, nullable=False),
    Column("outcome", _Text, nullable=False),
    Column("status", Integer),
    Column("detail", _Text, nullable=False, default=""),
    Column("bytes", Integer, nullable=False, default=0),
    #: entries shown, and what they were: seen = new + changed + known + refused
    Column("seen", Integer, nullable=False, default=0),
    Column("new", Integer, nullable=False, default=0),
    Column("changed", Integer, nullable=False, default=0),
    Column("known", Integer, nullable=False, default=0),
    Column("refused", Integer, nullable=False, default=0),
    Column("history", Boolean, nullable=False, default=False),
    #: stories that were expected since the poll before
    Column("expected", Float, nullable=False, default=0.0, server_default="0"),
    #: "due", "filling" (of a gap) or "backfill"
    Column("purpose", _Text, nullable=False, default="due", server_default="due"),
    Index("polls_source", "source", "started_at"),
)

#: the sums of a source's polls by day (UTC): seen = new + changed + known + refused
source_days = Table(
    "source_days",
    METADATA,
    Column("source", _Text, ForeignKey("sources.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("expected", Float, nullable=False),
    Column("polled", Integer, nullable=False),
    #: polls that were good or unchanged
    Column("answered", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    #: of the new: history (law 5)
    Column("history", Integer, nullable=False),
    #: no history, and shown by this source for the first time: its own volume
    Column("fresh", Integer, nullable=False),
    Index("source_days_day", "day"),
)

#: polls that met nothing known: what came between may never have been seen
gaps = Table(
    "gaps",
    METADATA,
    _id(),
    Column("source", _Text, ForeignKey("sources.id"), nullable=False),
    Column("found_at", Utc, nullable=False),
    #: the stretch of which nothing is known
    Column("after", Utc, nullable=False),
    Column("before", Utc, nullable=False),
    #: stories that were expected in it
    Column("expected", Float, nullable=False),
    #: "open", "filled" or "unfilled"
    Column("state", _Text, nullable=False),
    #: made to fill it, and the new addresses that they brought
    Column("requests", Integer, nullable=False),
    Column("brought", Integer, nullable=False),
    Column("detail", _Text, nullable=False),
    Column("closed_at", Utc),
    Index("gaps_source", "source", "state"),
    Index("gaps_found", "found_at"),
)

#: what the operator should know of the sources, from when to when; each told once
notices = Table(
    "notices",
    METADATA,
    _id(),
    Column("kind", _Text, nullable=False),
    Column("source", _Text, nullable=False),
    Column("detail", _Text, nullable=False),
    Column("begun_at", Utc, nullable=False),
    Column("ended_at", Utc),
    Column("told_at", Utc),
    Column("end_told_at", Utc),
    Index("notices_standing", "ended_at", "source", "kind"),
)

#: searches of an outlet's past, resumed where they were cut off
backfills = Table(
    "backfills",
    METADATA,
    _id(),
    Column("outlet", _Text, nullable=False),
    Column("since", Utc, nullable=False),
    Column("until", Utc, nullable=False),
    #: addresses that it may bring
    Column("most", Integer, nullable=False),
    #: "open" or "done"
    Column("state", _Text, nullable=False),
    Column("begun_at", Utc, nullable=False),
    Column("ended_at", Utc),
    UniqueConstraint("outlet", "since", "until"),
)

#: the addresses that a backfill asks, in the order of their numbers
backfill_steps = Table(
    "backfill_steps",
    METADATA,
    Column("backfill", _Number, ForeignKey("backfills.id"), primary_key=True),
    Column("address", _Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("way", _Text, nullable=False),
    Column("source", _Text, nullable=False),
    #: pages of one family follow each other; one that brings nothing ends it
    Column("family", _Text, nullable=False),
    Column("page", Integer, nullable=False),
    #: "open", "done" or "failed"
    Column("state", _Text, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("detail", _Text, nullable=False),
)

#: how long each host wants to be left alone, for all workers and after restarts
hosts = Table(
    "hosts",
    METADATA,
    Column("host", _Text, primary_key=True),
    Column("next_at", Utc, nullable=False),
)

#: every address that a source showed, and where it stands on its way
addresses = Table(
    "addresses",
    METADATA,
    _id(),
    Column("key", _Text, nullable=False, unique=True),
    Column("outlet", _Text, nullable=False),
    Column("source", _Text, nullable=False),
    Column("address", _Text, nullable=False),
    #: "waiting", "fetched", "refused" or "gone"
    Column("state", _Text, nullable=False),
    Column("reason", _Text, nullable=False, default=""),
    Column("detail", _Text, nullable=False, default=""),
    Column("entry", JSON, nullable=False),
    Column("history", Boolean, nullable=False),
    Column("first_seen_at", Utc, nullable=False),
    #: when to fetch it, for the first time or again; None: not any more
    Column("fetch_at", Utc),
    Column("lease_until", Utc),
    Column("attempts", Integer, nullable=False, default=0),
    Column("visits", Integer, nullable=False, default=0),
    Column("etag", _Text, nullable=False, default=""),
    Column("last_modified", _Text, nullable=False, default=""),
    Column("body_hash", _Text, nullable=False, default=""),
    Index("addresses_fetch", "fetch_at"),
    Index("addresses_source", "source", "first_seen_at"),
)

#: which source showed which address, from when to when
sightings = Table(
    "sightings",
    METADATA,
    Column("source", _Text, ForeignKey("sources.id"), primary_key=True),
    Column("address", _Number, ForeignKey("addresses.id"), primary_key=True),
    Column("first_seen_at", Utc, nullable=False),
    Column("last_seen_at", Utc, nullable=False),
    Column("times", Integer, nullable=False, default=1),
    Column("headline", _Text, nullable=False, default=""),
    #: of what the source says of it: a change asks for another fetch
    Column("fingerprint", _Text, nullable=False),
    Index("sightings_address", "address"),
)

#: what was fetched, as it came; numbered in the order in which it was kept
pages = Table(
    "pages",
    METADATA,
    _id(),
    Column("address_id", _Number, ForeignKey("addresses.id"), nullable=False),
    Column("outlet", _Text, nullable=False),
    Column("source", _Text, nullable=False),
    Column("address", _Text, nullable=False),
    Column("final_address", _Text, nullable=False),
    Column("fetched_at", Utc, nullable=False),
    Column("status", Integer, nullable=False),
    Column("content_type", _Text, nullable=False),
    #: zlib
    Column("body", LargeBinary, nullable=False),
    Column("body_hash", _Text, nullable=False),
    Column("etag", _Text, nullable=False, default=""),
    Column("last_modified", _Text, nullable=False, default=""),
    Column("entry", JSON, nullable=False),
    Column("first_seen_at", Utc, nullable=False),
    Column("history", Boolean, nullable=False),
    #: why further pages are missing; "" where the story has no more of them
    Column("cut", _Text, nullable=False, server_default=""),
    #: "kept" until it was read to its end, then "stored" or "refused"
    Column("state", _Text, nullable=False),
    Column("reason", _Text, nullable=False, default=""),
    Column("detail", _Text, nullable=False, default=""),
    #: when its bytes were purged; its row stays
    Column("purged_at", Utc),
    Index("pages_state", "state", "id"),
    Index("pages_purged", "purged_at", "fetched_at"),
    Index("pages_address", "address_id"),
)

#: the second and later pages of stories that are told on several
further_pages = Table(
    "further_pages",
    METADATA,
    Column("page", _Number, ForeignKey("pages.id"), primary_key=True),
    #: 2 and so on
    Column("number", Integer, primary_key=True),
    Column("address", _Text, nullable=False),
    Column("content_type", _Text, nullable=False),
    #: zlib
    Column("body", LargeBinary, nullable=False),
)

events = Table(
    "events",
    METADATA,
    _id(),
    Column("opened_at", Utc, nullable=False),
    Column("last_seen_at", Utc, nullable=False),
    #: the event that took its stories in, once they have all left
    Column("joined", _Number),
)

stories = Table(
    "stories",
    METADATA,
    _id(),
    Column("outlet", _Text, nullable=False),
    Column("country", _Text, nullable=False),
    Column("source", _Text, nullable=False),
    Column("address", _Text, nullable=False),
    Column("language", _Text, nullable=False),
    Column("published_at", Utc),
    Column("published_text", _Text, nullable=False, default=""),
    Column("published_zone", _Text, nullable=False, default=""),
    Column("published_origin", _Text, nullable=False, default=""),
    Column("published_precision", _Text, nullable=False, default=""),
    Column("published_confidence", Float, nullable=False, default=0.0),
    Column("first_seen_at", Utc, nullable=False),
    Column("history", Boolean, nullable=False),
    #: the number of its latest revision
    Column("revision", Integer, nullable=False),
    Column("copy_of", _Number, ForeignKey("stories.id")),
    Column("copy_kind", _Text, nullable=False, default=""),
    Column("containment", Float, nullable=False, default=0.0),
    #: how many anchors its text has, for containment
    Column("anchors", Integer, nullable=False, default=0),
    #: whom the text names as its source, how, and by which words it is a press release
    Column("credit", _Text, nullable=False, default="", server_default=""),
    Column("credit_by", _Text, nullable=False, default="", server_default=""),
    Column("release_words", _Text, nullable=False, default="", server_default=""),
    #: words that hijackers put into texts, one a line; why it is not trusted
    Column("foreign_words", _Text, nullable=False, default="", server_default=""),
    Column("doubt", _Text, nullable=False, default="", server_default=""),
    #: the same for an original and its copies: who had the text first and what says so,
    #: that one's story, and whether it is a press release
    Column("origin", _Text, nullable=False, default="", server_default=""),
    Column("origin_by", _Text, nullable=False, default="", server_default=""),
    Column("origin_story", _Number),
    Column("release", Boolean, nullable=False, default=False, server_default=false()),
    Column("event", _Number, ForeignKey("events.id")),
    Column("event_score", Float, nullable=False, default=0.0),
    Column("event_because", _Text, nullable=False, default=""),
    #: the time by which it is grouped: published, or first seen
    Column("event_at", Utc),
    #: logarithm of how much fuller its days were than those that weights were learnt on
    Column("event_crowd", Float, nullable=False, default=0.0, server_default="0"),
    Column("gone_at", Utc),
    #: when its texts were purged by the rules of retention; its row stays
    Column("purged_at", Utc),
    Index("stories_event", "event"),
    Index("stories_copy", "copy_of"),
    Index("stories_outlet", "outlet", "id"),
    Index("stories_first_seen", "first_seen_at"),
    Index("stories_purged", "purged_at", "first_seen_at"),
)

#: every key by which a story is known: its own and those of its twins
story_keys = Table(
    "story_keys",
    METADATA,
    Column("key", _Text, primary_key=True),
    Column("story", _Number, ForeignKey("stories.id"), nullable=False),
)

revisions = Table(
    "revisions",
    METADATA,
    _story(),
    Column("number", Integer, primary_key=True),
    Column("page", _Number, ForeignKey("pages.id"), nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("title", _Text, nullable=False),
    Column("titles", JSON, nullable=False),
    Column("body", _Text, nullable=False),
    Column("authors", JSON, nullable=False),
    Column("modified_at", Utc),
    Column("method", _Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("section", _Text, nullable=False, default=""),
    Column("images", JSON, nullable=False),
    Column("agency", _Text, nullable=False, default=""),
    #: what it says in numbers, days and names: read whole, so a list and no rows
    Column("facts", JSON, nullable=False, server_default="[]"),
    #: every claim of when it was published, the believed one first
    Column("dates", JSON, nullable=False, server_default="[]"),
    #: when it says that it was changed: `modified_at` with its words
    Column("modified", JSON(none_as_null=True)),
    #: every claim of who wrote it, each with where it was read
    Column("bylines", JSON, nullable=False, server_default="[]"),
    Column("paywalled", Boolean, nullable=False, default=False, server_default=false()),
    Column("live", Boolean, nullable=False, default=False, server_default=false()),
)

#: what is learnt of the lines that an outlet repeats under its stories
furniture = Table(
    "furniture",
    METADATA,
    Column("outlet", _Text, primary_key=True),
    #: how many of its stories were learnt from, and how many lines are remembered
    Column("stories", Integer, nullable=False),
    Column("lines", Integer, nullable=False),
    #: the number of the story with which the lines that are cut changed last
    Column("changed", Integer, nullable=False),
)

#: lines of an outlet's stories, as hashes: how many stories had each
repeated_lines = Table(
    "repeated_lines",
    METADATA,
    Column("outlet", _Text, primary_key=True),
    Column("line", BigInteger, primary_key=True),
    Column("count", Integer, nullable=False),
    #: numbers of the outlet's stories
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    sqlite_with_rowid=False,
)

mentions = Table(
    "mentions",
    METADATA,
    _story(),
    Column("revision", Integer, primary_key=True),
    Column("topic", _Text, primary_key=True),
    Column("field", _Text, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, primary_key=True),
    Column("words", _Text, nullable=False),
    Column("clause", _Text, nullable=False),
    Column("sentence", _Text, nullable=False),
    Index("mentions_topic", "topic", "story"),
)

#: anchor shingles: which stories share text
anchors = Table(
    "anchors",
    METADATA,
    Column("anchor", BigInteger, primary_key=True),
    _story(),
    Index("anchors_story", "story"),
    sqlite_with_rowid=False,
)

#: amounts of money that a story's latest revision names, to be asked for by value
amounts = Table(
    "amounts",
    METADATA,
    _story(),
    Column("currency", _Text, primary_key=True),
    #: in plain units, to 15 digits; the same twice but for a range
    Column("low", Float, primary_key=True),
    Column("high", Float, primary_key=True),
    sqlite_with_rowid=False,
)

#: names, numbers and days that a story shares with others of its event
event_keys = Table(
    "event_keys",
    METADATA,
    Column("key", _Text, primary_key=True),
    _story(),
    #: the evidence that it is, by how many stories before had it
    Column("weight", Float, nullable=False, default=0.0, server_default="0"),
    Index("event_keys_story", "story"),
    sqlite_with_rowid=False,
)

#: how surely two stories tell of one happening
ties = Table(
    "ties",
    METADATA,
    Column("low", _Number, ForeignKey("stories.id"), primary_key=True),
    Column("high", _Number, ForeignKey("stories.id"), primary_key=True),
    Column("score", Float, nullable=False),
    Column("because", _Text, nullable=False),
    Index("ties_high", "high"),
    sqlite_with_rowid=False,
)

#: what a story means, as the embedder saw it: a byte a number, times the scale
vectors = Table(
    "vectors",
    METADATA,
    _story(),
    Column("revision", Integer, nullable=False),
    Column("language", _Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("scale", Float, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    Index("vectors_at", "at"),
    Index("vectors_language", "language", "story"),
)

#: the middle of each language's vectors, as float32; learnt
vector_means = Table(
    "vector_means",
    METADATA,
    Column("language", _Text, primary_key=True),
    Column("stories", Integer, nullable=False),
    Column("mean", LargeBinary, nullable=False),
)

#: which stories wait for a vector
to_embed = Table(
    "to_embed",
    METADATA,
    _story(),
    Column("revision", Integer, nullable=False),
    #: a topic or a watch found it
    Column("wanted", Boolean, nullable=False),
    Index("to_embed_wanted", "wanted", "story"),
)

#: written with a revision, deleted when every watch was asked: never "id > cursor"
to_match = Table(
    "to_match",
    METADATA,
    _story(),
    Column("revision", Integer, primary_key=True),
    Column("stored_at", Utc, nullable=False),
)

subscribers = Table(
    "subscribers",
    METADATA,
    Column("id", _Text, primary_key=True),
    Column("data", JSON, nullable=False),
    #: "file", "command" or "gone"
    Column("origin", _Text, nullable=False),
)

watches = Table(
    "watches",
    METADATA,
    Column("subscriber", _Text, ForeignKey("subscribers.id"), primary_key=True),
    Column("name", _Text, primary_key=True),
    Column("query", _Text, nullable=False),
    Column("rhythm", _Text, nullable=False),
    #: points of importance from which on an event is worth a card
    Column("at_least", Integer, nullable=False, default=0, server_default="0"),
    #: "file" or "command"
    Column("origin", _Text, nullable=False, default="file", server_default="file"),
)

#: what a watch found and no digest has settled yet
matches = Table(
    "matches",
    METADATA,
    Column("subscriber", _Text, ForeignKey("subscribers.id"), primary_key=True),
    Column("watch", _Text, primary_key=True),
    _story(),
    Column("revision", Integer, primary_key=True),
    Column("matched_at", Utc, nullable=False),
    Column("sentence", _Text, nullable=False),
    Column("hits", JSON, nullable=False),
    #: when a digest took it up or found nothing new in it
    Column("settled_at", Utc),
    Index("matches_open", "subscriber", "settled_at"),
)

digests = Table(
    "digests",
    METADATA,
    _id(),
    Column("subscriber", _Text, ForeignKey("subscribers.id"), nullable=False),
    Column("slot", _Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("subject", _Text, nullable=False),
    Column("text", _Text, nullable=False),
    Column("html", _Text, nullable=False),
    UniqueConstraint("subscriber", "slot"),
)

told = Table(
    "told",
    METADATA,
    Column("subscriber", _Text, ForeignKey("subscribers.id"), primary_key=True),
    _story(),
    Column("revision", Integer, primary_key=True),
    Column("digest", _Number, ForeignKey("digests.id"), nullable=False),
    Column("at", Utc, nullable=False),
    #: the kind of the card it stood in: "new", "update", "also", "sent" or "minor"
    Column("card", _Text, nullable=False),
    #: the story that the reader knew that card's event by; None before this was kept
    Column("known_by", _Number),
    #: by an instant alert
    Column("instant", Boolean, nullable=False),
)

#: the last slot of each rhythm that was composed, with or without news
slots = Table(
    "slots",
    METADATA,
    Column("subscriber", _Text, ForeignKey("subscribers.id"), primary_key=True),
    Column("rhythm", _Text, primary_key=True),
    Column("at", Utc, nullable=False),
)

#: the outbox: one row per digest, target and part
deliveries = Table(
    "deliveries",
    METADATA,
    _id(),
    Column("digest", _Number, ForeignKey("digests.id"), nullable=False),
    Column("channel", _Text, nullable=False),
    Column("address", _Text, nullable=False),
    Column("message_id", _Text, nullable=False),
    Column("message", LargeBinary, nullable=False),
    #: what the message is written as: "mail", or a chat's service
    Column("form", _Text, nullable=False, server_default="mail"),
    #: a chat's message has parts, counted from 1
    Column("part", Integer, nullable=False, server_default="1"),
    Column("parts", Integer, nullable=False, server_default="1"),
    #: "open", "sent" or "dead"
    Column("state", _Text, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_try_at", Utc, nullable=False),
    Column("lease_until", Utc),
    Column("created_at", Utc, nullable=False),
    Column("sent_at", Utc),
    Column("error", _Text, nullable=False, default=""),
    #: whether its digest went to the subscriber's fall-back instead
    Column("fell_back", Boolean, nullable=False, default=False, server_default=false()),
    UniqueConstraint("digest", "channel", "address", "part"),
    Index("deliveries_open", "state", "next_try_at"),
)

#: what the operator should know: troubles, when they came, went and were mailed
concerns = Table(
    "concerns",
    METADATA,
    _id(),
    #: "quiet", "taken over", "dead letter" or "error"
    Column("kind", _Text, nullable=False),
    #: what it is about: a source, a delivery, an error of ours
    Column("thing", _Text, nullable=False),
    Column("detail", _Text, nullable=False),
    Column("begun_at", Utc, nullable=False),
    Column("ended_at", Utc),
    Column("mailed_at", Utc),
    Column("end_mailed_at", Utc),
    Index("concerns_open", "ended_at", "kind", "thing"),
)

#: queries that a person has saved to ask again
saved_searches = Table(
    "saved_searches",
    METADATA,
    Column("name", _Text, primary_key=True),
    #: as typed: topics are put in when it is asked
    Column("query", _Text, nullable=False),
    #: "date" or "relevance"
    Column("sort", _Text, nullable=False),
    Column("saved_at", Utc, nullable=False),
)
