"""What goes wrong with workers reaches the operator: told once when it begins, once when it ends."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from archive import Archive, open_archive
from archive.collecting import notices, workers
from archive.collecting.workers import FORGOTTEN, SILENT
from harborwatch.pulse import FAILING
from harborwatch.tasks.failures import Failures
from harborwatch.tasks.queues import QUEUES
from harborwatch.tasks.watching import PATIENCE, Watching

NOON = datetime(2018, 9, 20, 12, tzinfo=UTC)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
EVERY = list(QUEUES)


class Seconds:
    """A count of seconds that goes on when it is told to."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at

    def pass_by(self, seconds: float = PATIENCE) -> None:
        self.at += seconds


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = open_archive(f"sqlite:///{tmp_path}/archive.db")
    yield opened
    opened.close()


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def watching(seconds: Seconds) -> Watching:
    return Watching(seconds)


def beat(db: Connection, name: str, ago: timedelta = timedelta(), *queues: str) -> None:
    workers.beat(db, name, queues or EVERY, workers.moment(db) - ago)


def standing(db: Connection) -> list[tuple[str, str]]:
    return [(one.kind, one.thing) for one in notices.standing(db)]


def to_tell(db: Connection) -> list[tuple[str, str, bool]]:
    """Return what the operator is to be told, and tell it."""
    found = notices.untold(db)
    notices.told(db, found, NOON)
    return [(one.kind, one.thing, one.ended_at is not None) for one in found]


def test_a_worker_that_vanished_is_told_once_and_so_is_its_return(
    archive: Archive, watching: Watching, seconds: Seconds
) -> None:
    """Silent for a minute and seen so for a while: told; heard of again: told; then nothing more."""
    with archive.write() as db:
        beat(db, "a:1", 9 * SILENT)
        beat(db, "a:1")
        beat(db, "b:2", 2 * SILENT)
        assert watching.look(db, NOON) == frozenset(EVERY)
        assert to_tell(db) == [], "a look alone may be a clock that was set"
        seconds.pass_by()
        watching.look(db, NOON)
        assert to_tell(db) == [("worker", "b:2", False)]
        watching.look(db, NOON)
        assert to_tell(db) == []
        beat(db, "b:2")
        watching.look(db, NOON)
        assert to_tell(db) == [("worker", "b:2", True)]
        watching.look(db, NOON)
        assert to_tell(db) == []


def test_who_takes_its_place_ends_the_matter(
    archive: Archive, watching: Watching, seconds: Seconds
) -> None:
    """A worker begun later for all the same queues stands for one that vanished, and for one only."""
    with archive.write() as db:
        beat(db, "a:1", 3 * SILENT, "polls", "reading")
        beat(db, "b:2", 2 * SILENT)
        watching.look(db, NOON)
        seconds.pass_by()
        watching.look(db, NOON)
        assert {one[1] for one in to_tell(db)} == {"a:1", "b:2", *EVERY}
        beat(db, "c:3", timedelta(), "polls")
        watching.look(db, NOON)
        assert to_tell(db) == [("queue", "polls", True)], "it does less than either did"
        beat(db, "d:4")
        for _ in range(3):
            watching.look(db, NOON)
        assert ("worker", "a:1", True) in to_tell(db)
        assert standing(db) == [("worker", "b:2")]
        assert [one.name for one in workers.listed(db)] == ["b:2", "c:3", "d:4"]


def test_one_of_long_ago_is_forgotten_in_silence(
    archive: Archive, watching: Watching, seconds: Seconds
) -> None:
    """After a week nobody waits for a worker: its notice ends, and no recovery is told."""
    with archive.write() as db:
        beat(db, "b:2", FORGOTTEN - HOUR)
        watching.look(db, NOON)
        seconds.pass_by()
        watching.look(db, NOON)
        assert ("worker", "b:2", False) in to_tell(db)
        beat(db, "b:2", FORGOTTEN + HOUR)
        watching.look(db, NOON)
        assert to_tell(db) == []
        assert workers.listed(db) == []


