"""The memory of Harborwatch: stories, pages, sources, watches and deliveries in one database.

Functions take an open connection and do one thing each, so that a caller
decides what stands in one transaction. Leans on query and news, SQLAlchemy
and Alembic; knows nothing of crawling, reading or sending.
"""

from archive.engine import Archive, open_archive

__all__ = ["Archive", "open_archive"]
