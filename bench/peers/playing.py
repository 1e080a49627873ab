"""A peer at work: its driver is started, told to poll at played moments, and measured from outside."""

import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from drivers.processors import family, processor, proportional
from environments import HERE, ROOT, Peer, python_of

#: seconds between two looks at a peer's memory
LOOK = 0.4


@dataclass(slots=True)
class Worked:
    """What a peer did, and what it took."""

    result: dict[str, Any] = field(default_factory=dict)
    #: seconds before the first poll, of the clock and of processors
    start_wall: float = 0.0
    start_cpu: float = 0.0
    #: seconds of each poll, of the clock and of processors
    walls: list[float] = field(default_factory=list)
    cpus: list[float] = field(default_factory=list)
    #: bytes at the most, of all its processes together; what they share counts once
    memory: int = 0


def work(
    peer: Peer, assignment: Path, moments: Iterable[datetime], advance: Callable[[datetime], None]
) -> Worked:
    """Run a peer through its polls. Raises RuntimeError where it ends before its time."""
    log = assignment.with_name("log.txt")
    done = Worked()
    began = time.monotonic()
    with (
        log.open("wb") as written,
        _started(peer, assignment, written) as process,
        Memory(process.pid) as memory,
    ):
        _answer(process, log)
        done.start_wall, done.start_cpu = time.monotonic() - began, processor(process.pid)
        for moment in moments:
            advance(moment)
            _poll(process, moment, done, log)
        done.memory = memory.most
        _tell(process, {"do": "finish"})
        _answer(process, log)
    done.result = json.loads(assignment.with_name("result.json").read_text("utf-8"))
    return done


def _started(peer: Peer, assignment: Path, log: IO[bytes]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [python_of(peer), str(peer.driver), str(assignment)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        cwd=assignment.parent,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, _path(peer))),
            "HOME": str(assignment.parent),
        },
    )


def _path(peer: Peer) -> list[Path]:
    here = [HERE / "drivers" / "hosts", HERE / "drivers"]
    return here if peer.package else [*here, ROOT]


def _poll(process: subprocess.Popen[str], moment: datetime, done: Worked, log: Path) -> None:
    began, spent = time.monotonic(), processor(process.pid)
    _tell(process, {"do": "poll", "at": moment.isoformat()})
    _answer(process, log)
    done.walls.append(time.monotonic() - began)
    done.cpus.append(processor(process.pid) - spent)


def _tell(process: subprocess.Popen[str], command: dict[str, str]) -> None:
    assert process.stdin is not None
    process.stdin.write(json.dumps(command) + "\n")
    process.stdin.flush()


def _answer(process: subprocess.Popen[str], log: Path) -> None:
    assert process.stdout is not None
    if not process.stdout.readline():
        end = log.read_text("utf-8", "replace")[-3000:]
        raise RuntimeError(f"the driver ended with {process.wait()}; its log {log} ends:\n{end}")


class Memory:
    """Looks at a process's memory, and that of all it started, as long as it is entered."""

    def __init__(self, process: int) -> None:
        self.most = 0
        self._process = process
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._end.wait(LOOK):
            self.most = max(self.most, sum(map(proportional, family(self._process))))
