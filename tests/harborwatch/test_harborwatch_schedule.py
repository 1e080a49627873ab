"""The schedule: errors do not stop it, SIGTERM does, when the work in hand is done."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from apscheduler.jobstores.memory import MemoryJobStore
from sqlalchemy import select

from archive import open_archive
from archive.tables import pages, polls, stories, told
from archive.telling import digests, subscribers
from archive.telling.digests import Issue, Message
from harborwatch import schedule, work
from harborwatch.press import Press
from harborwatch.schedule import GuardedScheduler, Schedule
from harborwatch.wiring import Program, put_together
from news import Delivery, PlayedClock

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]


class FailingOnce(MemoryJobStore):  # type: ignore[misc]  # it ships no annotations
    """A job store that fails once, where the scheduler does not expect it."""

    failed = False

    def get_next_run_time(self) -> object:
        if not self.failed:
            self.failed = True
            raise OSError("the store cannot be read")
        return super().get_next_run_time()


async def test_the_scheduler_survives_its_own_errors(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A scheduler whose store fails once says so and goes on with its jobs."""
    monkeypatch.setattr(schedule, "RECOVER", 0.05)
    ran = asyncio.Event()
    scheduler = GuardedScheduler()
    store = FailingOnce()
    scheduler.add_jobstore(store)
    scheduler.add_job(_set, "interval", seconds=0.05, args=[ran])
    scheduler.start()
    await asyncio.wait_for(ran.wait(), 5)
    scheduler.shutdown(wait=False)
    assert store.failed
    assert "the scheduler failed" in caplog.text


async def _set(event: asyncio.Event) -> None:
    event.set()


def _kept(program: Program) -> bool:
    with program.tools.archive.read() as db:
        return db.scalar(select(pages.c.id).limit(1)) is not None


async def test_stop_lets_the_round_end(home: Path, press: Press) -> None:
    """`stop` ends a schedule; pages that were kept are stored, and no more are asked for."""
    program = put_together(home, PlayedClock(press.now), [home / "outlets"])
    said: list[str] = []
    running = Schedule(program, said.append)
    done = asyncio.create_task(running.run())
    while not _kept(program):  # noqa: ASYNC110 - an archive has no event
        await asyncio.sleep(0.01)
    running.stop()
    await asyncio.wait_for(done, 20)
    asked = len(press.log)
    with program.tools.archive.read() as db:
        assert set(db.scalars(select(pages.c.state))) <= {"stored"}
    await program.close()
    assert len(said) == 1
    assert len(press.log) == asked


