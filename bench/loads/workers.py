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
from postgres_server import Server, running
from sqlalchemy import func, select

from archive import Archive, open_archive
from archive.collecting import sources
from archive.tables import pages, polls, stories
from crawler import catalogue
from loads.spent import spent_by

HERE = Path(__file__).resolve().parent
#: sources of one outlet, stories that each shows, and seconds between two requests to a host
MATES, EACH, PACE = 10, 2, 0.1
#: stories after which a run has begun
_BEGUN = 50

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

    sources: int
    #: of each run that count, after those that do not
    seconds: float
    warm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What is done, and the processor seconds it took, by whom."""

    at: float
    polls: int
    kept: int
    stories: int
    spent: dict[str, float]


def grow(load: Load, numbers: list[int], folder: Path) -> None:
    """Run once for each number of workers, and print what they did."""
    print(f"\n{load.sources:,} sources on {os.cpu_count()} cores, {load.seconds:g} s of each run, "
          f"load of the machine before: {os.getloadavg()[0]:.1f}")  # fmt: skip
    print("workers  stories/s  polls/s  stories  twice   CPU s: workers  scheduler  PostgreSQL  "
          "press   CPU ms a story", flush=True)  # fmt: skip
    with running() as server:
        for number in numbers:
            _run(load, number, server, folder, killed=False)
        _run(load, max(numbers), server, folder, killed=True)


def _run(load: Load, number: int, server: Server, folder: Path, *, killed: bool) -> None:
    home = folder / f"home-{number}{'-killed' if killed else ''}"
    home.mkdir()
    address = server.address(server.make("template0"))
    (home / "harborwatch.toml").write_text(_CONFIG.format(address=address, pace=PACE))
    archive = open_archive(address)
    with ExitStack() as closing:
        closing.callback(archive.close)
        many, press = closing.enter_context(_served(load))
        _known(archive, many)
        started = [
            closing.enter_context(_process(home, what, many))
            for what in ["run"] + ["worker"] * number
        ]
        who = {"workers": [one.pid for one in started[1:]], "scheduler": [started[0].pid],
               "press": [press.pid], "PostgreSQL": [_postmaster(server)]}  # fmt: skip
        _wait_for_stories(archive, load.warm)
        first = _stand(archive, who)
        if killed:
            time.sleep(load.seconds / 2)
            started[-1].send_signal(signal.SIGKILL)
            started[-1].wait()
            time.sleep(load.seconds / 2)
        else:
            time.sleep(load.seconds)
        last = _stand(archive, who)
        _stopped(started)
        _print(number, first, last, archive, killed=killed)


@contextmanager
def _served(load: Load) -> Iterator[tuple[Many, "subprocess.Popen[str]"]]:
    begin = datetime.now(UTC) - timedelta(hours=1)
    many = Many(outlets=load.sources // MATES, sources=MATES, per_day=24.0 * EACH, begin=begin)
    given = [str(many.outlets), str(MATES), str(many.per_day), begin.isoformat()]
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
    with archive.write() as db:
        known = catalogue.sources_of(many.catalogue().values())
        sources.synchronise(db, known, datetime.now(UTC))


def _wait_for_stories(archive: Archive, warm: float) -> None:
    """Wait until every kind of task has begun, and some seconds more."""
    until = time.monotonic() + 300
    while _count(archive, stories) < _BEGUN and time.monotonic() < until:
        time.sleep(0.5)
    time.sleep(warm)


def _count(archive: Archive, table: object) -> int:
    with archive.read() as db:
        return db.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]


def _stand(archive: Archive, who: dict[str, list[int]]) -> Stand:
    return Stand(
        at=time.monotonic(),
        polls=_count(archive, polls),
        kept=_count(archive, pages),
        stories=_count(archive, stories),
        spent={name: spent_by(pids) for name, pids in who.items()},
    )


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


def _print(number: int, first: Stand, last: Stand, archive: Archive, *, killed: bool) -> None:
    took = last.at - first.at
    made = last.stories - first.stories
    used = {name: last.spent[name] - first.spent[name] for name in last.spent}
    with archive.read() as db:
        every = list(db.scalars(select(stories.c.address)))
    twice = len(every) - len(set(every))
    name = f"{number}{', one killed' if killed else ''}"
    print(f"{name:14} {made / took:5.1f} {(last.polls - first.polls) / took:8.1f} {made:8,} "
          f"{twice:6} {used['workers']:17.1f} {used['scheduler']:10.1f} {used['PostgreSQL']:11.1f} "
          f"{used['press']:6.1f} {1e3 * sum(used.values()) / max(made, 1):16.1f}   "
          f"({last.kept - last.stories:,} pages wait)", flush=True)  # fmt: skip
