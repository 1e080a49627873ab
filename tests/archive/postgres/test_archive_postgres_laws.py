"""The archive's laws hold on PostgreSQL as on SQLite: the same tests, another database.

Only the fixtures differ: `archive` and `new_archive` are those of this folder.
"""

import pytest
from test_archive_copies import *  # noqa: F403
from test_archive_engine import (  # noqa: F401
    test_a_reader_sees_one_instant,
    test_a_time_without_a_zone_is_refused,
    test_a_transaction_is_whole_or_not_at_all,
    test_an_archive_can_be_tidied_while_it_is_read,
    test_times_come_back_in_utc_and_in_order,
)
from test_archive_furniture import *  # noqa: F403
from test_archive_law_one import *  # noqa: F403
from test_archive_sightings import *  # noqa: F403
from test_archive_sources import *  # noqa: F403
from test_archive_subscribers import *  # noqa: F403
from test_archive_told_once import *  # noqa: F403

pytestmark = pytest.mark.postgres
# Three have a twin here, and one opens an archive of its own.
TWINS = ("test_a_target_gets_a_digest_once", "test_search_finds_what_the_matcher_takes")
TWINS += ("test_four_witnesses_agree",)
for name in (*TWINS, "TestLedger"):
    del globals()[name]
