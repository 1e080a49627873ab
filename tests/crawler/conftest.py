"""A press and crawls of it: the real server, a real archive, real processes that read."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from crawling import BEGIN, Crawl
from paged_server import Served, paged_server

from archive import open_archive
from crawler.cycle import crawl_settings
from crawler.places import topic_folders
from crawler.wiring import open_tools
from harborwatch.press import Press
from news import Clock, PlayedClock


@pytest.fixture
def press() -> Iterator[Press]:
    with Press(BEGIN) as running:
        yield running


@pytest.fixture
def served() -> Iterator[Served]:
    """Give a server whose single pages can be made to fail."""
    with paged_server() as running:
        yield running


@pytest.fixture
def catalogue(press: Press, tmp_path: Path) -> Path:
    """The press's outlet files."""
    press.write_catalogue(tmp_path / "catalogue")
    return tmp_path / "catalogue"


@pytest.fixture
async def crawl(
    press: Press, catalogue: Path, tmp_path: Path
) -> AsyncIterator[Callable[..., Crawl]]:
    """Start a program on the test's one archive; a second call is a second program."""
    async with AsyncExitStack() as closing:

        def started(*outlets: str, clock: Clock | None = None, **changed: object) -> Crawl:
            tools = open_tools(
                open_archive(f"sqlite:///{tmp_path / 'archive.db'}"),
                [catalogue],
                topic_folders(tmp_path),
                clock or PlayedClock(press.now),
                outlets,
            )
            closing.callback(tools.archive.close)
            closing.push_async_callback(tools.workers.close)
            given = {"HARBORWATCH_ALLOW_PRIVATE": True, "HARBORWATCH_PACE": 0.0}
            settings = crawl_settings(given | {"LOG_ENABLED": False} | changed)
            return Crawl(press, tools, settings)

        yield started
