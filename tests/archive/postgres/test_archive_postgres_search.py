"""Counting, ranking, trying and tracing hold on PostgreSQL as on SQLite: the same tests."""

from collections.abc import Iterator

import pytest
from archive_press import print_all
from test_archive_search_facets import *  # noqa: F403
from test_archive_search_newest import *  # noqa: F403
from test_archive_search_ranking import *  # noqa: F403
from test_archive_search_saved import *  # noqa: F403
from test_archive_search_trials import *  # noqa: F403
from test_archive_traces import *  # noqa: F403

from archive import Archive, open_archive

pytestmark = pytest.mark.postgres
# How a place is written has nothing to do with a database.
for name in ("test_a_place_is_read_as_it_was_written", "test_what_is_no_place_is_refused"):
    del globals()[name]


@pytest.fixture(scope="session")
def printed(server, empty) -> Iterator[Archive]:
    """Give an archive with thirty stories in ten languages, for laws that only read."""
    archive = open_archive(server.address(server.make(empty)))
    with archive.write() as db:
        print_all(db)
    yield archive
    archive.close()
