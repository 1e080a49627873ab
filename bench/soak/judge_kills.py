"""What a process that is killed again and again has in hand when it dies, and what it must not lose.

Nothing here is our program's own word: the harness counts the steps of each life,
and sees each answer come in and each answer of a source come back from its reader.

1. An answer is lost to a death where its life died before the reader gave it back, or
   within `RECORDED` steps after: until then nothing is written down. Every other answer
   that showed a story makes this story a demand, and so does a story that stood on a way
   for the longest wait between two polls, in the time of lives that wrote down a poll.
2. No life does again what the one before it did: of two lives in a row of `ENOUGH` steps
   each, one must write down a poll, keep a page, or bring one to its end.
"""

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from serving import Hit, Served
from verdict import Verdict

#: steps from the reader's answer to the commit of the poll, with those of others between
RECORDED = 8
#: a life asks three hosts for robots.txt and a way of each with 40 steps; the next one, that
#: need not ask for robots.txt, writes down its first poll with its 34th
ENOUGH = 50


@dataclass
class Life:
    """One life of our process, by the played time and its steps."""

    number: int
    begin: datetime
    end: datetime
    killed: bool
    #: polls that stand in the archive at its end, and did not at its beginning
    polls: int
    #: the same of polls, pages kept, and pages brought to their end
    work: int
    steps: int = 0
    #: where it died
    died: str = ""
    #: answers by address: when each came in
    answers: defaultdict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    #: answers by address: at which step the reader gave each back
    reads: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def lost(self) -> list[tuple[str, datetime]]:
        """Return the answers that its death left unwritten."""
        if not self.killed:
            return []
        found: list[tuple[str, datetime]] = []
        for address, times in self.answers.items():
            done = [step for step in self.reads[address] if step + RECORDED <= self.steps]
            found += [(address, at) for at in times[len(done) :]]
        return found


def done_in(home: Path) -> tuple[int, int]:
    """Return how many polls stand in the archive, and how much work in all."""
    path = home / "archive.db"
    if not path.exists():
        return 0, 0
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        (polls,) = db.execute("SELECT count(*) FROM polls").fetchone()
        kept, ended = db.execute(
            "SELECT count(*), coalesce(sum(state != 'kept'), 0) FROM pages"
        ).fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        return 0, 0  # killed before it had tables
    finally:
        db.close()
    return int(polls), int(polls + kept + ended)


def tell_steps(home: Path, lives: list[Life]) -> None:
    """Add to lives what they wrote down of themselves."""
    log = home / "lives"
    by_number = {life.number: life for life in lives}
    for line in log.read_text().splitlines() if log.exists() else ():
        number, step, at, what, about = line.split(" ", 4)
        life = by_number[int(number)]
        life.steps = int(step)
        if what == "death":
            life.died = about
        elif what == "answer":
            life.answers[about].append(datetime.fromtimestamp(float(at), UTC))
        else:
            life.reads[about].append(int(step))


def lost_hits(served: Served, lives: list[Life]) -> frozenset[Hit]:
    """Return the answers in the press's log that were lost to deaths."""
    lost = {
        (parts.hostname.removesuffix(".localhost") if parts.hostname else "", parts.path, at)
        for life in lives
        for address, at in life.lost()
        for parts in [urlsplit(address)]
    }
    return frozenset(
        hit for hit in served.log if (hit.host, urlsplit(hit.path).path, hit.at) in lost
    )


def judge_progress(lives: list[Life], verdict: Verdict) -> None:
    """No life does again what the one before it did."""
    before: Life | None = None
    idle, most = 0, 0
    for life in lives:
        idle = 0 if life.work else idle + 1
        most = max(most, idle)
        if life.steps < ENOUGH or life.work:
            before = None if life.work else before
            continue
        if before is not None:
            verdict.wrong.append(
                f"the lives of {before.begin} and {life.begin} died at steps {before.steps} and "
                f"{life.steps} ({life.died}), and nothing came of either"
            )
        before = life
    verdict.numbers["lives in a row that nothing came of, at most"] = most


def why_missed(served: Served, host: str, number: int, lives: list[Life]) -> list[str]:
    """Say of a story that is missed what showed it, and what became of each answer."""
    lost = lost_hits(served, lives)
    return [
        f"  {hit.at:%d %H:%M:%S} {hit.way} {'lost to a death' if hit in lost else 'had'}: "
        + _said(next((life for life in lives if life.begin <= hit.at <= life.end), None))
        for hit in served.log
        if hit.host == host and number in hit.listed
    ]


def _said(life: Life | None) -> str:
    if life is None:
        return "the last life"
    return f"life of {life.steps} steps, {life.died or 'not killed'}, {life.polls} polls and {life.work} in all written down"
