"""Law 4: killed at any moment, it resumes, with nothing lost and nothing done twice."""

import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from archive import Archive, open_archive
from archive.collecting import ledger
from archive.tables import deliveries, pages, revisions, stories
from harborwatch import demo
from harborwatch.config import NAME
from harborwatch.press import Press

pytestmark = pytest.mark.kill

ROOT = Path(__file__).parents[2]
#: later than any lease of a process that died
LATER = timedelta(minutes=20)
KILLED = -signal.SIGKILL


class Rounds:
    """Rounds of processes on one home, each a lease later than the one before."""

    def __init__(self, home: Path, press: Press) -> None:
        self.home, self._press, self._now = home, press, press.now

    def run(self, work: str, how: str = "alive") -> int:
        """Run one process; returns its exit status."""
        self._now += LATER
        script = str(Path(__file__).with_name("dying.py"))
        done = subprocess.run(
            [sys.executable, script, str(self.home), self._now.isoformat(), work, how],
            cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, timeout=90, check=False,
        )  # fmt: skip
        return done.returncode

    @contextmanager
    def archive(self) -> Iterator[Archive]:
        """Open the archive that the processes left."""
        archive = open_archive(f"sqlite:///{self.home / 'archive.db'}")
        yield archive
        archive.close()

    def sent(self) -> Counter[str]:
        """Return how often each Message-ID was handed over."""
        log = self.home / "sent.log"
        return Counter(log.read_text().split()) if log.exists() else Counter()


@pytest.fixture
def rounds(home: Path, press: Press) -> Rounds:
    press.advance(demo.BEGIN + timedelta(hours=12))
    # Nobody asks for patience or shuts a feed: what is missing then is our fault.
    press.mend("suaraselat")
    press.mend("haixia")
    text = (home / NAME).read_text("utf-8")
    one = '"mailbox:reader@harbor.example"'
    three = ", ".join(f'"mailbox:reader{n}@harbor.example"' for n in range(3))
    assert one in text
    (home / NAME).write_text(text.replace(one, three), "utf-8")
    return Rounds(home, press)


def check_archive(rounds: Rounds, press: Press) -> None:
    """Every page kept is stored once, and every story that the press shows is there, once."""
    with rounds.archive() as archive, archive.read() as db:
        assert set(db.scalars(select(pages.c.state))) == {"stored"}
        addresses = list(db.scalars(select(stories.c.address)))
        kept = db.execute(select(func.count()).select_from(pages)).scalar_one()
        read = db.execute(select(func.count(func.distinct(revisions.c.page)))).scalar_one()
        written = db.execute(select(func.count()).select_from(revisions)).scalar_one()
        sums = ledger.sums(db)
    assert kept == read == written
    assert len(addresses) == len(set(addresses))
    shown = {one.address.rstrip("/") for one in press.expected() if not one.deleted}
    assert set(addresses) == shown
    assert sums.seen == sums.fetched == len(addresses)


def check_deliveries(rounds: Rounds, in_flight: int) -> None:
    """Every delivery went out; of those none twice but the ones in flight at a kill."""
    with rounds.archive() as archive, archive.read() as db:
        rows = db.execute(select(deliveries.c.message_id, deliveries.c.state)).all()
    assert {row.state for row in rows} == {"sent"}
    ids = [row.message_id for row in rows]
    assert len(ids) == len(set(ids))
    sent = rounds.sent()
    assert set(sent) == set(ids)
    assert sum(sent.values()) - len(sent) <= in_flight
    assert len(list((rounds.home / "mailbox").glob("*.eml"))) == len(ids)


def test_killed_between_keep_and_store(rounds: Rounds, press: Press) -> None:
    """Pages kept by a process that died before storing them are stored by the next, once."""
    for number in (1, 4, 9):
        assert rounds.run("poll", f"store:{number}") == KILLED
        with rounds.archive() as archive, archive.read() as db:
            assert "kept" in set(db.scalars(select(pages.c.state)))
    assert rounds.run("poll") == 0
    check_archive(rounds, press)


def test_killed_between_claim_and_send(rounds: Rounds) -> None:
    """A delivery claimed by a process that died is sent by the next, once."""
    assert rounds.run("poll") == 0
    for number in (1, 2):
        assert rounds.run("tell", f"claimed:{number}") == KILLED
    assert rounds.run("tell") == 0
    assert len(rounds.sent()) >= 3
    check_deliveries(rounds, in_flight=0)


def test_killed_between_send_and_writing_it_down(rounds: Rounds) -> None:
    """Only the message in flight goes out again, under the Message-ID it had."""
    assert rounds.run("poll") == 0
    for number in (1, 2):
        assert rounds.run("tell", f"sent:{number}") == KILLED
    assert rounds.run("tell") == 0
    check_deliveries(rounds, in_flight=2)
    assert max(rounds.sent().values()) == 2


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_any_moment(rounds: Rounds, press: Press, seed: int) -> None:
    """Killed again and again at random moments, it ends with everything read and told once."""
    moments = random.Random(seed)
    killed = 0
    for _ in range(4):
        killed += rounds.run("both", f"moment:{moments.uniform(1.5, 7):.2f}") == KILLED
    assert killed
    assert rounds.run("both") == 0
    check_archive(rounds, press)
    check_deliveries(rounds, in_flight=killed)
