"""What the sources showed: visits, their sums by day, addresses, gaps, backfills."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    false,
    text,
)

from archive.tables.columns import METADATA, Number, Text, Utc, number

#: the ways in, what their servers gave to ask again with, and when they are due
sources = Table(
    "sources",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("outlet", Text, nullable=False),
    Column("way", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("every", Integer, nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("lease_until", Utc),
    Column("etag", Text, nullable=False, default=""),
    Column("last_modified", Text, nullable=False, default=""),
    Column("body_hash", Text, nullable=False, default=""),
    Column("first_good_at", Utc),
    Column("last_good_at", Utc),
    Column("last_poll_at", Utc),
    Column("last_outcome", Text, nullable=False, default=""),
    Column("last_detail", Text, nullable=False, default=""),
    Column("failures", Integer, nullable=False, default=0),
    #: no longer in the catalogue; kept for its history
    Column("dropped", Boolean, nullable=False, default=False),
    #: of the stories it showed the last time
    Column("shown_hash", Text, nullable=False, default="", server_default=""),
    #: how often its validators said "unchanged" of what had changed
    Column("lies", Integer, nullable=False, default=0, server_default="0"),
    #: its server's last answer, whatever it was
    Column("answered_at", Utc),
    #: where it redirects to for good, since when, on how many polls, and whether it is asked there
    Column("moved_to", Text, nullable=False, default="", server_default=""),
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
    Column("source", Text, ForeignKey("sources.id"), primary_key=True),
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
    number(),
    Column("source", Text, ForeignKey("sources.id"), nullable=False),
    Column("started_at", Utc, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("status", Integer),
    Column("detail", Text, nullable=False, default=""),
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
    Column("purpose", Text, nullable=False, default="due", server_default="due"),
    Index("polls_source", "source", "started_at"),
)

#: the sums of a source's polls by day (UTC): seen = new + changed + known + refused
source_days = Table(
    "source_days",
    METADATA,
    Column("source", Text, ForeignKey("sources.id"), primary_key=True),
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
    number(),
    Column("source", Text, ForeignKey("sources.id"), nullable=False),
    Column("found_at", Utc, nullable=False),
    #: the stretch of which nothing is known
    Column("after", Utc, nullable=False),
    Column("before", Utc, nullable=False),
    #: stories that were expected in it
    Column("expected", Float, nullable=False),
    #: "open", "filled" or "unfilled"
    Column("state", Text, nullable=False),
    #: made to fill it, and the new addresses that they brought
    Column("requests", Integer, nullable=False),
    Column("brought", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    Column("closed_at", Utc),
    Index("gaps_source", "source", "state"),
    Index("gaps_found", "found_at"),
)

#: what the operator should know, from when to when; begin and end are told once each
notices = Table(
    "notices",
    METADATA,
    number(),
    Column("kind", Text, nullable=False),
    #: what it is about: a source, a delivery, an error of ours, a worker
    Column("thing", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("begun_at", Utc, nullable=False),
    Column("ended_at", Utc),
    Column("told_at", Utc),
    Column("end_told_at", Utc),
    Index("notices_standing", "ended_at", "thing", "kind"),
)

#: searches of an outlet's past, resumed where they were cut off
backfills = Table(
    "backfills",
    METADATA,
    number(),
    Column("outlet", Text, nullable=False),
    Column("since", Utc, nullable=False),
    Column("until", Utc, nullable=False),
    #: addresses that it may bring
    Column("most", Integer, nullable=False),
    #: "open" or "done"
    Column("state", Text, nullable=False),
    Column("begun_at", Utc, nullable=False),
    Column("ended_at", Utc),
    UniqueConstraint("outlet", "since", "until"),
)

#: the addresses that a backfill asks, in the order of their numbers
backfill_steps = Table(
    "backfill_steps",
    METADATA,
    Column("backfill", Number, ForeignKey("backfills.id"), primary_key=True),
    Column("address", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("way", Text, nullable=False),
    Column("source", Text, nullable=False),
    #: pages of one family follow each other; one that brings nothing ends it
    Column("family", Text, nullable=False),
    Column("page", Integer, nullable=False),
    #: "open", "done" or "failed"
    Column("state", Text, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("detail", Text, nullable=False),
)

#: how long each host wants to be left alone, for all workers and after restarts
hosts = Table(
    "hosts",
    METADATA,
    Column("host", Text, primary_key=True),
    Column("next_at", Utc, nullable=False),
    #: its robots.txt as it was answered last, with the answer's status, and when; None: not yet
    Column("robots", LargeBinary),
    Column("robots_status", Integer),
    Column("robots_at", Utc),
)

#: processes that take tasks off this one's hands, with their last sign of life
workers = Table(
    "workers",
    METADATA,
    #: "host:pid"
    Column("name", Text, primary_key=True),
    #: the queues that it serves, with a comma between them
    Column("queues", Text, nullable=False),
    Column("begun_at", Utc, nullable=False),
    Column("beat_at", Utc, nullable=False),
)

#: every address that a source showed, and where it stands on its way
addresses = Table(
    "addresses",
    METADATA,
    number(),
    Column("key", Text, nullable=False, unique=True),
    Column("outlet", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("address", Text, nullable=False),
    #: "waiting", "fetched", "refused" or "gone"
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),
    Column("entry", JSON, nullable=False),
    Column("history", Boolean, nullable=False),
    Column("first_seen_at", Utc, nullable=False),
    #: when to fetch it, for the first time or again; None: not any more
    Column("fetch_at", Utc),
    Column("lease_until", Utc),
    Column("attempts", Integer, nullable=False, default=0),
    Column("visits", Integer, nullable=False, default=0),
    Column("etag", Text, nullable=False, default=""),
    Column("last_modified", Text, nullable=False, default=""),
    Column("body_hash", Text, nullable=False, default=""),
    Index("addresses_fetch", "fetch_at"),
    # The order of claims: without it every claim sorted all that is due.
    Index(
        "addresses_due",
        "history",
        "fetch_at",
        "id",
        sqlite_where=text("fetch_at IS NOT NULL"),
        postgresql_where=text("fetch_at IS NOT NULL"),
    ),
    Index("addresses_source", "source", "first_seen_at"),
)

#: which source showed which address, from when to when
sightings = Table(
    "sightings",
    METADATA,
    Column("source", Text, ForeignKey("sources.id"), primary_key=True),
    Column("address", Number, ForeignKey("addresses.id"), primary_key=True),
    Column("first_seen_at", Utc, nullable=False),
    Column("last_seen_at", Utc, nullable=False),
    Column("times", Integer, nullable=False, default=1),
    Column("headline", Text, nullable=False, default=""),
    #: of what the source says of it: a change asks for another fetch
    Column("fingerprint", Text, nullable=False),
    Index("sightings_address", "address"),
)