async def test_a_failing_round_is_followed_by_the_next(
    home: Path, press: Press, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A round that fails is written to the log; the next one does the work."""
    monkeypatch.setattr(schedule, "POLL_EVERY", 0.1)
    program = put_together(home, PlayedClock(press.now), [home / "outlets"])
    said: list[str] = []
    running = Schedule(program, said.append)
    with monkeypatch.context() as broken:
        broken.setattr(schedule.work, "poll", _fails)
        done = asyncio.create_task(running.run())
        while "a round failed" not in caplog.text:  # noqa: ASYNC110 - a log has no event
            await asyncio.sleep(0.01)
    while not any("stored" in line for line in said):  # noqa: ASYNC110 - nor have lines
        await asyncio.sleep(0.05)
    running.stop()
    await asyncio.wait_for(done, 20)
    await program.close()


async def _fails(*_: object, **__: object) -> None:
    raise OSError("the disk is full")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_run_cleanly(home: Path, press: Press, number: signal.Signals) -> None:
    """`harborwatch run` ends on a signal with 0; what was fetched is stored, nothing is half done."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("HARBORWATCH")}
    running = subprocess.Popen(
        [sys.executable, "-m", "harborwatch", "run", "--home", str(home)],
        cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        _wait(lambda: sum("/2018/" in hit.path for hit in press.log) >= 5)
        running.send_signal(number)
        out, err = running.communicate(timeout=30)
    finally:
        running.kill()
    assert running.returncode == 0, err
    assert "Traceback" not in err
    assert out.splitlines()[0].startswith(f"watching {len(press.outlets)} outlets; archive ")
    assert out.splitlines()[-1] == "stopped; the work in hand was finished"
    assert any("polled " in line for line in out.splitlines())
    archive = open_archive(f"sqlite:///{home / 'archive.db'}")
    with archive.read() as db:
        assert set(db.scalars(select(pages.c.state))) == {"stored"}
        assert "good" in set(db.scalars(select(polls.c.outcome)))
    archive.close()


def _wait(until: object) -> None:
    assert callable(until)
    for _ in range(600):
        if until():
            return
        time.sleep(0.05)
    raise AssertionError("nothing was asked for in 30 seconds")


@pytest.mark.parametrize("seconds", [0.0, 0.01, 0.1])
async def test_a_round_can_be_stopped_while_it_starts(
    home: Path, press: Press, seconds: float
) -> None:
    """However early the stop comes, the round ends."""
    program = put_together(home, PlayedClock(press.now), [home / "outlets"])
    stop = asyncio.Event()
    round_ = asyncio.create_task(work.poll(program, stop=stop))
    await asyncio.sleep(seconds)
    stop.set()
    await asyncio.wait_for(round_, 30)
    await program.close()


async def test_a_slow_mail_server_holds_up_no_poll(
    home: Path, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a channel takes minutes over a message, sources are polled and digests issued."""
    monkeypatch.setattr(schedule, "TELL_EVERY", 0.2)
    let, begun = threading.Event(), threading.Event()

    class Sleeping:
        name = "mailbox"

        def send(self, delivery: Delivery) -> None:
            del delivery
            begun.set()
            assert let.wait(60)

    program = put_together(home, PlayedClock(press.now), [home / "outlets"])
    program = replace(program, channels={"mailbox": Sleeping()})
    with program.tools.archive.write() as db:
        who = subscribers.load(db)[0]
        message = Message(target=who.targets[0], message_id="<1@a.example>", message=b"x")
        digests.save(db, Issue(
            subscriber=who.id, slot="2018-09-01T07:00+07:00", at=press.now, subject="", text="",
            html="", tells=[], instant=False, messages=[message],
        ))  # fmt: skip
    running = Schedule(program, lambda _: None)
    done = asyncio.create_task(running.run())
    await _until(begun.is_set)
    polls, rounds = running.pulse.rounds["poll"], running.pulse.rounds["tell"]
    await _until(lambda: running.pulse.rounds["poll"] > polls)
    await _until(lambda: running.pulse.rounds["tell"] > rounds)
    assert not running.pulse.rounds["deliver"]
    running.stop()
    let.set()
    await asyncio.wait_for(done, 20)
    await program.close()


async def test_an_alert_waits_for_no_poll(
    home: Path, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A story stored early in a long poll is told before the poll ends, and once all the same."""
    monkeypatch.setattr(schedule, "TELL_EVERY", 0.2)
    press.advance(press.now + timedelta(hours=12))
    real, told_amid, polled = work.poll, asyncio.Event(), asyncio.Event()

    async def poll(*given: Any, **more: Any) -> object:
        made = await real(*given, **more)
        # The last page takes until an alert is out; it never ends if alerts wait for it.
        await told_amid.wait()
        polled.set()
        return made

    monkeypatch.setattr(schedule.work, "poll", poll)
    program = put_together(home, PlayedClock(press.now), [home / "outlets"])
    program = replace(program, embedder=None)
    running = Schedule(program, lambda _: None)
    done = asyncio.create_task(running.run())
    await _until(lambda: _alerts(program) > 0)
    told_amid.set()
    await asyncio.wait_for(polled.wait(), 40)
    running.stop()
    await asyncio.wait_for(done, 40)
    await work.tell(program)
    with program.tools.archive.read() as db:
        news = db.execute(
            select(stories.c.event, told.c.digest)
            .join(told, told.c.story == stories.c.id)
            .where(told.c.card == "new")
            .distinct()
        ).all()
    await program.close()
    assert len({row.event for row in news}) == len(news)


def _alerts(program: Program) -> int:
    with program.tools.archive.read() as db:
        return sum(one.slot.startswith("now:") for one in digests.past(db))


async def _until(seen: Callable[[], bool]) -> None:
    ends = time.monotonic() + 40
    while not seen():
        assert time.monotonic() < ends
        await asyncio.sleep(0.05)
