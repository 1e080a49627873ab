"""Ties between stories, vectors, and the time by which stories are grouped."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# In order of code points on both databases.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("events", sa.Column("joined", NUMBER, nullable=True))
    op.add_column("stories", sa.Column("event_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE stories SET event_at = coalesce(published_at, first_seen_at)")
    crowd = sa.Column("event_crowd", sa.Float(), nullable=False, server_default="0")
    op.add_column("stories", crowd)
    weight = sa.Column("weight", sa.Float(), nullable=False, server_default="0")
    op.add_column("event_keys", weight)
    op.create_index("anchors_story", "anchors", ["story"], unique=False)
    op.create_table(
        "ties",
        sa.Column("low", NUMBER, nullable=False),
        sa.Column("high", NUMBER, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("because", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["low"], ["stories.id"]),
        sa.ForeignKeyConstraint(["high"], ["stories.id"]),
        sa.PrimaryKeyConstraint("low", "high"),
        sqlite_with_rowid=False,
    )
    op.create_index("ties_high", "ties", ["high"], unique=False)
    op.create_table(
        "vectors",
        sa.Column("story", NUMBER, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scale", sa.Float(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"]),
        sa.PrimaryKeyConstraint("story"),
    )
    op.create_index("vectors_at", "vectors", ["at"], unique=False)
    op.create_index("vectors_language", "vectors", ["language", "story"], unique=False)
    op.create_table(
        "vector_means",
        sa.Column("language", TEXT, nullable=False),
        sa.Column("stories", sa.Integer(), nullable=False),
        sa.Column("mean", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("language"),
    )
    op.create_table(
        "to_embed",
        sa.Column("story", NUMBER, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"]),
        sa.PrimaryKeyConstraint("story"),
    )
    op.create_index("to_embed_wanted", "to_embed", ["wanted", "story"], unique=False)
