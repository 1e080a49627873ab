"""Processor seconds of processes and of all that they started."""

import os
from collections import defaultdict
from pathlib import Path


def spent_by(pids: list[int]) -> float:
    """Return the seconds that these processes and their children took, the ended ones too."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    spent: dict[int, float] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(folder.name)
        children[int(fields[1])].append(pid)
        # user, system, and both of children that were waited for (proc(5))
        spent[pid] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    total, wanted = 0.0, list(pids)
    while wanted:
        pid = wanted.pop()
        total += spent.get(pid, 0.0)
        wanted += children[pid]
    return total
