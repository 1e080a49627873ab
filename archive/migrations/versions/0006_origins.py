"""Who had a text first, what it says of that itself, releases, and doubtful copies."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# In order of code points on both databases.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    marks = ("credit", "credit_by", "release_words", "foreign_words", "doubt")
    for name in (*marks, "origin", "origin_by"):
        op.add_column("stories", sa.Column(name, TEXT, nullable=False, server_default=""))
    op.add_column("stories", sa.Column("origin_story", NUMBER))
    op.add_column(
        "stories", sa.Column("release", sa.Boolean(), nullable=False, server_default=sa.false())
    )
