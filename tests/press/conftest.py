"""A press of its own for each test, and a way to ask it."""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from harborwatch.press import Press
from harborwatch.press.wide import NOW

FORUM_OVER = datetime(2018, 9, 22, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


Ask = Callable[..., Answer]


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as running:
        yield running


@pytest.fixture
def later(press: Press) -> Press:
    """The press when the forum of 2018 is over."""
    press.advance(FORUM_OVER)
    return press


@pytest.fixture
def ask(press: Press) -> Ask:
    """Ask the press for an address, or for a host and a path."""
    return asker(press)


@pytest.fixture(scope="module")
def wide_press() -> Iterator[Press]:
    """The press with its wide outlets, when all of them have published."""
    with Press(NOW, outlets=[], edition="wide") as running:
        yield running


@pytest.fixture
def ask_wide(wide_press: Press) -> Ask:
    """Ask the wide press for an address, or for a host and a path."""
    return asker(wide_press)


def asker(press: Press) -> Ask:
    def asked(
        where: str,
        path: str | None = None,
        *,
        method: str = "GET",
        body: bytes | None = None,
        **headers: str,
    ) -> Answer:
        if path is None:
            host, _, rest = where.removeprefix("http://").partition("/")
            path = f"/{rest}"
        else:
            host = f"{where}.localhost:{press.port}"
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", press.port, timeout=5)
        try:
            connection.request(method, path, body=body, headers={"Host": host, **sent})
            got = connection.getresponse()
            raw = got.read()
        finally:
            connection.close()
        names = {name.lower(): value for name, value in got.getheaders()}
        if names.get("content-encoding") == "gzip":
            raw = gzip.decompress(raw)
        return Answer(status=got.status, headers=names, body=raw)

    return asked
