"""When the bytes of pages and the texts of stories were purged."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("pages", sa.Column("purged_at", UTC, nullable=True))
    op.add_column("stories", sa.Column("purged_at", UTC, nullable=True))
    op.create_index("pages_purged", "pages", ["purged_at", "fetched_at"])
    op.create_index("stories_purged", "stories", ["purged_at", "first_seen_at"])
