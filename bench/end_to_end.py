"""Stories a second from socket to archive, beside a Scrapy spider that only downloads, and where the time goes.

    bench/end_to_end.py [STORIES]

The same press serves both, one after the other: five outlets with made-up
stories in five languages, found by feeds and sitemaps. Both are asked once
while nothing is published, so that what they need to start is not in the
figures, and once when everything is. Ours reads, groups, tags and stores each
story (crawler/settings.py); the spider downloads the same pages and throws
them away. Our pauses between two requests to a host are played, the spider has
none: neither waits. Seconds are of processors, all processes together, but
for the first line. The stages are watched from outside (drivers/drive_stages).
"""

import os
import sys
import tempfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "peers"), str(HERE), str(HERE.parent)]

import assignment  # noqa: E402
from environments import Peer  # noqa: E402
from made.many_pages import NOW, OUTLETS, ManyPages  # noqa: E402
from playing import Worked, work  # noqa: E402

STORIES = 1000
EMPTY = NOW - timedelta(days=7)
OURS = Peer(name="stages", package="", licence="Apache-2.0")
BARE = Peer(name="scrapy", package="", licence="BSD-3-Clause")
#: what comes after a story stands in the archive; what vectors cost says bench/stages.py
AFTERWARDS = "match, compose, deliver"


def main(arguments: list[str]) -> int:
    stories = int(arguments[0]) if arguments else STORIES
    load, cores = os.getloadavg()[0], os.cpu_count()
    print(f"{stories:,} stories; at work beside this: {load:.1f} processes on {cores} cores")
    bare, ours = (measured(peer, stories // len(OUTLETS)) for peer in (BARE, OURS))
    costs = ours.result["polls"][1]
    wall = costs.pop("wall")
    afterwards = costs.pop(AFTERWARDS)
    show("Scrapy, download only", stories, bare.walls[1] - bare.walls[0], _bare(bare), _bare(bare))
    show("Harborwatch, to the archive", stories, wall, sum(costs.values()), _bare(bare))
    stages(costs, stories)
    print(f"  and when it stands there, to {AFTERWARDS}: {1000 * afterwards / stories:.2f} ms")
    return 0


def measured(peer: Peer, each: int) -> Worked:
    """Run a program on an empty press and on the full one. Raises RuntimeError at a lost story."""
    with tempfile.TemporaryDirectory() as name, ManyPages(each) as press:
        folder = Path(name)
        press.write_catalogue(folder / "outlets")
        given = assignment.Press(begin=EMPTY, catalogue=folder / "outlets")
        written = assignment.write(given, folder, {})

        def advance(moment: object) -> None:
            press.at = EMPTY if moment == EMPTY else NOW

        done = work(peer, written, (EMPTY, NOW), advance)
        held = {one["address"].partition("?")[0].rstrip("/") for one in done.result["records"]}
    if len(held) != len(press.stories):
        raise RuntimeError(f"{peer.name} has {len(held)} of {len(press.stories)} stories")
    return done


def _bare(done: Worked) -> float:
    """Return what the second poll took beyond the first: it starts a process for each."""
    return done.cpus[1] - done.cpus[0]


def show(name: str, stories: int, wall: float, cpu: float, bare: float) -> None:
    print(
        f"{name:30}{stories / wall:7.0f} /s by the clock{stories / cpu:7.0f} /s of a core"
        f"{1000 * cpu / stories:8.2f} ms{cpu / bare:6.1f} times the download"
    )


def stages(costs: Mapping[str, float], stories: int) -> None:
    for name, spent in sorted(costs.items(), key=lambda cost: -cost[1]):
        share = spent / sum(costs.values())
        print(f"  {name:30}{1000 * spent / stories:8.2f} ms{share:6.0%}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
