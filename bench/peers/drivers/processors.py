"""What processes take of the machine, as Linux tells it under /proc."""

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


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


def spent_by_children() -> float:
    """Return processor seconds of all that this process started."""
    times = os.times()
    return processor(os.getpid()) - times.user - times.system


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


def proportional(process: int) -> int:
    """Return bytes of a process's memory, those shared with n others by 1/n (PSS)."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
