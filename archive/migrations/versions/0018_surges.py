"""Watches that are told at once when a day brings far more than their past lets expect."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kind, no = sa.Boolean(), sa.false()
    op.add_column("watches", sa.Column("surge", kind, nullable=False, server_default=no))
