"""Saved searches."""

from dataclasses import replace
from datetime import timedelta

from archive_tellings import NOON

from archive import Archive
from archive.searching import saved_searches
from archive.searching.saved_searches import SavedSearch

HARBOR = SavedSearch(name="港口", query="@caih 信息港", sort="relevance", saved_at=NOON)


def test_a_search_is_saved_replaced_and_forgotten(archive: Archive) -> None:
    """A search comes back as saved; its name again replaces it; forgotten, it is gone."""
    later = replace(HARBOR, query="@dsr", sort="date", saved_at=NOON + timedelta(days=1))
    other = replace(HARBOR, name="a")
    with archive.write() as db:
        saved_searches.save(db, HARBOR)
        assert saved_searches.listed(db) == [HARBOR]
        saved_searches.save(db, later)
        saved_searches.save(db, other)
        assert saved_searches.listed(db) == [other, later]
        assert saved_searches.remove(db, HARBOR.name)
        assert not saved_searches.remove(db, HARBOR.name)
        assert saved_searches.listed(db) == [other]
