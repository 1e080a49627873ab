"""Retention on SQLite: in steps, nothing found of it, nothing that waits."""

from archive_filled import fill, index_all
from archive_purging import purge_some

from archive import Archive


def test_purged_stories_are_found_by_no_question(archive: Archive) -> None:
    """With words or without, in ten languages, what was purged is neither found nor counted."""
    with archive.write() as db:
        fill(db)
        index_all(db)
    purge_some(archive)
