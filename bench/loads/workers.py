"""Stories a second with more and more workers on one archive, and one killed on the way."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from made.many import Many
from peers.drivers.processors import processor
from postgres_server import Server, running
from sqlalchemy import func, select, update

from archive import Archive, open_archive
from archive.collecting import sources, workers
from archive.tables import sources as table
from archive.tables import stories
from crawler import catalogue

HERE = Path(__file__).resolve().parent
#: sources of one outlet, stories that each shows, and seconds between two requests to a host
MATES, EACH, PACE = 10, 2, 0.1
#: seconds without a new story after which a run is given up
PATIENCE = 180.0

_CONFIG = """
[engine]
tasks = "procrastinate"

[archive]
address = "{address}"

[crawl]
allow_private_addresses = true
pace = {pace}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How much is asked for."""

    #: that the archive knows, and those of them that are due now
    sources: int
    due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What is done, and the processor seconds it took, by whom."""

    at: float
    stories: int
    spent: dict[str, float]


def grow(load: Load, numbers: list[int], folder: Path) -> bool:
    """Work the same off with each number of workers, and print what it took.

    Returns whether every story of every run stands once.
    """
    print(f"\n{load.due:,} sources due of {load.sources:,} known, {EACH} stories each; "
          f"no watches, no vectors; {os.cpu_count()} cores, their load before: {os.getloadavg()[0]:.1f}")  # fmt: skip
    print("workers         stories   s    stories/s  twice  lost   CPU ms a story: workers  "
          "scheduler  PostgreSQL  press", flush=True)  # fmt: skip
    with running() as server:
        well = [_run(load, number, server, folder, killed=False) for number in numbers]
        if max(numbers) > 1:
            well.append(_run(load, max(numbers), server, folder, killed=True))
        else:
            print("one killed: not played, since nobody would go on with its work", flush=True)
    return all(well)


def _run(load: Load, number: int, server: Server, folder: Path, *, killed: bool) -> bool:
    home = folder / f"home-{number}{'-killed' if killed else ''}"
    home.mkdir()
    address = server.address(server.make("template0"))
    (home / "harborwatch.toml").write_text(_CONFIG.format(address=address, pace=PACE))
    archive = open_archive(address)
    wanted = load.due * EACH
    with ExitStack() as closing:
        closing.callback(archive.close)
        many, press = closing.enter_context(_served(load))
        _known(archive, many)
        started = [
            closing.enter_context(_process(home, what, many))
            for what in ["run"] + ["worker"] * number
        ]
        who = {"workers": [one.pid for one in started[1:]], "scheduler": [started[0].pid],
               "PostgreSQL": [_postmaster(server)], "press": [press.pid]}  # fmt: skip
        # Files, topics and catalogue are loaded once: that is no part of a story.
        _wait_for_workers(archive, number)
        _fall_due(archive, load.due)
        first = _wait(archive, who, 0)
        if killed:
            _wait(archive, who, wanted // 3)
            started[-1].send_signal(signal.SIGKILL)
        last = _wait(archive, who, wanted)
        _stopped(started)
        return _print(number, wanted, first, last, archive, killed=killed)


@contextmanager
def _served(load: Load) -> Iterator[tuple[Many, "subprocess.Popen[str]"]]:
    begin = datetime.now(UTC) - timedelta(hours=1)
    many = Many(outlets=load.sources // MATES, sources=MATES, per_day=24.0 * EACH, begin=begin,
                most=EACH)  # fmt: skip
    given = [str(many.outlets), str(MATES), str(many.per_day), begin.isoformat(), str(EACH)]
    process = subprocess.Popen(
        [sys.executable, str(HERE.parent / "made/many_server.py"), *given],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    with process:
        yield replace(many, port=int(process.stdout.readline())), process
        process.kill()


@contextmanager
def _process(home: Path, what: str, many: Many) -> Iterator["subprocess.Popen[bytes]"]:
    said = json.dumps({"outlets": many.outlets, "sources": many.sources, "per_day": many.per_day,
                       "begin": many.begin.isoformat(), "port": many.port})  # fmt: skip
    with (home / "log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, str(HERE / "process.py"), str(home), what, said],
            stdout=log, stderr=log,
        )  # fmt: skip
    with process:
        yield process
        process.kill()


def _known(archive: Archive, many: Many) -> None:
    """Let all sources be known, and none of them be due yet."""
    now = datetime.now(UTC)
    with archive.write() as db:
        sources.synchronise(db, catalogue.sources_of(many.catalogue().values()), now)
        db.execute(update(table).values(due_at=now + timedelta(days=1)))


def _fall_due(archive: Archive, due: int) -> None:
    first = [f"o{number}" for number in range(due // MATES)]
    with archive.write() as db:
        mine = update(table).where(table.c.outlet.in_(first))
        db.execute(mine.values(due_at=datetime.now(UTC)))


def _wait_for_workers(archive: Archive, number: int) -> None:
    """Wait until all are at work. With fewer the figures would be those of another number."""
    until = time.monotonic() + PATIENCE
    while True:
        with archive.read() as db:
            found = len(workers.listed(db))
        if found == number:
            return
        if time.monotonic() > until:
            raise SystemExit(f"{found} of {number} workers are at work after {PATIENCE:.0f} s")
        time.sleep(0.2)


def _wait(archive: Archive, who: dict[str, list[int]], wanted: int) -> Stand:
    """Return how things stand when so many stories are there, or when none came for long."""
    found, since = 0, time.monotonic()
    while found < wanted and time.monotonic() - since < PATIENCE:
        time.sleep(0.2)
        with archive.read() as db:
            now = db.execute(select(func.count()).select_from(stories)).scalar_one()
        found, since = now, since if now == found else time.monotonic()
    spent = {name: sum(map(processor, pids)) for name, pids in who.items()}
    return Stand(at=time.monotonic(), stories=found, spent=spent)


def _stopped(started: list["subprocess.Popen[bytes]"]) -> None:
    for process in started:
        process.send_signal(signal.SIGTERM)
    for process in started:
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()


def _postmaster(server: Server) -> int:
    return int((server.folder / "data/postmaster.pid").read_text().split()[0])


def _print(
    number: int, wanted: int, first: Stand, last: Stand, archive: Archive, *, killed: bool
) -> bool:
    """Print what a run took; returns whether every story stands once."""
    took, made = last.at - first.at, last.stories - first.stories
    used = [1e3 * (last.spent[name] - first.spent[name]) / max(made, 1) for name in last.spent]
    with archive.read() as db:
        every = list(db.scalars(select(stories.c.address)))
    twice, lost = len(every) - len(set(every)), wanted - len(set(every))
    name = f"{number}{', one killed' if killed else ''}"
    print(f"{name:15} {made:6,} {took:6.0f} {made / took:9.1f} {twice:8} {lost:5} "
          f"{used[0]:24.0f} {used[1]:10.0f} {used[2]:11.0f} {used[3]:6.1f}", flush=True)  # fmt: skip
    return twice == 0 and lost == 0
