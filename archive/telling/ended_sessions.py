"""Sessions of the web page that were ended by log-out: their cookies open nothing any more.

All processes of the page ask here. A row goes when its session would have ended by itself.
"""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from archive.rows import upsert
from archive.tables import ended_sessions


def end(db: Connection, session: str, ends_at: datetime, now: datetime) -> None:
    """End a session that would have held until `ends_at`; forget those that hold no more."""
    db.execute(delete(ended_sessions).where(ended_sessions.c.ends_at < now))
    row = {"session": session, "ends_at": ends_at}
    upsert(db, ended_sessions, row, key=("session",), change=("ends_at",))


def has_ended(db: Connection, session: str) -> bool:
    """Say whether a session was ended."""
    asked = select(ended_sessions.c.session).where(ended_sessions.c.session == session)
    return db.execute(asked).first() is not None
