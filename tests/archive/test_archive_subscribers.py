"""Subscribers and their watches, as the configuration gives them."""

from dataclasses import replace
from datetime import time

import pytest
from archive_tellings import ANI, subscribe
from hypothesis import given
from hypothesis import strategies as st

from archive import Archive, subscribers
from archive.subscribers import read_rhythm, written
from news import Rhythm, Watch

DAILY = Watch(name="harian", query="信息港 OR อาเซียน", rhythm=Rhythm(kind="daily", at=time(7)))
BUDI = replace(ANI, id="budi", watches=(DAILY,))


def test_everybody_comes_back_as_given(archive: Archive) -> None:
    """Subscribers are read back equal, watches in the order of their names."""
    both = replace(ANI, watches=(DAILY, *ANI.watches))
    with archive.write() as db:
        subscribe(db, BUDI, both)
        subscribe(db, BUDI, both)
        assert subscribers.load(db) == [both, BUDI]


def test_who_left_the_file_watches_nothing(archive: Archive) -> None:
    """A subscriber who left the file is not told any more; one who came back is."""
    with archive.write() as db:
        subscribe(db, ANI, BUDI)
        subscribe(db, BUDI)
        assert subscribers.load(db) == [BUDI]
        subscribers.synchronise(db, [])
        assert subscribers.load(db) == []
        subscribe(db, ANI)
        assert subscribers.load(db) == [ANI]


def test_a_watch_that_changed_is_the_new_one(archive: Archive) -> None:
    """The file decides: a watch's new query replaces the old, a removed watch is gone."""
    with archive.write() as db:
        subscribe(db, replace(ANI, watches=(*ANI.watches, DAILY)))
        changed = replace(ANI, watches=(replace(DAILY, query="BRI"),))
        subscribe(db, changed)
        assert subscribers.load(db) == [changed]


@given(st.one_of(st.none(), st.times().map(lambda at: at.replace(second=0, microsecond=0))))
def test_a_rhythm_is_read_as_it_was_written(at: time | None) -> None:
    """Every rhythm survives being written as text."""
    rhythm = Rhythm(kind="instant") if at is None else Rhythm(kind="daily", at=at)
    assert read_rhythm(written(rhythm)) == rhythm


@pytest.mark.parametrize("text", ["", "weekly", "daily", "daily 25:00", "instant 07:00"])
def test_what_is_no_rhythm_is_refused(text: str) -> None:
    """A rhythm that is none raises ValueError."""
    with pytest.raises(ValueError, match=r"rhythm|time|isoformat|hour"):
        read_rhythm(text)
