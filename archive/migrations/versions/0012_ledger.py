"""The ledger by source and day: sums of polls, gaps, notices, backfills."""

from collections import Counter, defaultdict
from datetime import UTC, date

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None

# In order of code points on both databases.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("sources", sa.Column("last_new_at", TIME))
    for name in ("quiet", "standby"):
        column: sa.Column[bool] = sa.Column(
            name, sa.Boolean(), nullable=False, server_default=sa.false()
        )
        op.add_column("sources", column)
    op.add_column("polls", sa.Column("expected", sa.Float(), nullable=False, server_default="0"))
    op.add_column("polls", sa.Column("purpose", TEXT, nullable=False, server_default="due"))
    op.create_index("addresses_source", "addresses", ["source", "first_seen_at"])
    op.create_index("sightings_address", "sightings", ["address"])
    _days()
    _gaps()
    _notices()
    _backfills()


def _days() -> None:
    sums = ("polled", "answered", "seen", "new", "changed", "known", "refused")
    op.create_table(
        "source_days",
        sa.Column("source", TEXT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("expected", sa.Float(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in (*sums, "history", "fresh")),
        sa.ForeignKeyConstraint(["source"], ["sources.id"]),
        sa.PrimaryKeyConstraint("source", "day"),
    )
    op.create_index("source_days_day", "source_days", ["day"])
    _add_up(("expected", *sums, "history", "fresh"))


def _add_up(names: tuple[str, ...]) -> None:
    """Take in what was polled before, so that the sums balance from the first day on."""
    parts = ("seen", "new", "changed", "known", "refused")
    polls = sa.table(
        "polls",
        sa.column("source", TEXT),
        sa.column("started_at", TIME),
        sa.column("outcome", TEXT),
        sa.column("history", sa.Boolean),
        *(sa.column(name, sa.Integer) for name in parts),
    )
    found: dict[tuple[str, date], Counter[str]] = defaultdict(Counter)
    for row in op.get_bind().execute(sa.select(polls)):
        at = row.started_at if row.started_at.tzinfo is None else row.started_at.astimezone(UTC)
        mine = found[row.source, at.date()]
        mine.update({name: getattr(row, name) for name in parts})
        mine.update(polled=1, answered=int(row.outcome in {"good", "unchanged"}))
        mine["history"] += row.new if row.history else 0
        mine["fresh"] += 0 if row.history else row.new
    days = sa.table(
        "source_days",
        sa.column("source", TEXT),
        sa.column("day", sa.Date),
        *(sa.column(name) for name in names),
    )
    rows = [
        {"source": source, "day": day} | {name: sums[name] for name in names}
        for (source, day), sums in found.items()
    ]
    if rows:
        op.bulk_insert(days, rows)


def _gaps() -> None:
    op.create_table(
        "gaps",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("found_at", TIME, nullable=False),
        sa.Column("after", TIME, nullable=False),
        sa.Column("before", TIME, nullable=False),
        sa.Column("expected", sa.Float(), nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("brought", sa.Integer(), nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.Column("closed_at", TIME),
        sa.ForeignKeyConstraint(["source"], ["sources.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("gaps_source", "gaps", ["source", "state"])
    op.create_index("gaps_found", "gaps", ["found_at"])


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.Column("begun_at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        sa.Column("told_at", TIME),
        sa.Column("end_told_at", TIME),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("notices_standing", "notices", ["ended_at", "source", "kind"])


def _backfills() -> None:
    op.create_table(
        "backfills",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("outlet", TEXT, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("until", TIME, nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("begun_at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("outlet", "since", "until"),
    )
    op.create_table(
        "backfill_steps",
        sa.Column("backfill", NUMBER, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("way", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("family", TEXT, nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["backfill"], ["backfills.id"]),
        sa.PrimaryKeyConstraint("backfill", "address"),
    )
