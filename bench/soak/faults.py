"""Faults: what befalls a machine, on a small archive; after each the laws are judged.

    python bench/soak/faults.py [--kills 200] [--only killed,full] [--seed 1]

Each fault has a made-up press of its own, a day of it, and lives of our process
one after the other. After the fault the laws must hold: what the watch found is
what search finds, sums balance, every story is archived once and told once to
each of three readers, nothing is lost. Ends with status 1 where one does not.
"""

import argparse
import ctypes
import json
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

import world  # noqa: E402
from in_hand import in_hand  # noqa: E402
from judge_kills import ENOUGH, Life, done_in, judge_progress, tell_steps  # noqa: E402
from judge_laws import judge_law_one  # noqa: E402
from judge_stories import judge_revisions, judge_stories  # noqa: E402
from judge_sums import judge_pace, judge_sums  # noqa: E402
from judge_telling import judge_telling  # noqa: E402
from post import Post, subscribe  # noqa: E402
from serving import Served, SharedTime, catalogue  # noqa: E402
from verdict import Verdict  # noqa: E402

from archive import open_archive  # noqa: E402

PACE, POLLS_PER_DAY, STEP = 2.0, 24.0, 20
KILLED = -signal.SIGKILL
_HARBORWATCH = (sys.executable, "-m", "harborwatch")


