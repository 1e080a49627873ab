"""What the system says of a process of ours; where it says nothing (no /proc), nothing is known."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def is_stopped(pid: int | None) -> bool:
    """Return whether somebody has stopped a process (SIGSTOP)."""
    said = _stat(pid)
    return bool(said) and said[0] == "T"


def processor_seconds(pid: int | None) -> float | None:
    """Return the seconds of processor time that a process has had, None where that is unknown."""
    said = _stat(pid)
    return (int(said[11]) + int(said[12])) / _TICKS if said else None


def _stat(pid: int | None) -> list[str]:
    """Return the fields of /proc/PID/stat from the state on, see proc(5)."""
    try:
        # The name in the second field may hold spaces.
        return Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return []
