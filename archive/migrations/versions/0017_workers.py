"""Many workers: their signs of life, and pages that they read ahead of their turn."""

import sqlalchemy as sa
from alembic import op

from archive.tables.columns import Number, Text

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "workers",
        sa.Column("name", Text, primary_key=True),
        sa.Column("queues", Text, nullable=False),
        sa.Column("begun_at", UTC, nullable=False),
        sa.Column("beat_at", UTC, nullable=False),
    )
    op.create_table(
        "readings",
        sa.Column("page", Number, sa.ForeignKey("pages.id"), primary_key=True),
        sa.Column("lease_until", UTC, nullable=False),
        sa.Column("changed", sa.Integer(), nullable=True),
        sa.Column("made", sa.LargeBinary(), nullable=True),
    )
