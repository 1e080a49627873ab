"""Locks by name: who decides on what it has read must be alone with it until it has written.

SQLite lets one writer in at a time, so nothing need be held there.
PostgreSQL lets them in side by side.
"""

from sqlalchemy import Connection, text

#: who groups stories into events is alone with all of them
EVENTS = "events"

_HOLD = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


def hold(db: Connection, *names: str) -> None:
    """Let no other writer hold one of these names until this transaction ends.

    A reader decides nothing and holds nothing.
    """
    if is_shared_writing(db):
        # In one order for everybody: two that hold what the other wants wait for ever.
        for name in sorted(set(names)):
            db.execute(_HOLD, {"name": name})


def is_shared_writing(db: Connection) -> bool:
    """Say whether this transaction writes while others may write too."""
    return bool(db.get_execution_options().get("harborwatch_shared_writing", False))
