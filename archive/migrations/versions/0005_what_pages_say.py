"""What outlets repeat under their stories; all that a page says of its story."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# In order of code points on both databases.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "furniture",
        sa.Column("outlet", TEXT, nullable=False),
        sa.Column("stories", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("outlet"),
    )
    op.create_table(
        "repeated_lines",
        sa.Column("outlet", TEXT, nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("outlet", "line"),
        sqlite_with_rowid=False,
    )
    for name in ("dates", "bylines"):
        claims = sa.Column(name, sa.JSON(), nullable=False, server_default="[]")
        op.add_column("revisions", claims)
    op.add_column("revisions", sa.Column("modified", sa.JSON(), nullable=True))
    for name in ("paywalled", "live"):
        mark: sa.Column[bool] = sa.Column(
            name, sa.Boolean(), nullable=False, server_default=sa.false()
        )
        op.add_column("revisions", mark)