def test_a_queue_that_nobody_serves_is_told(
    archive: Archive, watching: Watching, seconds: Seconds
) -> None:
    """Workers that start with the scheduler are waited for; whoever is missing then is told."""
    with archive.write() as db:
        assert watching.look(db, NOON) == frozenset()
        beat(db, "a:1", timedelta(), "polls", "reading", "settling")
        seconds.pass_by()
        assert "polls" in watching.look(db, NOON)
        assert to_tell(db) == [("queue", "telling", False)]
        workers.end(db, "a:1")
        beat(db, "b:2")
        watching.look(db, NOON)
        assert to_tell(db) == [("queue", "telling", True)]


@pytest.mark.parametrize("ago", [-5 * HOUR, 5 * HOUR])
def test_a_clock_that_was_set_makes_nobody_dead_or_alive(
    archive: Archive, watching: Watching, seconds: Seconds, ago: timedelta
) -> None:
    """Signs of life from before: who lives gives a new one at once; who does not is silent, now."""
    with archive.write() as db:
        beat(db, "living:1", ago + SECOND)
        beat(db, "dead:2", ago)
        watching.look(db, NOON)
        beat(db, "living:1")
        seconds.pass_by(10)
        watching.look(db, NOON)
        moment = workers.moment(db)
        dead, living = workers.listed(db)
        assert living.is_alive(moment)
        assert not dead.is_alive(moment + SILENT)
        assert dead.beat_at <= moment
        assert standing(db) == []


def test_a_task_that_fails_again_and_again_is_told(archive: Archive, seconds: Seconds) -> None:
    """Three failures in a row over a while are a notice; one good end is its end; one alone is none."""
    failures = Failures("a:1", seconds)
    with archive.write() as db:
        for _ in range(FAILING):
            failures.write(db, NOON)
            assert standing(db) == []
            failures.ended("settle", ValueError("no such column"))
        failures.write(db, NOON)
        assert standing(db) == [], "a server that is started anew fails several at once"
        seconds.pass_by()
        failures.ended("poll", ValueError("once"))
        failures.write(db, NOON)
        assert to_tell(db) == [("task", "settle, a:1", False)]
        failures.ended("settle", ValueError("no such column"))
        failures.write(db, NOON)
        assert to_tell(db) == []
        failures.ended("settle")
        failures.write(db, NOON)
        assert to_tell(db) == [("task", "settle, a:1", True)]


def test_what_failed_in_a_worker_that_is_gone_is_no_recovery(
    archive: Archive, watching: Watching, seconds: Seconds
) -> None:
    """The notice of a task ends with its worker, and nobody is told that all is well."""
    failures = Failures("a:1", seconds)
    with archive.write() as db:
        beat(db, "a:1")
        beat(db, "b:2")
        for _ in range(FAILING):
            failures.ended("tell", ValueError("no"))
        seconds.pass_by()
        failures.write(db, NOON)
        watching.look(db, NOON)
        assert to_tell(db) == [("task", "tell, a:1", False)]
        workers.end(db, "a:1")
        watching.look(db, NOON)
        assert to_tell(db) == []
        assert standing(db) == []


def test_a_worker_begun_again_under_the_same_name_says_what_holds(
    archive: Archive, seconds: Seconds
) -> None:
    """In a container every worker is number one: what failed before ends, told only if it went well."""
    before, after = Failures("a:1", seconds), Failures("a:1", seconds)
    with archive.write() as db:
        for task in ("tell", "settle") * FAILING:
            before.ended(task, ValueError("no"))
        seconds.pass_by()
        before.write(db, NOON)
        assert len(to_tell(db)) == 2
        after.ended("tell")
        after.write(db, NOON)
        assert to_tell(db) == [("task", "tell, a:1", True)]
        assert standing(db) == []
