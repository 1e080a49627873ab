"""A real PostgreSQL for these tests: started once from its wheel, on a socket in a folder."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from archive import Archive, open_archive

pytest.importorskip("psycopg", reason="the extra postgres is not installed")

from postgres_fixture import running_or_skipped
from postgres_server import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running_or_skipped() as started:
        yield started


@pytest.fixture(scope="session")
def empty(server: Server) -> str:
    """Give the name of a database whose archive is empty."""
    name = server.make("template0")
    open_archive(server.address(name)).close()
    return name


New = Callable[[], Archive]


@pytest.fixture(scope="session")
def used() -> list[str]:
    """Give the names of databases that no test uses now."""
    return []


@pytest.fixture
def new_archive(server: Server, empty: str, used: list[str]) -> Iterator[New]:
    """Give a maker of empty archives, for laws that want a new one for each example.

    The one before is closed and its database emptied.
    """
    name = used.pop() if used else server.make(empty)
    with ExitStack() as opened:

        def new() -> Archive:
            opened.close()
            server.empty(name)
            archive = open_archive(server.address(name))
            opened.callback(archive.close)
            return archive

        yield new
    used.append(name)


@pytest.fixture
def archive(new_archive: New) -> Archive:
    return new_archive()
