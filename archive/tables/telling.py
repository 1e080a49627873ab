"""Who is told of what: subscribers, watches, digests, deliveries."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    false,
)

from archive.tables.columns import METADATA, Number, Text, Utc, number, story

subscribers = Table(
    "subscribers",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("data", JSON, nullable=False),
    #: "file", "command" or "gone"
    Column("origin", Text, nullable=False),
)

watches = Table(
    "watches",
    METADATA,
    Column("subscriber", Text, ForeignKey("subscribers.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("query", Text, nullable=False),
    Column("rhythm", Text, nullable=False),
    #: points of importance from which on an event is worth a card
    Column("at_least", Integer, nullable=False, default=0, server_default="0"),
    #: told at once when a day brings far more than its past lets expect
    Column("surge", Boolean, nullable=False, default=False, server_default=false()),
    #: "file" or "command"
    Column("origin", Text, nullable=False, default="file", server_default="file"),
)

#: what a watch found and no digest has settled yet
matches = Table(
    "matches",
    METADATA,
    Column("subscriber", Text, ForeignKey("subscribers.id"), primary_key=True),
    Column("watch", Text, primary_key=True),
    story(),
    Column("revision", Integer, primary_key=True),
    Column("matched_at", Utc, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("hits", JSON, nullable=False),
    #: when a digest took it up or found nothing new in it
    Column("settled_at", Utc),
    Index("matches_open", "subscriber", "settled_at"),
)

digests = Table(
    "digests",
    METADATA,
    number(),
    Column("subscriber", Text, ForeignKey("subscribers.id"), nullable=False),
    Column("slot", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("html", Text, nullable=False),
    UniqueConstraint("subscriber", "slot"),
)

told = Table(
    "told",
    METADATA,
    Column("subscriber", Text, ForeignKey("subscribers.id"), primary_key=True),
    story(),
    Column("revision", Integer, primary_key=True),
    Column("digest", Number, ForeignKey("digests.id"), nullable=False),
    Column("at", Utc, nullable=False),
    #: the kind of the card it stood in: "new", "update", "also", "sent" or "minor"
    Column("card", Text, nullable=False),
    #: the story that the reader knew that card's event by; None before this was kept
    Column("known_by", Number),
    #: by an instant alert
    Column("instant", Boolean, nullable=False),
)

#: the last slot of each rhythm that was composed, with or without news
slots = Table(
    "slots",
    METADATA,
    Column("subscriber", Text, ForeignKey("subscribers.id"), primary_key=True),
    Column("rhythm", Text, primary_key=True),
    Column("at", Utc, nullable=False),
)

#: the outbox: one row per digest, target and part
deliveries = Table(
    "deliveries",
    METADATA,
    number(),
    Column("digest", Number, ForeignKey("digests.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("message", LargeBinary, nullable=False),
    #: what the message is written as: "mail", or a chat's service
    Column("form", Text, nullable=False, server_default="mail"),
    #: a chat's message has parts, counted from 1
    Column("part", Integer, nullable=False, server_default="1"),
    Column("parts", Integer, nullable=False, server_default="1"),
    #: "open", "sent", "dead", or "stopped": its reader said no
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_try_at", Utc, nullable=False),
    Column("lease_until", Utc),
    Column("created_at", Utc, nullable=False),
    Column("sent_at", Utc),
    Column("error", Text, nullable=False, default=""),
    #: whether its digest went to the subscriber's fall-back instead
    Column("fell_back", Boolean, nullable=False, default=False, server_default=false()),
    UniqueConstraint("digest", "channel", "address", "part"),
    Index("deliveries_open", "state", "next_try_at"),
)

#: who said no: wins over the file and over what is kept by command
unsubscriptions = Table(
    "unsubscriptions",
    METADATA,
    Column("subscriber", Text, primary_key=True),
    #: the watch that is wanted no more; "" where an address wants nothing more
    Column("watch", Text, primary_key=True),
    #: "mail:ana@example.org"; "" where a watch is wanted no more
    Column("target", Text, primary_key=True),
    Column("at", Utc, nullable=False),
)

#: what readers said of what they were sent: the last word on each story and watch
feedback = Table(
    "feedback",
    METADATA,
    Column("subscriber", Text, primary_key=True),
    Column("watch", Text, primary_key=True),
    #: the story that the card was headed by
    story(),
    Column("relevant", Boolean, nullable=False),
    Column("at", Utc, nullable=False),
)

#: log-ins of the web page that were ended by their holders, until they would end by themselves
ended_sessions = Table(
    "ended_sessions",
    METADATA,
    Column("session", Text, primary_key=True),
    Column("ends_at", Utc, nullable=False),
)

#: queries that a person has saved to ask again
saved_searches = Table(
    "saved_searches",
    METADATA,
    Column("name", Text, primary_key=True),
    #: as typed: topics are put in when it is asked
    Column("query", Text, nullable=False),
    #: "date" or "relevance"
    Column("sort", Text, nullable=False),
    Column("saved_at", Utc, nullable=False),
)
