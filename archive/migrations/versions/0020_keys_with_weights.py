"""The keys of a story stand side by side with their weights."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("event_keys_story", "event_keys")
    op.create_index("event_keys_story", "event_keys", ["story", "weight"])
