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
from typing import Any

from environments import HERE, Peer, python_of

ROOT = HERE.parents[1]
TICK = os.sysconf("SC_CLK_TCK")
#: seconds between two looks at a peer's memory
LOOK = 0.1


@dataclass(slots=True)
class Worked:
    """What a peer did, and what it took."""

    result: dict[str, Any] = field(default_factory=dict)
    #: seconds before the first poll, of the clock and of processors
    start_wall: float = 0.0
    start_cpu: float = 0.0
    #: seconds of all polls together
    wall: float = 0.0
    cpu: float = 0.0
    #: bytes at the most, of all its processes together; what they share counts once
    memory: int = 0


def work(
    peer: Peer, assignment: Path, moments: Iterable[datetime], advance: Callable[[datetime], None]
) -> Worked:
    """Run a peer through its polls. Raises RuntimeError where it ends before its time."""
    log = assignment.with_name("log.txt")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, _path(peer))),
        "HOME": str(assignment.parent),
        "PYTHONUNBUFFERED": "1",
    }
    done = Worked()
    began = time.monotonic()
    with log.open("wb") as written, subprocess.Popen(
        [python_of(peer), str(peer.driver), str(assignment)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=written, text=True,
        cwd=assignment.parent, env=environment,
    ) as process:  # fmt: skip
        with Memory(process.pid) as memory:
            _answer(process, log)
            done.start_wall, done.start_cpu = time.monotonic() - began, processor(process.pid)
            for moment in moments:
                advance(moment)
                _poll(process, moment, done, log)
            done.cpu = processor(process.pid) - done.start_cpu
            done.memory = memory.most
            _tell(process, {"do": "finish"})
            _answer(process, log)
    done.result = json.loads(assignment.with_name("result.json").read_text("utf-8"))
    return done


def _path(peer: Peer) -> list[Path]:
    here = [HERE / "drivers" / "hosts", HERE / "drivers"]
    return [*here, ROOT] if peer.name == "harborwatch" else here


def _poll(process: subprocess.Popen[str], moment: datetime, done: Worked, log: Path) -> None:
    began = time.monotonic()
    _tell(process, {"do": "poll", "at": moment.isoformat()})
    _answer(process, log)
    done.wall += time.monotonic() - began


def _tell(process: subprocess.Popen[str], command: dict[str, str]) -> None:
    assert process.stdin is not None
    process.stdin.write(json.dumps(command) + "\n")
    process.stdin.flush()


def _answer(process: subprocess.Popen[str], log: Path) -> None:
    assert process.stdout is not None
    if not process.stdout.readline():
        end = log.read_text("utf-8", "replace")[-3000:]
        raise RuntimeError(f"the driver ended with {process.wait()}; its log {log} ends:\n{end}")


def processor(process: int) -> float:
    """Return processor seconds of a process, its children, and theirs, the ended ones too."""
    spent = 0.0
    for one in family(process):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(") ")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended meanwhile: its parent has the sum
        spent += sum(map(int, fields[11:15])) / TICK
    return spent


def family(process: int) -> list[int]:
    """Return a process and all that it started, itself or by others."""
    found = [process]
    for one in found:
        for tasks in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, tasks.read_text().split())
            except (FileNotFoundError, ProcessLookupError):
                continue  # it has ended between the look and the reading
    return found


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


def proportional(process: int) -> int:
    """Return bytes of a process's memory, those shared with n others by 1/n (PSS)."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
