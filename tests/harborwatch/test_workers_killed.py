"""Laws 2, 3, 4, 7 and 8 hold over many workers that come, are killed, and hang."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from archive_holding import holds
from sqlalchemy import func, select

from archive import Archive, open_archive
from archive.collecting import workers
from archive.tables import deliveries, matches, pages, revisions, stories, to_match, told
from crawler.replay import replay
from harborwatch import demo
from harborwatch.config import NAME
from harborwatch.press import Press
from harborwatch.wiring import put_together

pytest.importorskip("procrastinate", reason="the extra workers is not installed")

from postgres_fixture import running_or_skipped
from postgres_server import Server

pytestmark = [pytest.mark.postgres, pytest.mark.kill]

ROOT = Path(__file__).parents[2]
PACE = 0.2
#: seconds that a request may be late from its moment to the press's log, on a busy machine
LATE = 0.35
#: seconds until what a worker had in hand is another's, and then some
PATIENCE = 150.0


class Shared:
    """A home on PostgreSQL, a scheduler, and workers."""

    def __init__(self, home: Path, press: Press, address: str, began: ExitStack) -> None:
        self.home, self.press, self.address = home, press, address
        self._began = began
        self.processes: list[subprocess.Popen[bytes]] = []
        self.set_clock(press.now)

    def set_clock(self, now: datetime) -> None:
        """Let all clocks and the press stand at that time."""
        ahead = (now - datetime.now().astimezone()).total_seconds()
        whole = self.home / "clock.new"
        whole.write_text(str(ahead))
        whole.replace(self.home / "clock")
        self.press.advance(max(self.press.now, now))

    def start(self, what: str) -> "subprocess.Popen[bytes]":
        """Start a scheduler ("run") or a worker."""
        log = (self.home / f"{what}-{len(self.processes)}.log").open("wb")
        script = str(Path(__file__).with_name("worker_process.py"))
        process = subprocess.Popen(
            [sys.executable, script, str(self.home), what],
            cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=log, stderr=log,
        )  # fmt: skip
        log.close()
        self._began.callback(process.wait)
        self._began.callback(process.kill)
        self.processes.append(process)
        return process

    @contextmanager
    def archive(self) -> Iterator[Archive]:
        archive = open_archive(self.address)
        yield archive
        archive.close()

    def shown(self) -> set[str]:
        return {one.address.rstrip("/") for one in self.press.expected() if not one.deleted}

    def is_through(self) -> bool:
        """Say whether all that the press shows is stored, matched and told."""
        with self.archive() as archive, archive.read() as db:
            found = set(db.scalars(select(stories.c.address)))
            kept = db.execute(select(func.count()).where(pages.c.state == "kept")).scalar_one()
            unmatched = db.execute(select(func.count()).select_from(to_match)).scalar_one()
            unsent = db.execute(
                select(func.count()).where(deliveries.c.state != "sent")
            ).scalar_one()
        return self.shown() <= found and not kept and not unmatched and not unsent

    def wait(self, for_what: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + PATIENCE
        while not for_what():
            assert time.monotonic() < until, f"{what}\n{self.said()}"
            time.sleep(0.25)

    def said(self) -> str:
        logs = sorted(self.home.glob("*.log"))
        return "\n".join(f"== {log.name}\n{log.read_text()[-3000:]}" for log in logs)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_or_skipped() as started:
        yield started


@pytest.fixture
def shared(server: Server, home: Path, press: Press) -> Iterator[Shared]:
    press.advance(demo.BEGIN + timedelta(hours=12))
    press.mend("suaraselat")
    press.mend("haixia")
    address = server.address(server.make("template0"))
    text = (home / NAME).read_text("utf-8").replace("pace = 0.0", f"pace = {PACE}")
    shared = f'[engine]\ntasks = "procrastinate"\n\n[archive]\naddress = "{address}"\n\n'
    (home / NAME).write_text(shared + text, "utf-8")
    with ExitStack() as began:
        yield Shared(home, press, address, began)


def too_fast(press: Press) -> list[tuple[str, float]]:
    """Return pairs of requests to a host that stand nearer than the pace allows."""
    found = []
    for host in press.outlets:
        at = sorted(hit.at_real for hit in press.log if hit.host == host)
        found += [
            (host, at[last] - at[first])
            for first, last in combinations(range(len(at)), 2)
            if at[last] - at[first] < (last - first) * PACE - LATE
        ]
    return found


def check(shared: Shared) -> None:
    """Each story stands once, each match was told once, nothing went out twice."""
    with shared.archive() as archive, archive.read() as db:
        addresses = list(db.scalars(select(stories.c.address)))
        kept = db.execute(select(func.count()).select_from(pages)).scalar_one()
        read = db.execute(select(func.count(func.distinct(revisions.c.page)))).scalar_one()
        found = db.execute(select(func.count()).select_from(matches)).scalar_one()
        tellings = Counter(db.execute(select(told.c.subscriber, told.c.story, told.c.revision)))
        ids = list(db.scalars(select(deliveries.c.message_id)))
        # What was matched last may have been issued as the workers were stopped.
        sent = list(
            db.scalars(select(deliveries.c.message_id).where(deliveries.c.state == "sent"))
        )
    assert len(addresses) == len(set(addresses))
    published = {one.address.rstrip("/") for one in shared.press.expected()}
    assert shared.shown() <= set(addresses) <= published
    assert read <= kept
    assert found
    assert tellings
    assert max(tellings.values()) == 1
    assert len(ids) == len(set(ids))
    assert len(list((shared.home / "mailbox").glob("*.eml"))) == len(sent) > 0
    assert too_fast(shared.press) == []


@pytest.mark.parametrize("how", ["killed", "frozen"])
async def test_a_worker_goes_on_the_way(shared: Shared, tmp_path: Path, how: str) -> None:
    """One of two workers is killed, or hangs and comes back: each story once, none told twice."""
    shared.start("run")
    first, second = shared.start("worker"), shared.start("worker")
    shared.wait(shared.is_through, "the first polls")
    before = len(shared.press.log)
    shared.set_clock(demo.END)
    shared.wait(lambda: len(shared.press.log) > before + 20, "the next polls")
    first.send_signal(signal.SIGKILL if how == "killed" else signal.SIGSTOP)
    shared.wait(shared.is_through, "the other worker takes over")
    if how == "frozen":
        first.send_signal(signal.SIGCONT)
        await asyncio.sleep(5)
        shared.wait(shared.is_through, "the worker that was frozen")
    for process in (shared.processes[0], second):
        process.send_signal(signal.SIGTERM)
        assert process.wait(40) == 0, shared.said()
    with shared.archive() as archive, archive.read() as db:
        # Who ends says so; who was killed falls silent.
        assert all(str(second.pid) not in one.name for one in workers.listed(db))
    check(shared)
    await same_in_replay(shared, tmp_path)


async def same_in_replay(shared: Shared, tmp_path: Path) -> None:
    """Law 7: what several workers kept and read, read again by one, gives the same."""
    program = put_together(shared.home, None, [shared.home / "outlets"])
    into = open_archive(f"sqlite:///{tmp_path / 'replayed.db'}")
    try:
        await replay(program.tools, into)
        assert holds(into) == holds(program.tools.archive)
    finally:
        into.close()
        await program.close()
