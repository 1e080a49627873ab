"""A real archive of its own for each test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from archive_press import print_all

from archive import Archive, open_archive

New = Callable[[], Archive]


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of an archive in which nothing stands yet."""
    path = tmp_path_factory.mktemp("empty") / "archive.db"
    open_archive(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def new_archive(empty: Path, tmp_path: Path) -> Iterator[New]:
    """Give a maker of archives, for laws that want a new one for each example."""
    with ExitStack() as opened:
        made: list[Path] = []

        def new() -> Archive:
            path = tmp_path / f"archive-{len(made)}.db"
            made.append(path)
            shutil.copy(empty, path)
            archive = open_archive(f"sqlite:///{path}")
            opened.callback(archive.close)
            return archive

        yield new


@pytest.fixture
def archive(new_archive: New) -> Archive:
    return new_archive()


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Give an archive with thirty stories in ten languages, for laws that only read."""
    archive = open_archive(f"sqlite:///{tmp_path_factory.mktemp('printed')}/archive.db")
    with archive.write() as db:
        print_all(db)
    yield archive
    archive.close()
