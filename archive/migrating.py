"""Migrating: tables and index are brought to what this version wants, when they are not there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from archive.indexing import index

FOLDER = Path(__file__).parent / "migrations"


def migrate(db: Connection) -> None:
    """Run what is missing. Raises CommandError where a newer version made the archive."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = db
    command.upgrade(config, "head")
    index.ensure(db)
