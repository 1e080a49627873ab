"""The demo: replica outlets on this machine, played from 19 September 2018 to a digest.

The press publishes on its own clock; ours is played beside it, so that two
days pass in seconds. The first poll comes before the forum's stories appear:
what is there then is history, what comes after is news.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from archive.collecting import ledger
from archive.keeping import stories
from harborwatch import work
from harborwatch.config import NAME
from harborwatch.first_config import written
from harborwatch.press import Press
from harborwatch.wiring import Program, put_together
from news import Digest, FileError, PlayedClock, StoryRow

BEGIN = datetime(2018, 9, 19, tzinfo=UTC)
#: after the third afternoon's digest in Jakarta
END = datetime(2018, 9, 21, 12, tzinfo=UTC)
STEP = timedelta(hours=3)

WATCHES = """
[[subscribers.watches]]
name = "harbor"
query = "@caih OR @caih_forum OR @dsr"
rhythm = "daily 17:00"

[[subscribers.watches]]
name = "ports"
query = "Kuantan OR 关丹"
rhythm = "instant"
"""


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
    # In the home, so that whoever looks at it later knows the outlets by name.
    catalogue = home / "outlets"
    with Press(BEGIN) as press:
        press.write_catalogue(catalogue)
        if not (home / NAME).exists():
            (home / NAME).write_text(configuration(), "utf-8")
        yield press, put_together(home, clock, [catalogue]), clock


def refuse_used(home: Path) -> None:
    """Raise FileError where a folder holds something: made-up outlets and stories would stay."""
    if home.exists() and any(home.iterdir()):
        hint = "give --home a new folder, or none at all"
        raise FileError(home, None, "the demo plays in an empty folder, and this one is not", hint)


def configuration() -> str:
    """Return the demo's configuration: a reader in Jakarta, told at once and each afternoon."""
    text = written("demo@example.org", "Asia/Jakarta", "17:00", "", "")
    own = text[: text.index("[[subscribers.watches]]")] + WATCHES.lstrip()
    return own.replace("outlets = []", "outlets = []\nallow_private_addresses = true")


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


def report(db: Connection, say: Callable[[str], None]) -> None:
    """Say what the demo did."""
    sums = ledger.sums(db)
    say(f"{sums.polls} polls · {sums.seen} addresses seen, {sums.fetched} fetched")
    say(
        f"{sums.stories} stories kept ({sums.history} of them history), {sums.copies} copies, "
        f"{sums.revisions} revisions, {sums.events} events"
    )
    mentions = sorted(sums.mentions.items(), key=lambda item: (-item[1], item[0]))
    say("mentions: " + " · ".join(f"@{topic} {n}" for topic, n in mentions))
    say("\nthe forum, one event told by:")
    for story in forum(db):
        link = f"  ({story.copy_kind} of {story.copy_of})" if story.copy_of else ""
        published = story.published_at or story.first_seen_at
        say(f"  {story.id:>3}  {published:%d %b %H:%M}  {story.language:<3} {story.title}{link}")


def forum(db: Connection) -> list[StoryRow]:
    """Return the event of the seed's story, as the archive has grouped it."""
    seed = stories.find(db, ["indotelko:1537410163"])
    return stories.of_events(db, [seed.event]) if seed and seed.event else []


def fullest(digests: Sequence[Digest]) -> Digest | None:
    """Return the digest whose first card has the most tellings."""
    daily = [one for one in digests if not one.slot.startswith("now:") and one.cards]
    return max(daily, key=lambda one: max(len(c.tellings) for c in one.cards), default=None)
