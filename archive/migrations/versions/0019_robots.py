"""Each host's robots.txt: who is killed and begun again need not ask for it anew."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("hosts", sa.Column("robots", sa.LargeBinary()))
    op.add_column("hosts", sa.Column("robots_status", sa.Integer()))
    op.add_column("hosts", sa.Column("robots_at", sa.DateTime(timezone=True)))
