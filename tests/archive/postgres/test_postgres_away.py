"""A server that is started anew: what was said is kept, and nobody need be started with it."""

import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres_server import NoServerError, Server, serve, start, wait_for
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from archive import Archive, open_archive
from archive.collecting import workers
from archive.engine import is_away

pytestmark = pytest.mark.postgres


class Own:
    """A server of this test's, that can be ended and started again."""

    def __init__(self, folder: Path) -> None:
        self.server, self.process = Server(folder), start(folder)
        wait_for(self.server, self.process)

    def end(self, number: int = signal.SIGINT) -> None:
        self.process.send_signal(number)
        self.process.wait(60)

    def again(self) -> None:
        self.process = serve(self.server.folder)
        wait_for(self.server, self.process)


@pytest.fixture(scope="module")
def own() -> Iterator[Own]:
    with tempfile.TemporaryDirectory(prefix="hw-pg-") as folder:
        try:
            made = Own(Path(folder))
        except NoServerError as error:
            pytest.skip(str(error))
        yield made
        made.end(signal.SIGQUIT)


@pytest.fixture
def archive(own: Own) -> Iterator[Archive]:
    opened = open_archive(own.server.address(own.server.make("template0")))
    yield opened
    opened.close()


def beat(db: Connection) -> str:
    workers.beat(db, "a:1", ["polls"], workers.moment(db))
    return "written"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT])
def test_what_nobody_else_knows_is_written_when_it_is_back(
    own: Own, archive: Archive, number: int
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
    own.again()
    insisting.join(20)
    assert said == ["written"]
    with archive.read() as db:
        assert [one.name for one in workers.listed(db)] == ["a:1"]


def test_a_connection_of_before_is_no_error(own: Own, archive: Archive) -> None:
    """The first question after a new start is answered, though its connection was made before."""
    with archive.read() as db:
        workers.listed(db)
    own.end()
    own.again()
    with archive.write() as db:
        assert beat(db) == "written"


def test_an_error_of_another_kind_is_raised_at_once(archive: Archive) -> None:
    """A statement that is wrong, or two rows of one key, are no server that is away."""
    for wrong in ("SELECT no_such_column", "INSERT INTO workers SELECT 'a', '', NULL, NULL"):
        with pytest.raises(DBAPIError) as caught:
            archive.insist(lambda db, wrong=wrong: db.execute(text(wrong)))
        assert not is_away(caught.value)
