"""Many workers: their signs of life, and pages that they read ahead of their turn."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# In order of code points on both databases.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "workers",
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("queues", TEXT, nullable=False),
        sa.Column("begun_at", UTC, nullable=False),
        sa.Column("beat_at", UTC, nullable=False),
    )
    op.create_table(
        "readings",
        sa.Column("page", NUMBER, sa.ForeignKey("pages.id"), primary_key=True),
        sa.Column("lease_until", UTC, nullable=False),
        sa.Column("changed", sa.Integer(), nullable=True),
        sa.Column("made", sa.LargeBinary(), nullable=True),
    )
