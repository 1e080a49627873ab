"""A real archive for each test, and the tools that stages lean on."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pipelines_reprints as reprints
import pipelines_tellings as tellings
import pytest

from archive import Archive, open_archive
from pipelines.stages import Tools
from query import Names, Topics


@pytest.fixture(scope="session")
def topics() -> Topics:
    return Topics.shipped()


@pytest.fixture(scope="session")
def names() -> Names:
    return Names.shipped()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of an archive in which nothing stands yet; copying it saves migrating."""
    path = tmp_path_factory.mktemp("empty") / "archive.db"
    open_archive(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def archive(empty: Path, tmp_path: Path) -> Iterator[Archive]:
    opened = open_archive(f"sqlite:///{shutil.copy(empty, tmp_path / 'archive.db')}")
    yield opened
    opened.close()


@pytest.fixture
def tools(archive: Archive, topics: Topics, names: Names) -> Tools:
    return tellings.tools(archive, topics, names)


@pytest.fixture
def press(tools: Tools) -> Tools:
    """Give the tools of a press that prints one text in many places."""
    return reprints.press_of(tools)
