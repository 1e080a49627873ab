"""Searches that a person types find the same on PostgreSQL."""

from collections.abc import Iterator

import pytest
from archive_tellings import put, story
from test_archive_golden_searches import (
    TEXTS,
    test_a_search_finds_its_stories,  # noqa: F401
)

from archive import Archive, open_archive

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def told(server, empty) -> Iterator[tuple[Archive, dict[int, str]]]:
    """Give an archive with one story for each text, and which is which."""
    archive = open_archive(server.address(server.make(empty)))
    with archive.write() as db:
        names = {}
        for name, text in TEXTS.items():
            language = {"zawgyi": "my", "zh-Hant": "zh"}.get(name, name)
            names[put(db, story(name, "Berita", text, language=language))] = name
    yield archive, names
    archive.close()
