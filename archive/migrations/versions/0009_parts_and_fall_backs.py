"""Deliveries in parts, in a chat's form, and those that fell back to a second channel."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# In order of code points on both databases.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
#: SQLite keeps no name for the key of the first version; batch mode gives it this one.
NAMED = {"uq": "uq_%(table_name)s"}
OLD_KEY, NEW_KEY = "uq_deliveries", "uq_deliveries"
#: PostgreSQL names keys by itself.
OLD_POSTGRES_KEY = "deliveries_digest_channel_address_key"
NEW_POSTGRES_KEY = "deliveries_digest_channel_address_part_key"
COLUMNS = ["digest", "channel", "address", "part"]


def upgrade() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    with op.batch_alter_table("deliveries", naming_convention=NAMED) as table:
        table.add_column(sa.Column("form", TEXT, nullable=False, server_default="mail"))
        table.add_column(sa.Column("part", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("parts", sa.Integer(), nullable=False, server_default="1"))
        fell_back: sa.Column[bool] = sa.Column(
            "fell_back", sa.Boolean(), nullable=False, server_default=sa.false()
        )
        table.add_column(fell_back)
        table.drop_constraint(OLD_POSTGRES_KEY if postgres else OLD_KEY, type_="unique")
        table.create_unique_constraint(NEW_POSTGRES_KEY if postgres else NEW_KEY, COLUMNS)
