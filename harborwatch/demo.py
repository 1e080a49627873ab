"""The demo: replica outlets on this machine, played from 19 September 2018 to a digest.

The press publishes on its own clock; ours is played beside it, so that two
days pass in seconds. The first poll comes before the forum's stories appear:
what is there then is history, what comes after is news.
"""

import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive import ledger
from archive.ledger import Sums
from harborwatch import work
from harborwatch.config import NAME
from harborwatch.first_config import written
from harborwatch.press import Press
from harborwatch.wiring import Program, put_together
from news import Digest, PlayedClock

BEGIN = datetime(2018, 9, 19, tzinfo=UTC)
#: after the digest of the third morning in Jakarta
END = datetime(2018, 9, 22, 0, 30, tzinfo=UTC)
STEP = timedelta(hours=3)

#: tiers 1 and 2, as a new user's first watch has them
WATCH = "@caih OR @caih_forum OR @caih_co OR @dsr OR @ilstc OR @caexpo OR @cci"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of the demo."""

    at: datetime
    line: str
    digests: tuple[Digest, ...]


@contextmanager
def played(home: Path) -> Iterator[tuple[Press, Program, PlayedClock]]:
    """Start the press and put the program together in that folder."""
    clock = PlayedClock(BEGIN)
    home.mkdir(parents=True, exist_ok=True)
    with Press(BEGIN) as press, tempfile.TemporaryDirectory() as catalogue:
        press.write_catalogue(Path(catalogue))
        if not (home / NAME).exists():
            (home / NAME).write_text(configuration(), "utf-8")
        yield press, put_together(home, clock, [Path(catalogue)]), clock


def configuration() -> str:
    """Return the demo's configuration: a reader in Jakarta, at once and each morning."""
    text = written("demo@example.org", "Asia/Jakarta", "07:00", "", WATCH)
    return text.replace("outlets = []", "outlets = []\nallow_private_addresses = true")


async def play(press: Press, program: Program, clock: PlayedClock) -> AsyncIterator[Round]:
    """Play the days, one round every few hours."""
    moment = BEGIN
    while moment <= END:
        clock.advance(moment)
        # Pacing moves our clock on within a round; the press follows it.
        press.advance(max(press.now, clock.now()))
        report = await work.poll(program)
        told = await work.tell(program)
        yield Round(at=moment, line=work.said(report, told), digests=tuple(told.digests))
        moment += STEP


def sums_of(program: Program) -> Sums:
    """Return the archive's sums."""
    with program.tools.archive.read() as db:
        return ledger.sums(db)


def report(sums: Sums, say: Callable[[str], None]) -> None:
    """Say what the demo did."""
    say(f"{sums.polls} polls · {sums.seen} addresses seen, {sums.fetched} fetched")
    say(
        f"{sums.stories} stories kept ({sums.history} of them history), {sums.copies} copies, "
        f"{sums.revisions} revisions, {sums.events} events"
    )
    mentions = sorted(sums.mentions.items(), key=lambda item: (-item[1], item[0]))
    say("mentions: " + " · ".join(f"@{topic} {n}" for topic, n in mentions))
