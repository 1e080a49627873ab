"""Columns as all tables have them: times with a zone, texts in the order of their code points."""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    TypeDecorator,
)


class Utc(TypeDecorator[datetime]):
    """An aware time, in UTC inside whatever the database makes of zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: its zone would be a guess."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be archived: {value}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None or value.tzinfo is UTC:
            return value
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


METADATA = MetaData()

# SQLite counts rows by itself only in a column called INTEGER.
Number = BigInteger().with_variant(Integer, "sqlite")

# Order of code points, as SQLite's: a server's own collation would order the
# sources of a poll, and so the stories, otherwise.
Text = String().with_variant(String(collation="C"), "postgresql")


def number() -> Column[int]:
    """Return a column that counts its table's rows."""
    return Column("id", Number, primary_key=True, autoincrement=True)


def story() -> Column[int]:
    """Return a key that is a story's."""
    return Column("story", Number, ForeignKey("stories.id"), primary_key=True)
