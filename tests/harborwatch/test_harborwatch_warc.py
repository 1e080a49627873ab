"""Kept pages as WARC: another's reader gets the bytes back, and nothing is made up."""

import gzip
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from archive_filled import TEXTS
from archive_tellings import FEED, LISTING, NOON, page, sighting, story
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive import open_archive
from archive.collecting import sightings, sources
from archive.keeping import pages, retention, stories
from archive.keeping.page_choices import Verdict
from harborwatch.commands import main
from harborwatch.warc import warc_records, warcinfo
from news import Conditions, FurtherPage

KEPT = Conditions(etag='W/"7"', last_modified="Thu, 20 Sep 2018 11:00:00 GMT")
ADDRESS = "https://indotelko.example/read/"


def body(number: int) -> bytes:
    title, text = TEXTS[number]
    return f"<html><h1>{title}</h1>\r\n<p>{text}</p></html>".encode()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose archive holds a page in each language, three days apart."""
    archive = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    with archive.write() as db:
        sources.synchronise(db, [LISTING, FEED], NOON)
        for number in range(len(TEXTS)):
            key, at = str(number), NOON + timedelta(days=3 * number)
            sightings.record(db, [sighting(key)], history=False)
            came = replace(page(key, body(number), fetched_at=at), conditions=KEPT)
            if number == 9:
                second = FurtherPage(
                    address=f"{ADDRESS}9?page=2", content_type="text/html", body=b"\x00\xff\r\n"
                )
                came = replace(came, outlet="antara", further=(second,))
            kept = pages.keep(db, came, None)
            if number == 1:
                pages.refused(db, kept, "not a story", "")
            else:
                stories.create(db, replace(story(key, *TEXTS[number]), page=kept))
                pages.stored(db, kept)
    archive.close()
    return tmp_path


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), "export", "warc", *arguments])


def records(data: bytes) -> Iterator[tuple[Any, bytes]]:
    for record in ArchiveIterator(io.BytesIO(data)):
        yield record, record.content_stream().read()


def of_kind(data: bytes, kind: str) -> list[tuple[Any, bytes]]:
    return [(record, block) for record, block in records(data) if record.rec_type == kind]


def told(block: bytes) -> list[tuple[str, str]]:
    lines = block.decode("utf-8").split("\r\n")
    assert lines.pop() == ""
    return [(name, said) for name, _, said in (line.partition(": ") for line in lines)]


def test_bytes_come_back(home: Path, tmp_path: Path) -> None:
    """Every kept page is a response with its very bytes, at its address, of the time of its fetch."""
    path = tmp_path / "pages.warc.gz"
    done = run(home, str(path))
    assert done.exit_code == 0, done.output
    assert "10 pages" in done.stderr
    found = of_kind(path.read_bytes(), "response")
    assert [block for _, block in found] == [*(body(n) for n in range(10)), b"\x00\xff\r\n"]
    for number, (record, _) in enumerate(found[:10]):
        says = record.rec_headers.get_header
        assert says("WARC-Target-URI") == f"{ADDRESS}{number}"
        at = datetime.strptime(says("WARC-Date"), "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        assert at == NOON + timedelta(days=3 * number)
    assert found[10][0].rec_headers.get_header("WARC-Target-URI") == f"{ADDRESS}9?page=2"


def test_only_kept_headers_stand_there(home: Path, tmp_path: Path) -> None:
    """A response has the status and the headers that were kept, no others; the file says so."""
    path = tmp_path / "pages.warc.gz"
    run(home, str(path))
    data = path.read_bytes()
    for record, _ in of_kind(data, "response")[:10]:
        assert record.http_headers.get_statuscode() == "200"
        assert record.http_headers.headers == [
            ("Content-Type", "text/html"),
            ("ETag", KEPT.etag),
            ("Last-Modified", KEPT.last_modified),
        ]
    ((info, says),) = of_kind(data, "warcinfo")
    assert info.rec_headers.get_header("WARC-Record-ID")
    assert "were kept" in dict(told(says))["description"]


def test_metadata_name_stories(home: Path, tmp_path: Path) -> None:
    """A metadata record names page, stories, source and state, and the response it speaks of."""
    path = tmp_path / "pages.warc.gz"
    run(home, str(path))
    data = path.read_bytes()
    answers = [
        one.rec_headers.get_header("WARC-Record-ID") for one, _ in of_kind(data, "response")
    ]
    about = of_kind(data, "metadata")
    assert [one.rec_headers.get_header("WARC-Refers-To") for one, _ in about] == answers
    assert len(set(answers)) == len(answers)
    said = [dict(told(block)) for _, block in about]
    assert [one["harborwatch-page"] for one in said] == [*map(str, range(1, 11)), "10"]
    assert said[0]["harborwatch-story"] == "1 revision 1"
    assert (said[1]["state"], said[1]["reason"]) == ("refused", "not a story")
    assert "harborwatch-story" not in said[1]
    assert all(one["source"] == LISTING.id and one["asked-for"] for one in said)
    assert said[10]["page-of-story"] == "2"
    assert "not-kept-either" in said[10]


def test_each_record_is_compressed_by_itself(home: Path, tmp_path: Path) -> None:
    """A reader can begin at every record's offset, and digests are right."""
    path = tmp_path / "pages.warc.gz"
    run(home, str(path))
    data = path.read_bytes()
    places = ArchiveIterator(io.BytesIO(data))
    offsets = [places.get_record_offset() for _ in places]
    assert len(offsets) == 1 + 2 * 11
    ends = [*offsets[1:], len(data)]
    for begin, end in zip(offsets, ends, strict=True):
        assert gzip.decompress(data[begin:end]).startswith(b"WARC/1.1\r\n")
    checker = Checker(type("Options", (), {"inputs": [str(path)], "verbose": False}))
    checker.process_all()
    assert not checker.exit_value


