"""Notices of all that the operator should know; concerns, which told half of it twice, are gone."""

from alembic import op

revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("notices_standing", "notices")
    op.alter_column("notices", "source", new_column_name="thing")
    op.create_index("notices_standing", "notices", ["ended_at", "thing", "kind"])
    # Sources' troubles stand in both tables and were told as concerns.
    op.execute("UPDATE notices SET told_at = begun_at WHERE told_at IS NULL")
    op.execute("UPDATE notices SET end_told_at = ended_at WHERE end_told_at IS NULL")
    columns = "kind, thing, detail, begun_at, ended_at"
    op.execute(
        f"INSERT INTO notices ({columns}, told_at, end_told_at)"  # noqa: S608 - our own words
        f" SELECT {columns}, mailed_at, end_mailed_at FROM concerns"
        " WHERE kind IN ('dead letter', 'error') ORDER BY id"
    )
    op.drop_index("concerns_open", "concerns")
    op.drop_table("concerns")