class Lives:
    """The process that forks lives; see lives.py."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "lives.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )  # fmt: skip

    def begin(self, home: Path, end: datetime, **how: Any) -> int:
        order = {"home": str(home), "end": end.isoformat(), "step": STEP, **how}
        return self._ask({"begin": order})

    def wait(self, life: int) -> int:
        return self._ask({"wait": life})

    def close(self) -> None:
        self._process.communicate()

    def _ask(self, order: dict[str, Any]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@dataclass
class Scene:
    """A day of the press, readers, and the home of a program that is hurt."""

    home: Path
    made: world.World
    served: Served
    post: Post
    lives: Lives
    chance: random.Random
    #: kills asked for, and those that were
    most: int = 200
    kills: int = 0
    said: list[str] = field(default_factory=list)
    #: the lives that were to be killed
    lived: list[Life] = field(default_factory=list)
    #: no two processes at once: each moves the played time on while the other asks
    one_clock: bool = True
    #: where the archive is, and what is closed when it has been judged
    address: str = ""
    closing: ExitStack = field(default_factory=ExitStack)
    #: all days were lived through
    ended: bool = False

    def __post_init__(self) -> None:
        self.address = self.address or f"sqlite:///{self.home / 'archive.db'}"

    def at(self, hours: float) -> datetime:
        return world.START + timedelta(hours=hours)

    def live(self, hours: float, **how: Any) -> int:
        """Run one life until so many hours of the day; returns its exit status."""
        return self.lives.wait(self.begin(hours, **how))

    def begin(self, hours: float, **how: Any) -> int:
        return self.lives.begin(self.home, self.at(hours), **how)

    def end(self) -> None:
        """Run the last life, unhurt, to the end of all days."""
        if self.ended:
            return
        status = self.live(self.made.days * 24, last=True)
        if status:
            self.said.append(f"the last life ended with {status}")

    def pass_by(self, minutes: float) -> None:
        self.served.time.set(self.served.time.get() + timedelta(minutes=minutes))

    def troubles(self) -> Counter[str]:
        """Return what the lives wrote down of rounds that failed."""
        log = self.home / "troubles"
        lines = log.read_text().splitlines() if log.exists() else []
        return Counter(line[:110] for line in lines)


def killed(scene: Scene) -> str:
    """kill -9 at any step: of a write, a request, a page, a mail."""
    return _killed(scene, 5, 250)


def killed_early(scene: Scene) -> str:
    """kill -9 at an early step of each life: most die before their first round is over."""
    return _killed(scene, 1, 60)


def killed_alike(scene: Scene) -> str:
    """kill -9 at one and the same step of every life: what one does, the next must not do again."""
    scene.most = min(scene.most, 40)
    return _killed(scene, ENOUGH, ENOUGH)


def _killed(scene: Scene, first: int, longest: int) -> str:
    """Let lives die at steps drawn between these two, until two hours before the end."""
    last = scene.at(scene.made.days * 24 - 2)
    while scene.kills < scene.most and scene.served.time.get() < last:
        hours = (last - world.START) / timedelta(hours=1)
        begin, before = scene.served.time.get(), done_in(scene.home)
        life = scene.begin(hours, hurts={"killed": [scene.chance.randint(first, longest)]})
        status = scene.lives.wait(life)
        scene.kills += status == KILLED
        polls, work = (now - then for now, then in zip(done_in(scene.home), before, strict=True))
        # What the dead one had sent is heard at its own time, before the clock is moved on.
        time.sleep(0.1)
        now = scene.served.time.get()
        scene.lived.append(Life(life, begin, now, status == KILLED, polls, work))
        # A machine is not back in no time; after some deaths leases have run out, after some not.
        scene.pass_by(scene.chance.choice((0.2, 2, 5)))
    tell_steps(scene.home, scene.lived)
    log = scene.home / "deaths"
    deaths = Counter(log.read_text().splitlines()) if log.exists() else Counter[str]()
    return f"{scene.kills} kills: " + ", ".join(f"{n} {name}" for name, n in deaths.most_common())


def mail_in_hand(scene: Scene) -> str:
    """kill -9 when a mail has gone out, before that is noted: it comes again, and no other does."""
    last = scene.made.days * 24 - 2
    while scene.served.time.get() < scene.at(last):
        status = scene.live(last, hurts={"killed with mail": [scene.chance.randint(1, 3)]})
        scene.kills += status == KILLED
        # Until its lease has run out nobody else takes up what the dead one had claimed.
        scene.pass_by(scene.chance.choice((0.2, 6)))
    return f"{scene.kills} kills with a mail just gone out"


def reader_killed(scene: Scene) -> str:
    """kill -9 of the reading process amid every seventh task."""
    scene.live(24, hurts={"reader": [7, signal.SIGKILL]})
    return "every 7th task of the reading process"


def reader_frozen(scene: Scene) -> str:
    """SIGSTOP of the reading process amid every fortieth task."""
    scene.live(24, hurts={"reader": [40, signal.SIGSTOP]})
    return "every 40th task of the reading process"


def frozen(scene: Scene) -> str:
    """A process frozen (SIGSTOP) with its leases; another works on; it wakes, and both do."""
    scene.one_clock = False
    first = scene.begin(20)
    time.sleep(scene.chance.uniform(4, 7))
    subprocess.run(["kill", "-STOP", str(first)], check=True)
    stopped = scene.served.time.get()
    scene.live((stopped - world.START) / timedelta(hours=1) + 5)
    subprocess.run(["kill", "-CONT", str(first)], check=True)
    second = scene.begin(22)
    return f"frozen at {stopped:%H:%M} for 5 h; both ended with {scene.lives.wait(first)}, {scene.lives.wait(second)}"


def full(scene: Scene) -> str:
    """The archive can grow no more for six hours (max_page_count)."""
    scene.live(8)
    pages = _pages(scene)
    scene.live(14, hurts={"pragma": [f"PRAGMA max_page_count={pages + 4}"]})
    told = _doctor(scene, "cannot be written to", _no_room)
    return f"full at {pages + 4} pages from 8:00 to 14:00; doctor: {told}"


def read_only(scene: Scene) -> str:
    """The archive can be read only, for three hours."""
    scene.live(8)
    for one in scene.home.glob("archive.db*"):
        one.chmod(0o444)
    status = scene.live(11, hurts={"bound by rights": []})
    told = _doctor(scene, "cannot be written to", _bound_by_rights)
    for one in scene.home.glob("archive.db*"):
        one.chmod(0o644)
    scene.served.time.set(max(scene.served.time.get(), scene.at(11)))
    return f"read only from 8:00 to 11:00; the process ended with {status}; doctor: {told}"


def clock_back(scene: Scene) -> str:
    """Our clock is two days ahead, and is set back."""
    scene.live(8, wrong=48)
    return "two days ahead until 8:00, then set right"


def clock_forward(scene: Scene) -> str:
    """Our clock is two days behind, and is set right."""
    scene.live(8, wrong=-48)
    return "two days behind until 8:00, then set right"


def no_names(scene: Scene) -> str:
    """No name is found for six hours."""
    scene.live(8)
    scene.live(14, hurts={"no names": []})
    return "no name found from 8:00 to 14:00"


def no_mail(scene: Scene) -> str:
    """The mail server is gone for six hours."""
    scene.live(8)
    scene.post.shut = True
    scene.live(14)
    scene.post.shut = False
    return f"451 from 8:00 to 14:00, {scene.post.turned_away} turned away"


def corrupted(scene: Scene) -> str:
    """Pages of the archive's file are overwritten: told, not silently lost."""
    scene.live(8)
    path, backup = scene.home / "archive.db", scene.home / "backup.db"
    _command(scene, "backup", str(backup))
    whole = path.read_bytes()
    with path.open("r+b") as file:
        for place in (0.3, 0.5, 0.7):
            file.seek(int(len(whole) * place) // 4096 * 4096)
            file.write(b"\xa5" * 4096)
    scene.live(10)
    told = _doctor(scene, "damaged")
    # As the doctor says: the archive's files away, and the backup in their place.
    for one in scene.home.glob("archive.db*"):
        one.unlink()
    _command(scene, "restore", str(backup))
    return f"three pages overwritten; doctor: {told}; then the backup was restored"


def _doctor(scene: Scene, wanted: str, change: Callable[[], None] | None = None) -> str:
    """Return what the doctor finds wrong with archive and disk; without the wanted word it is wrong.

    `change` is done to its process first. Of a whole archive it must not say that it is damaged.
    """
    done = subprocess.run(
        [*_HARBORWATCH, "--home", str(scene.home), "doctor", "--json"],
        capture_output=True, text=True, check=False, preexec_fn=change,
    )  # fmt: skip
    found = [json.loads(line) for line in done.stdout.splitlines()]
    told = [
        f"{one['about']}: {one['text']}"
        for one in found
        if one["state"] == "wrong" and one["about"] in {"archive", "disk"}
    ]
    said = "; ".join(told)
    if wanted not in said:
        scene.said.append(f'the doctor did not say "{wanted}": {said} {done.stderr[-300:]}')
    if wanted != "damaged" and "damaged" in said:
        scene.said.append(f"the doctor takes a whole archive for damaged: {said}")
    return said[:150] or "silent"


def _command(scene: Scene, *words: str) -> None:
    done = subprocess.run(
        [*_HARBORWATCH, "--home", str(scene.home), *words],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        scene.said.append(f"harborwatch {words[0]} failed: {done.stderr[-300:]}")


def _no_room() -> None:
    """Let no file of the process grow."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _bound_by_rights() -> None:
    """Let files' rights bind the process, whoever runs it (prctl(2): 24, CAP_DAC_OVERRIDE: 1)."""
    ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)


def server_restarted(scene: Scene) -> str:
    """PostgreSQL is started anew amid polls, pages and mails; scheduler and workers go on."""
    # Only who plays this needs the server's wheel.
    from shared import Shared

    scene.one_clock, days = False, Shared(scene.home, scene.served.time, scene.closing)
    scene.address, scene.ended = days.address, True
    last, restarts, took = scene.made.days * 24, Counter[str](), [0.0]
    amid = {"polls": lambda: len(scene.served.log), "mails": lambda: len(scene.post.taken),
            "pages": lambda: sum(hit.path.startswith("/news/") for hit in scene.served.log)}  # fmt: skip
    for hours in [*range(last + 1), last + 8, last + 26, last + 32]:
        before = {name: seen() for name, seen in amid.items()}
        days.go_to(scene.at(hours))
        wanted = ("mails", "polls", "pages")[hours % 3]
        if 0 < hours <= last and days.left() and _met(lambda: amid[wanted]() > before[wanted]):  # noqa: B023
            # As an operator stops it; as a crash does; and it stays away for a while.
            number = (signal.SIGINT, signal.SIGQUIT)[restarts.total() % 2]
            days.restart(number, (0, 2, 8)[restarts.total() // 3 % 3])
            restarts[wanted] += 1
        if (seconds := days.work_off()) is None:
            scene.said.append(f"left over at hour {hours}: {days.left()}")
            break
        took.append(seconds)
    if any(ends := days.stop()):
        scene.said.append(f"scheduler and workers ended with {ends}")
    with (scene.home / "troubles").open("a") as log:
        log.writelines(f"{line}\n" for line in days.troubles())
    amid_what = ", ".join(f"{n} amid {name}" for name, n in restarts.items())
    longest = f"{max(took):.0f} s at most, {median(took):.0f} s as a rule"
    return f"{restarts.total()} restarts, {amid_what}; {len(scene.served.log)} requests; an hour's work took {longest}"


def _met(what: Callable[[], bool], seconds: float = 4.0) -> bool:
    """Return whether something comes to pass in so many seconds."""
    until = time.monotonic() + seconds
    while not what() and time.monotonic() < until:
        time.sleep(0.01)
    return what()


FAULTS: dict[str, Callable[[Scene], str]] = {
    "killed": killed, "killed early": killed_early, "killed alike": killed_alike,
    "mail in hand": mail_in_hand, "reader killed": reader_killed, "reader frozen": reader_frozen,
    "frozen": frozen, "full": full, "read only": read_only, "clock back": clock_back,
    "clock forward": clock_forward, "no names": no_names, "no mail": no_mail,
    "corrupted": corrupted, "server restarted": server_restarted,
}  # fmt: skip


def _pages(scene: Scene) -> int:
    archive = open_archive(f"sqlite:///{scene.home / 'archive.db'}")
    with archive.read() as db:
        count = int(db.exec_driver_sql("PRAGMA page_count").scalar_one())
    archive.close()
    return count


@contextmanager
def _scene(name: str, home: Path, lives: Lives, asked: argparse.Namespace) -> Iterator[Scene]:
    # A life of some hundred steps is an hour of a day; a quicker death each time gets nowhere.
    days = max(2, asked.kills // 25) if name.startswith("killed") else 1
    made = world.make(6, days, 40 * days, asked.seed, broken=False)
    served = Served(made, SharedTime(home / "time", world.START))
    post = Post(made, served.time)
    server = served.start()
    with ExitStack() as stack:
        stack.callback(server.stop)
        port = stack.enter_context(post.opened())
        catalogue(served, home / "outlets")
        subscribe(home, port, PACE, POLLS_PER_DAY)
        chance = random.Random(f"{name} {asked.seed}")
        scene = Scene(home, made, served, post, lives, chance, most=asked.kills)
        with scene.closing:
            yield scene


def _judged(scene: Scene) -> Verdict:
    verdict = Verdict(wrong=list(scene.said))
    archive = open_archive(scene.address)
    if scene.lived:
        judge_progress(scene.lived, verdict)
    judge_stories(scene.served, archive, verdict, scene.lived)
    judge_revisions(scene.served, archive, verdict)
    if scene.one_clock:
        judge_pace(scene.served, PACE, verdict)
    judge_sums(scene.served, archive, verdict)
    judge_telling(scene.served, scene.post, archive, in_hand(scene.home), verdict)
    judge_law_one(archive, verdict)
    archive.close()
    return verdict


def main() -> int:
    asked = _arguments()
    # Whoever looks on sees each fault when it is judged.
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    wrong, lives = 0, Lives()
    for name in asked.only.split(",") if asked.only else FAULTS:
        begun = time.monotonic()
        with (
            tempfile.TemporaryDirectory() as folder,
            _scene(name, Path(folder), lives, asked) as scene,
        ):
            what = FAULTS[name](scene)
            scene.end()
            verdict, troubles = _judged(scene), scene.troubles()
        numbers = verdict.numbers
        print(f"{name}: {what} ({time.monotonic() - begun:.0f} s)")
        for word in ("answers lost to deaths", "lives in a row that nothing came of, at most"):
            if word in numbers:
                print(f"  {word}: {numbers[word]}")
        print(f"  {numbers['required']} stories required, {numbers['missed']} missed, "
              f"{numbers['never reachable']} never to be had, {numbers['watched stories told']} told, {numbers['mails in hand at a death']} mails in hand at a death, {numbers['mails that came again']} came again")  # fmt: skip
        for said, times in troubles.most_common(4):
            print(f"  {times} x {said}")
        for said in verdict.wrong[:12]:
            print(f"  WRONG: {said}")
        wrong += len(verdict.wrong)
    lives.close()
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{wrong} wrong; CPU: ours {spent.ru_utime + spent.ru_stime:.0f} s, press and judge {time.process_time():.0f} s"
    )
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What befalls a machine, and the laws after it.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="names of faults, by commas")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
