"""Conditional requests: what has not changed is not sent again."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest
from archive_tellings import put, story
from web_server import Answer, Server, serving

from archive import open_archive
from harborwatch.web.conditional import Changes

FEEDS = ("/search.atom?q=ASEAN", "/topics/caih/feed.atom", "/watches/ani/evil/feed.atom")
PAGES = ("/stories/31", "/events/31", "/help", "/api/stories/31", "/search.csv?q=ASEAN")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def own(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """A server of an archive that may be written in."""
    folder = tmp_path_factory.mktemp("conditional") / "home"
    copytree(home, folder)
    with serving(folder) as server:
        yield server, folder


def asked_again(web: Server, path: str, answer: Answer, *names: str) -> Answer:
    """Ask with what the last answer gave: by the headers of these names."""
    given = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}
    return web.ask("GET", path, headers={name: answer.headers[given[name]] for name in names})


@pytest.mark.parametrize("path", [*FEEDS, *PAGES])
def test_what_one_has_is_not_sent_again(web: Server, path: str) -> None:
    """Who names the mark of what he has gets 304 without a body, with the same mark."""
    first = web.get(path)
    assert first.headers["ETag"].startswith('W/"')
    again = asked_again(web, path, first, "If-None-Match")
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert set(first.headers["Vary"].split(", ")) <= set(again.headers["Vary"].split(", "))
    assert "Content-Type" not in again.headers
    other = web.ask("GET", path, headers={"If-None-Match": 'W/"another", "x"'})
    assert (other.status, other.body) == (200, first.body)


def test_a_file_of_ours_is_not_sent_again(web: Server) -> None:
    """A style sheet that a browser has is not sent again, though it may keep it for ever."""
    (path,) = web.get("/help").page.xpath("//link[@rel='stylesheet']/@href")
    first = web.get(path)
    again = asked_again(web, path, first, "If-None-Match")
    assert again.status == 304
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_reader_may_know_the_time_only(web: Server, path: str) -> None:
    """If-Modified-Since alone is enough; beside a mark it says nothing (RFC 9110, 13.1.3)."""
    first = web.get(path)
    assert asked_again(web, path, first, "If-Modified-Since").status == 304
    both = {"If-None-Match": '"x"', "If-Modified-Since": first.headers["Last-Modified"]}
    assert web.ask("GET", path, headers=both).status == 200
    for none in ("lately", f"Mon, 01 Jan 2020 00:00:00 +{'9' * 17}"):
        assert web.ask("GET", path, headers={"If-Modified-Since": none}).status == 200


def test_a_feed_with_something_new_is_sent(own: tuple[Server, Path]) -> None:
    """As soon as a story comes the feed is sent whole, by mark and by time, in the same second too."""
    server, folder = own
    path = FEEDS[0]
    first = server.get(path)
    address = f"sqlite:///{folder / 'archive.db'}"
    with closing(open_archive(address)) as archive, archive.write() as db:
        put(db, story("late", "ASEAN again", "ASEAN met again in Jakarta."))
    for name in ("If-None-Match", "If-Modified-Since"):
        again = asked_again(server, path, first, name)
        assert again.status == 200, name
        assert "ASEAN again" in again.text


def test_errors_and_forms_have_no_mark(web: Server) -> None:
    """Only what was found is marked: a missing page may come, an answer to a form is its own."""
    assert "ETag" not in web.get("/stories/99999").headers
    assert "ETag" not in web.post("/login", password="x").headers


def test_the_time_of_a_content_always_rises() -> None:
    """Each content of an address has a later time than the one before it, to the second."""
    changes = Changes()
    times = [changes.since("/a", mark, NOON) for mark in "abab"]
    assert times == sorted(set(times))
    assert changes.since("/a", "b", NOON + timedelta(days=1)) == times[-1]
    assert changes.since("/b", "a", NOON) == NOON