def test_a_page_is_the_same_twice(home: Path) -> None:
    """Two exports differ in nothing but the record that says when they were made."""
    first, second = (
        [(one.rec_headers.headers, block) for one, block in records(run(home, "-").stdout_bytes)]
        for _ in range(2)
    )
    assert first[1:] == second[1:]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        (("--since", "2018-10-17"), [9]),
        (("--until", "2018-09-23"), [0]),
        (("--since", "2018-09-23", "--until", "2018-09-27"), [1, 2]),
        (("--outlet", "antara"), [9]),
        (("--outlet", "antara", "--outlet", "indotelko", "--until", "2018-09-21"), [0]),
        (("--outlet", "antara", "--until", "2018-09-21"), []),
    ],
)
def test_pages_are_chosen(home: Path, asked: tuple[str, ...], numbers: list[int]) -> None:
    """Days and outlets choose pages; without any the file is right, and the status is 1."""
    done = run(home, "-", *asked)
    assert done.exit_code == (0 if numbers else 1)
    found = [block for _, block in of_kind(done.stdout_bytes, "response") if b"<h1>" in block]
    assert found == [body(number) for number in numbers]
    assert len(of_kind(done.stdout_bytes, "warcinfo")) == 1


def test_purged_pages_are_counted(home: Path) -> None:
    """Pages without bytes are left out, and said to be."""
    archive = open_archive(f"sqlite:///{home / 'archive.db'}")
    with archive.write() as db:
        assert retention.purge_pages(db, NOON + timedelta(days=10), NOON, 100) == 4
    archive.close()
    done = run(home, "-")
    assert done.exit_code == 0
    assert "6 pages" in done.stderr
    assert "4 whose bytes were purged are left out" in done.stderr
    assert len(of_kind(done.stdout_bytes, "response")) == 7


def test_nothing_is_overwritten(home: Path, tmp_path: Path) -> None:
    """A file that is there stays, unless --force says otherwise; without a page none is written."""
    path = tmp_path / "mine.warc.gz"
    path.write_text("mine")
    refused = run(home, str(path))
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    none = run(home, str(path), "--force", "--since", "2030-01-01")
    assert (none.exit_code, path.read_text()) == (1, "mine")
    path.unlink()
    assert run(home, str(path), "--since", "2030-01-01").exit_code == 1
    assert not path.exists()
    path.write_text("mine")
    assert run(home, str(path), "--force").exit_code == 0
    assert of_kind(path.read_bytes(), "response")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("/no/such/folder/x.warc.gz",), "/no/such/folder/x.warc.gz: cannot be written"),
        (("-", "--outlet", "antarra"), 'no outlet is called "antarra"; did you mean'),
        (("-", "--since", "2018-09-23", "--until", "2018-09-23"), "is not after --since"),
        (("-", "--since", "soon"), "soon"),
    ],
)
def test_wrong_wishes_are_told(home: Path, arguments: tuple[str, ...], says: str) -> None:
    """What cannot be done ends with 2 and says what and what to do."""
    done = run(home, *arguments)
    assert done.exit_code == 2, done.output
    assert says in " ".join(done.stderr.split())


def test_a_damaged_page_is_named(home: Path, tmp_path: Path) -> None:
    """A page that cannot be unpacked is told by its number; the others leave, the status is 2."""
    path = tmp_path / "pages.warc.gz"
    archive = open_archive(f"sqlite:///{home / 'archive.db'}")
    with archive.write() as db:
        db.exec_driver_sql("UPDATE pages SET body = x'00' WHERE id = 7")
    archive.close()
    done = run(home, str(path))
    assert done.exit_code == 2, done.output
    assert "page 7 is damaged" in done.stderr
    assert "9 pages" in done.stderr
    assert len(of_kind(path.read_bytes(), "response")) == 10


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(max_examples=60)
@given(st.binary(max_size=400), ANY, ANY, ANY)
def test_whatever_a_server_said(body: bytes, kind: str, etag: str, path: str) -> None:
    """Whatever bytes, headers and address came, a reader finds two records and the bytes."""
    came = replace(
        page("1", body),
        id=1,
        content_type=kind,
        final_address=f"https://a.example/{path}",
        conditions=Conditions(etag=etag),
    )
    data = warc_records(came, Verdict(page=1, state="stored", reason=kind, stories=((1, 1),)))
    found = list(records(warcinfo("0.1.0", NOON) + data))
    assert [one.rec_type for one, _ in found] == ["warcinfo", "response", "metadata"]
    assert found[1][1] == body
    uri = found[1][0].rec_headers.get_header("WARC-Target-URI")
    assert uri.startswith("https://a.example/")
    assert uri.isascii()
    assert " " not in uri
    assert dict(told(found[2][1]))["harborwatch-page"] == "1"
