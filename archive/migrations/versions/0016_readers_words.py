"""What readers say: who wants no more mails, and which cards were relevant."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# In order of code points on both databases.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "unsubscriptions",
        sa.Column("subscriber", TEXT, nullable=False),
        sa.Column("watch", TEXT, nullable=False),
        sa.Column("target", TEXT, nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("subscriber", "watch", "target"),
    )
    op.create_table(
        "feedback",
        sa.Column("subscriber", TEXT, nullable=False),
        sa.Column("watch", TEXT, nullable=False),
        sa.Column("story", NUMBER, nullable=False),
        sa.Column("relevant", sa.Boolean(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"]),
        sa.PrimaryKeyConstraint("subscriber", "watch", "story"),
    )
