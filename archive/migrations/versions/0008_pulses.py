"""When sources publish, where they moved, what their validators are worth."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# In order of code points on both databases.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    for column in (
        sa.Column("shown_hash", TEXT, nullable=False, server_default=""),
        sa.Column("lies", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("moved_to", TEXT, nullable=False, server_default=""),
        sa.Column("moved_at", sa.DateTime(timezone=True)),
        sa.Column("moved_polls", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("moved", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("sources", column)
    op.create_table(
        "pulses",
        sa.Column("source", TEXT, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pulse", sa.JSON(), nullable=False),
        sa.Column("expected", sa.Float(), nullable=False),
        sa.Column("conditional", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["sources.id"]),
        sa.PrimaryKeyConstraint("source"),
    )
