"""Addresses that are to be fetched stand in the order in which they are claimed."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    some = sa.text("fetch_at IS NOT NULL")
    order = ["history", "fetch_at", "id"]
    op.create_index("addresses_due", "addresses", order, sqlite_where=some, postgresql_where=some)
