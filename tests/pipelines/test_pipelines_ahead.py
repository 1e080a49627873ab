"""What was made of a page ahead of its turn comes back as it was, and nothing else can be in it."""

import os
import pickle
import subprocess
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipelines_tellings import story

from news import Refused
from pipelines.ahead import Ahead, Files, packed, unpacked

FILES = Files(outlet="5eal", topics="70b1c5")


def test_a_story_comes_back_whole() -> None:
    """All that a story says of itself, dates and claims too, is what was packed."""
    told = Ahead(outlet="indotelko", files=FILES, made=story("indotelko", "Judul", "isi " * 90))
    assert unpacked(packed(told)) == told


def test_a_refusal_comes_back_with_its_reason() -> None:
    """A page that gives no story is refused for the reason that was found."""
    back = unpacked(packed(Ahead(outlet="haixia", files=FILES, made=Refused("too-short", "11字"))))
    assert back is not None
    assert isinstance(back.made, Refused)
    assert (back.outlet, back.made.reason, back.made.detail) == ("haixia", "too-short", "11字")


class _Bad:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("false",)


@pytest.mark.parametrize(
    "made", [_Bad(), ("v", "o", 1, print), ("v", "o", ("m", "n"), "text"), ("o", 1), 7]
)
def test_whoever_writes_into_the_archive_runs_nothing(made: object) -> None:
    """What names anything but our words, or is no reading, is read as none."""
    assert unpacked(zlib.compress(pickle.dumps(made))) is None


def test_another_versions_reading_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words with a field more or less would be unpacked into each other's places."""
    made = packed(Ahead(outlet="antara", files=FILES, made=Refused("no-body", "")))
    assert unpacked(made) is not None
    monkeypatch.setattr("pipelines.ahead._version", lambda: "another")
    assert unpacked(made) is None


MARK = """
from pipelines.ahead import Files
from query import Topics
print(Files.of(None, Topics.shipped()).topics)
"""


def test_every_process_marks_the_same_files_alike() -> None:
    """What one worker has read ahead is another's, whatever order a process gives its sets."""
    marks = {
        subprocess.run(
            [sys.executable, "-c", MARK], env=os.environ | {"PYTHONHASHSEED": seed},
            check=True, capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(marks) == 1


@given(st.binary(max_size=60))
def test_any_bytes_are_no_reading(data: bytes) -> None:
    """A reading that was cut or is another version's is made again, not an error."""
    assert unpacked(data) is None
    assert unpacked(zlib.compress(data)) is None
