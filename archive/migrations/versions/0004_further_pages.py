"""The further pages of stories that are told on several."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# In order of code points on both databases.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("pages", sa.Column("cut", TEXT, nullable=False, server_default=""))
    op.create_table(
        "further_pages",
        sa.Column("page", NUMBER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("content_type", TEXT, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["page"], ["pages.id"]),
        sa.PrimaryKeyConstraint("page", "number"),
    )
