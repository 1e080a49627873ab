"""The stories of a source are counted from an index, not by reading all that is kept."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("stories_source", "stories", ["source"])
