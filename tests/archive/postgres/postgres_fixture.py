"""The server that tests ask for: one that runs, or none of them runs."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from postgres_server import NoServerError, Server, running


@contextmanager
def running_or_skipped() -> Iterator[Server]:
    """Give a server that runs meanwhile; skip the test where there is none to start."""
    with ExitStack() as opened:
        try:
            server = opened.enter_context(running())
        except NoServerError as error:
            pytest.skip(str(error))
        yield server
