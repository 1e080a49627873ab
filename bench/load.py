"""How much one process carries, and what more workers add.

    python bench/load.py                          both, small: for `make bench`
    python bench/load.py day --sources 10000 --hours 24     a played day in one process
    python bench/load.py workers --sources 100000 --due 1000 --workers 1 2 4

`day`: sources that answer in this process (made.played_transport: no network, no pace) and what
`harborwatch run` does in its process: rounds of polling, matching of a hundred watches, instant
alerts and daily digests into the mailbox folder, tidying; its readers' process too. No vectors,
no page. Prints processor seconds a poll, the share of one core that a day takes, and memory (of
both processes, what they share counted once) as polls go by.

`workers`: a quick server (made.many_server), an archive on a PostgreSQL from its wheel, and
the processes of `harborwatch worker`, all on this machine. So many sources are due, and the
run ends when all that they show is stored; nobody watches, no vectors are made. Prints stories a second for each number of workers,
whose processor time they took, and whether any stands twice or is lost; in the last run one
of two or more workers is killed on the way. Ends with status 1 where one does.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "tests/archive/postgres")]

import uvloop  # noqa: E402 - the root must be found first
from loads.day import Day, play  # noqa: E402
from loads.workers import Load, grow  # noqa: E402


def main() -> int:
    well = True
    args = _arguments()
    with tempfile.TemporaryDirectory(prefix="hw-load-") as name:
        if args.what in ("both", "day"):
            day = Day(sources=args.sources or 500, polls_per_day=args.polls_per_day,
                      stories_per_day=args.stories_per_day, hours=args.hours)  # fmt: skip
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(play(day, Path(name)))
        if args.what in ("both", "workers"):
            load = Load(sources=args.sources or 2_000, due=args.due)
            well = grow(load, args.workers, Path(name))
    return 0 if well else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("what", nargs="?", default="both", choices=("both", "day", "workers"))
    parser.add_argument("--sources", type=int, help="default: 500 and 2,000")
    parser.add_argument("--polls-per-day", type=float, default=20.0)
    parser.add_argument("--stories-per-day", type=float, default=1.0, help="of one source")
    parser.add_argument("--hours", type=float, default=1.0, help="of the day, 24 for all of it")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--due", type=int, default=100, help="sources, in tens")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
