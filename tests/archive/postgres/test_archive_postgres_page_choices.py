"""Kept pages that leave an archive on PostgreSQL."""

import pytest
from archive_choosing import choose_pages

from archive import Archive

pytestmark = pytest.mark.postgres


def test_pages_are_chosen_on_postgresql(archive: Archive) -> None:
    """Days and outlets choose; purged pages are counted, revisions named."""
    choose_pages(archive)
