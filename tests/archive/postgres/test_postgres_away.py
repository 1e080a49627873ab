"""A server that is started anew: what was said is kept, and nobody need be started with it."""

import signal
import threading
import time
from collections.abc import Iterator

import pytest
from postgres_fixture import running_or_skipped
from postgres_server import Server
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from archive import Archive, open_archive
from archive.collecting import workers
from archive.engine import is_away

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def own() -> Iterator[Server]:
    """Give a server of this module's: the others' is not to be ended."""
    with running_or_skipped() as started:
        yield started


@pytest.fixture
def archive(own: Server) -> Iterator[Archive]:
    opened = open_archive(own.address(own.make("template0")))
    yield opened
    opened.close()


def beat(db: Connection) -> str:
    workers.beat(db, "a:1", ["polls"], workers.moment(db))
    return "written"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT])
def test_what_nobody_else_knows_is_written_when_it_is_back(
    own: Server, archive: Archive, number: int
) -> None:
    """Who insists waits for the server; all others get an error at once, and go on with it."""
    with archive.read() as db:
        assert workers.listed(db) == []
    own.end(number)
    with pytest.raises(DBAPIError) as caught, archive.write() as db:
        beat(db)
    assert is_away(caught.value)
    said: list[str] = []
    insisting = threading.Thread(target=lambda: said.append(archive.insist(beat)))
    insisting.start()
    time.sleep(0.7)
    assert insisting.is_alive()
    own.begin()
    insisting.join(20)
    assert said == ["written"]
    with archive.read() as db:
        assert [one.name for one in workers.listed(db)] == ["a:1"]


def test_a_connection_of_before_is_no_error(own: Server, archive: Archive) -> None:
    """The first question after a new start is answered, though its connection was made before."""
    with archive.read() as db:
        workers.listed(db)
    own.end(signal.SIGINT)
    own.begin()
    with archive.write() as db:
        assert beat(db) == "written"


def test_an_error_of_another_kind_is_raised_at_once(archive: Archive) -> None:
    """A statement that is wrong, or two rows of one key, are no server that is away."""
    for wrong in ("SELECT no_such_column", "INSERT INTO workers SELECT 'a', '', NULL, NULL"):
        with pytest.raises(DBAPIError) as caught:
            archive.insist(lambda db, wrong=wrong: db.execute(text(wrong)))
        assert not is_away(caught.value)
