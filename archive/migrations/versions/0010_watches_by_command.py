"""Watches made by command and with a threshold, what a told story was known by, concerns."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# In order of code points on both databases.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    at_least = sa.Column("at_least", sa.Integer(), nullable=False, server_default="0")
    op.add_column("watches", at_least)
    op.add_column("watches", sa.Column("origin", TEXT, nullable=False, server_default="file"))
    op.add_column("told", sa.Column("known_by", NUMBER, nullable=True))
    op.create_table(
        "concerns",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("thing", TEXT, nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.Column("begun_at", UTC, nullable=False),
        sa.Column("ended_at", UTC),
        sa.Column("mailed_at", UTC),
        sa.Column("end_mailed_at", UTC),
    )
    op.create_index("concerns_open", "concerns", ["ended_at", "kind", "thing"])
