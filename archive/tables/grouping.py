"""Which stories belong together: anchors of shared text, keys, ties, vectors, events."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
)

from archive.tables.columns import METADATA, Number, Text, Utc, number, story

events = Table(
    "events",
    METADATA,
    number(),
    Column("opened_at", Utc, nullable=False),
    Column("last_seen_at", Utc, nullable=False),
    #: the event that took its stories in, once they have all left
    Column("joined", Number),
)

#: anchor shingles: which stories share text
anchors = Table(
    "anchors",
    METADATA,
    Column("anchor", BigInteger, primary_key=True),
    story(),
    Index("anchors_story", "story"),
    sqlite_with_rowid=False,
)

#: names, numbers and days that a story shares with others of its event
event_keys = Table(
    "event_keys",
    METADATA,
    Column("key", Text, primary_key=True),
    story(),
    #: the evidence that it is, by how many stories before had it
    Column("weight", Float, nullable=False, default=0.0, server_default="0"),
    # With the weight, so that a story's keys stand side by side: to look each up among
    # all stories that have it was most of what finding an event took.
    Index("event_keys_story", "story", "weight"),
    sqlite_with_rowid=False,
)

#: how surely two stories tell of one happening
ties = Table(
    "ties",
    METADATA,
    Column("low", Number, ForeignKey("stories.id"), primary_key=True),
    Column("high", Number, ForeignKey("stories.id"), primary_key=True),
    Column("score", Float, nullable=False),
    Column("because", Text, nullable=False),
    Index("ties_high", "high"),
    sqlite_with_rowid=False,
)

#: what a story means, as the embedder saw it: a byte a number, times the scale
vectors = Table(
    "vectors",
    METADATA,
    story(),
    Column("revision", Integer, nullable=False),
    Column("language", Text, nullable=False),
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
    Column("language", Text, primary_key=True),
    Column("stories", Integer, nullable=False),
    Column("mean", LargeBinary, nullable=False),
)

#: which stories wait for a vector
to_embed = Table(
    "to_embed",
    METADATA,
    story(),
    Column("revision", Integer, nullable=False),
    #: a topic or a watch found it
    Column("wanted", Boolean, nullable=False),
    Index("to_embed_wanted", "wanted", "story"),
)
