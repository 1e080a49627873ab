"""Alembic's entry: migrations run on the connection that archive.engine gives."""

from alembic import context

from archive.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    # The full-text index and its shadow tables are made by hand, and
    # autogenerate would drop what it does not know.
    include_name=lambda name, kind, _parents: (
        not (kind == "table" and str(name).startswith("story_text"))
    ),
    transaction_per_migration=False,
)
context.run_migrations()
