"""The long test of collection, played on the clock.

    python bench/soak/soak.py [--days 30] [--sources 60] [--stories 6000] [--kills 12] [--seed 1]

A made-up press with outages, bursts of 60 entries, lying validators, sources
that fall silent, slugs and headlines that change, ids given twice, a storm of
429, sold domains; our process is killed at random moments. Every story that was
shown to us, or stood on some way until our next allowed poll, must be archived
once; each fault must be named in the ledger; the sums must balance; no host may
be asked faster than its pace, by the press's own log. Ends with status 1 where
anything does not hold.
"""

import argparse
import pickle
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

import world  # noqa: E402
from in_hand import in_hand  # noqa: E402
from judge import judge  # noqa: E402
from post import Post, subscribe  # noqa: E402
from serving import Served, SharedTime, catalogue  # noqa: E402

from archive import open_archive  # noqa: E402

#: seconds between two requests to one host; polls a day for each source on average
PACE, POLLS_PER_DAY = 2.0, 11.0


def main() -> int:
    asked = _arguments()
    begun = time.monotonic()
    made = world.make(asked.sources, asked.days, asked.stories, asked.seed)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(asked.home or folder)
        home.mkdir(parents=True, exist_ok=True)
        served = Served(made, SharedTime(home / "time", world.START))
        post = Post(made, served.time)
        server = served.start()
        try:
            with post.opened() as port:
                catalogue(served, home / "outlets")
                subscribe(home, port, PACE, POLLS_PER_DAY)
                kills = _play(home, made, asked)
            if asked.home:
                # What the press saw, for whoever looks at a run again.
                seen = (asked, served.log, post.taken, kills)
                (home / "seen.pickle").write_bytes(pickle.dumps(seen))
            archive = open_archive(f"sqlite:///{home / 'archive.db'}")
            verdict = judge(served, post, archive, PACE, in_hand(home))
            archive.close()
        finally:
            server.stop()
        errors = (home / "errors").read_text().split() if (home / "errors").exists() else []
    verdict.expect(not errors, f"errors of ours: {errors}")
    print(f"{made.days} days, {sum(len(one.ways) for one in made.outlets.values())} sources, "
          f"{sum(len(one.stories) for one in made.outlets.values())} stories, {kills} kills, "
          f"{time.monotonic() - begun:.0f} s")  # fmt: skip
    ours = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"CPU: ours {ours.ru_utime + ours.ru_stime:.0f} s, the press and its judge {time.process_time():.0f} s"
    )
    for line in verdict.faults:
        print(f"  {line}")
    for name, value in verdict.numbers.items():
        print(f"  {name}: {value}")
    for said in verdict.wrong[:40]:
        print(f"WRONG: {said}")
    print(f"{len(verdict.wrong)} wrong")
    return 1 if verdict.wrong else 0


def _play(home: Path, made: world.World, asked: argparse.Namespace) -> int:
    """Run our process until the days are over, killed so many times; returns how often it was."""
    chance, kills = random.Random(f"kills {asked.seed}"), 0
    # After a kill leases have to run out before its work is taken up again.
    while True:
        dies = [f"{chance.uniform(3, asked.life):.2f}"] if kills < asked.kills else []
        command = [sys.executable, str(HERE / "played.py"), str(home), made.end.isoformat(), str(asked.step), *dies]  # fmt: skip
        done = subprocess.run(command, check=False)
        if done.returncode == 0:
            return kills
        if done.returncode != -9:
            raise SystemExit(f"our process ended with {done.returncode}")
        kills += 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The long test of collection.")
    for name, default in (("days", 30), ("sources", 60), ("stories", 6000), ("kills", 12), ("seed", 1), ("step", 20)):  # fmt: skip
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument(
        "--life", type=float, default=40, help="seconds that a process lives at most"
    )
    parser.add_argument("--home", help="keep the archive here")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
