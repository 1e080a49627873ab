"""What the outlets said: pages, stories, revisions, and what was read from them."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    false,
)

from archive.tables.columns import METADATA, Number, Text, Utc, number, story

#: one row of facts about the archive itself, by name
facts = Table(
    "archive_facts",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

#: what was fetched, as it came; numbered in the order in which it was kept
pages = Table(
    "pages",
    METADATA,
    number(),
    Column("address_id", Number, ForeignKey("addresses.id"), nullable=False),
    Column("outlet", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("final_address", Text, nullable=False),
    Column("fetched_at", Utc, nullable=False),
    Column("status", Integer, nullable=False),
    Column("content_type", Text, nullable=False),
    #: zlib
    Column("body", LargeBinary, nullable=False),
    Column("body_hash", Text, nullable=False),
    Column("etag", Text, nullable=False, default=""),
    Column("last_modified", Text, nullable=False, default=""),
    Column("entry", JSON, nullable=False),
    Column("first_seen_at", Utc, nullable=False),
    Column("history", Boolean, nullable=False),
    #: why further pages are missing; "" where the story has no more of them
    Column("cut", Text, nullable=False, server_default=""),
    #: "kept" until it was read to its end, then "stored" or "refused"
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),
    #: when its bytes were purged; its row stays
    Column("purged_at", Utc),
    Index("pages_state", "state", "id"),
    Index("pages_purged", "purged_at", "fetched_at"),
    Index("pages_address", "address_id"),
)

#: what workers read of kept pages ahead of their turn; gone when the page is settled
readings = Table(
    "readings",
    METADATA,
    Column("page", Number, ForeignKey("pages.id"), primary_key=True),
    #: until then a worker has it in hand
    Column("lease_until", Utc, nullable=False),
    #: with which of the outlet's stories what was cut had changed last
    Column("changed", Integer),
    #: packed (see pipelines.ahead); none while a worker has it in hand
    Column("made", LargeBinary),
)

#: the second and later pages of stories that are told on several
further_pages = Table(
    "further_pages",
    METADATA,
    Column("page", Number, ForeignKey("pages.id"), primary_key=True),
    #: 2 and so on
    Column("number", Integer, primary_key=True),
    Column("address", Text, nullable=False),
    Column("content_type", Text, nullable=False),
    #: zlib
    Column("body", LargeBinary, nullable=False),
)

stories = Table(
    "stories",
    METADATA,
    number(),
    Column("outlet", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("published_at", Utc),
    Column("published_text", Text, nullable=False, default=""),
    Column("published_zone", Text, nullable=False, default=""),
    Column("published_origin", Text, nullable=False, default=""),
    Column("published_precision", Text, nullable=False, default=""),
    Column("published_confidence", Float, nullable=False, default=0.0),
    Column("first_seen_at", Utc, nullable=False),
    Column("history", Boolean, nullable=False),
    #: the number of its latest revision
    Column("revision", Integer, nullable=False),
    Column("copy_of", Number, ForeignKey("stories.id")),
    Column("copy_kind", Text, nullable=False, default=""),
    Column("containment", Float, nullable=False, default=0.0),
    #: how many anchors its text has, for containment
    Column("anchors", Integer, nullable=False, default=0),
    #: whom the text names as its source, how, and by which words it is a press release
    Column("credit", Text, nullable=False, default="", server_default=""),
    Column("credit_by", Text, nullable=False, default="", server_default=""),
    Column("release_words", Text, nullable=False, default="", server_default=""),
    #: words that hijackers put into texts, one a line; why it is not trusted
    Column("foreign_words", Text, nullable=False, default="", server_default=""),
    Column("doubt", Text, nullable=False, default="", server_default=""),
    #: the same for an original and its copies: who had the text first and what says so,
    #: that one's story, and whether it is a press release
    Column("origin", Text, nullable=False, default="", server_default=""),
    Column("origin_by", Text, nullable=False, default="", server_default=""),
    Column("origin_story", Number),
    Column("release", Boolean, nullable=False, default=False, server_default=false()),
    Column("event", Number, ForeignKey("events.id")),
    Column("event_score", Float, nullable=False, default=0.0),
    Column("event_because", Text, nullable=False, default=""),
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
    Index("stories_source", "source"),
    Index("stories_first_seen", "first_seen_at"),
    Index("stories_purged", "purged_at", "first_seen_at"),
)

#: every key by which a story is known: its own and those of its twins
story_keys = Table(
    "story_keys",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("story", Number, ForeignKey("stories.id"), nullable=False),
)

revisions = Table(
    "revisions",
    METADATA,
    story(),
    Column("number", Integer, primary_key=True),
    Column("page", Number, ForeignKey("pages.id"), nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("title", Text, nullable=False),
    Column("titles", JSON, nullable=False),
    Column("body", Text, nullable=False),
    Column("authors", JSON, nullable=False),
    Column("modified_at", Utc),
    Column("method", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("section", Text, nullable=False, default=""),
    Column("images", JSON, nullable=False),
    Column("agency", Text, nullable=False, default=""),
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
    Column("outlet", Text, primary_key=True),
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
    Column("outlet", Text, primary_key=True),
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
    story(),
    Column("revision", Integer, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, primary_key=True),
    Column("words", Text, nullable=False),
    Column("clause", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Index("mentions_topic", "topic", "story"),
)

#: amounts of money that a story's latest revision names, to be asked for by value
amounts = Table(
    "amounts",
    METADATA,
    story(),
    Column("currency", Text, primary_key=True),
    #: in plain units, to 15 digits; the same twice but for a range
    Column("low", Float, primary_key=True),
    Column("high", Float, primary_key=True),
    sqlite_with_rowid=False,
)

#: written with a revision, deleted when every watch was asked: never "id > cursor"
to_match = Table(
    "to_match",
    METADATA,
    story(),
    Column("revision", Integer, primary_key=True),
    Column("stored_at", Utc, nullable=False),
)
