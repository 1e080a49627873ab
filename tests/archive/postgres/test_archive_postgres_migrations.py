"""The same migrations on PostgreSQL: every version, with rows in every table, becomes today's."""

import pytest
from test_archive_migrations import check, of_version, versions

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize("since_first", [True, False], ids=["grown", "fresh"])
@pytest.mark.parametrize("version", versions())
def test_every_version_becomes_todays(server, version: str, since_first: bool) -> None:
    """No row is lost and every text is found in ten languages."""
    address = server.address(server.make("template0"))
    check(address, of_version(address, version, since_first=since_first))
