"""Digests a second, and how long an alert takes from a stored story to the mail server.

A day of 20,000 made-up stories in 7,000 events; 1, 1,000 and 100,000 watches,
fifty to a subscriber, each of which found five stories of the day (for 60 subscribers at most:
their digests are 150 events each). Every such
subscriber's daily digest is composed, rendered as a mail and put into the
outbox by the same function that runs (`issue_due`). Composing and rendering
apart are measured on one subscriber's digest, in processor time.

Then, on the same archive, stories are stored one by one, each found by one
instant watch; a real SMTP server on 127.0.0.1 says when the alert has arrived.
The time between is wall time over matching, composing, rendering and SMTP.
"""

import os
import random
import socket
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
warnings.filterwarnings("ignore", category=DeprecationWarning, module="aiosmtpd")

from aiosmtpd.controller import Controller  # noqa: E402
from made.archives import page_kept  # noqa: E402
from made.stories import stories as made_stories  # noqa: E402
from sqlalchemy import insert  # noqa: E402

from alerts.delivering import deliver_due  # noqa: E402
from alerts.issuing import Sender, draft, issue_due  # noqa: E402
from alerts.matching import match_new  # noqa: E402
from alerts.render import render  # noqa: E402
from alerts.smtp import Smtp  # noqa: E402
from alerts.turns import slots_turn  # noqa: E402
from archive import Archive, open_archive, tables  # noqa: E402
from archive.collecting import ledger  # noqa: E402
from archive.keeping import stories  # noqa: E402
from archive.telling import subscribers  # noqa: E402
from news import PlayedClock, Rhythm, Story, Subscriber, Target, Watch  # noqa: E402
from news.rhythms import read_rhythm  # noqa: E402
from query import Topics  # noqa: E402

STORIES, EVENTS, BYTES = 20_000, 7_000, 600
WATCHES = (1, 1_000, 100_000)
#: watches of a subscriber, and stories that each has found
EACH, FOUND = 50, 5
#: subscribers for whom something was found, where there are more
MOST = 60
#: alerts measured, by the number of watches
ALERTS = {1: 200, 1_000: 200, 100_000: 20}
NOON = datetime(2018, 9, 20, 12, tzinfo=UTC)
SENDER = Sender(address="Harborwatch <watch@harbor.example>", outlet_names={}, topic_titles={})
DAILY = read_rhythm("daily 07:00")


def main() -> int:
    load, cores = os.getloadavg()[0], os.cpu_count()
    print(f"a day of {STORIES:,} stories in {EVENTS:,} events")
    print(f"at work beside this: {load:.1f} processes on {cores} cores")
    print(
        f"\n{'watches':>9}{'digests':>9}{'a second':>10}{'compose ms':>12}{'render ms':>11}"
        f"{'alerts':>8}{'median s':>10}{'slowest s':>13}"
    )
    for watches in WATCHES:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), watches)
    return 0


def measure(folder: Path, watches: int) -> None:
    archive = open_archive(f"sqlite:///{folder}/archive.db")
    page = page_kept(archive)
    print_day(archive, page)
    everybody = readers(watches)
    with archive.write() as db:
        subscribers.synchronise(db, everybody)
    find(archive, everybody[:MOST])
    compose, rendering = apart(archive, everybody[0])
    began = time.process_time()
    issued = len(issue_due(archive, SENDER, NOON))
    taken = time.process_time() - began
    with server() as (arrived, port):
        times = alerts(archive, page, ALERTS[watches], arrived, port)
    archive.close()
    times.sort()
    # Of fewer alerts no percentile can be told: the slowest of all stands for it.
    name, most = (
        ("p99", times[int(len(times) * 0.99)]) if len(times) >= 100 else ("most", times[-1])
    )
    print(
        f"{watches:>9,}{issued:>9,}{issued / taken:>10.1f}{compose * 1000:>12.1f}"
        f"{rendering * 1000:>11.1f}{len(times):>8}{statistics.median(times):>10.3f}"
        f"{name:>7}{most:>6.3f}",
        flush=True,
    )


def print_day(archive: Archive, page: int) -> None:
    """Write a day of stories, three or so to an event, in bulk."""
    chance = random.Random(2018)
    told = made_stories(2018, STORIES, BYTES)
    at = [NOON - timedelta(seconds=86_400 * (1 - n / STORIES)) for n in range(STORIES)]
    event = [chance.randint(1, EVENTS) for _ in range(STORIES)]
    with archive.write() as db:
        rows = [{"id": n, "opened_at": NOON, "last_seen_at": NOON} for n in range(1, EVENTS + 1)]
        db.execute(insert(tables.events), rows)
        rows = [
            {
                "id": n, "outlet": f"o{n % 200}", "country": "ID", "source": f"o{n % 200}/feed",
                "address": f"https://o{n % 200}.example/{n}", "language": story.language,
                "published_at": seen, "first_seen_at": seen, "history": False, "revision": 1,
                "event": of,
            }
            for n, (story, seen, of) in enumerate(zip(told, at, event, strict=True), 1)
        ]  # fmt: skip
        db.execute(insert(tables.stories), rows)
        rows = [
            {
                "story": n, "number": 1, "page": page, "seen_at": seen, "title": story.title,
                "titles": [], "body": story.body, "authors": [], "method": "made",
                "confidence": 1.0, "images": [], "facts": [],
            }
            for n, (story, seen) in enumerate(zip(told, at, strict=True), 1)
        ]  # fmt: skip
        db.execute(insert(tables.revisions), rows)
    archive.tidy()


def readers(watches: int) -> list[Subscriber]:
    """Return the subscribers; the first one has an instant watch beside."""
    everybody = []
    for number in range(0, watches, EACH):
        mine = [
            Watch(name=f"w{n}", query=f'"name{n}" OR "thing{n} {n}"', rhythm=DAILY)
            for n in range(number, min(watches, number + EACH))
        ]
        everybody.append(
            Subscriber(
                id=f"s{number:06}",
                name="",
                zone="Asia/Jakarta",
                language="en",
                targets=(Target(channel="mail", address=f"s{number}@desk.example"),),
                watches=tuple(mine),
            )
        )
    instant = Watch(name="now", query="harborlight", rhythm=Rhythm(kind="instant"))
    first = everybody[0]
    return [replace(first, watches=(*first.watches, instant)), *everybody[1:]]


def find(archive: Archive, some: Sequence[Subscriber]) -> None:
    """Write what the watches have found, as matching would."""
    chance = random.Random(7)
    rows = [
        {
            "subscriber": one.id, "watch": watch.name, "story": story, "revision": 1,
            "matched_at": NOON, "sentence": "One of these names was told.", "hits": [[7, 18]],
        }
        for one in some
        for watch in one.watches
        for story in chance.sample(range(1, STORIES + 1), FOUND)
        if watch.rhythm == DAILY
    ]  # fmt: skip
    with archive.write() as db:
        db.execute(insert(tables.matches), rows)


def apart(archive: Archive, one: Subscriber) -> tuple[float, float]:
    """Return seconds for composing one subscriber's digest, and for rendering it."""
    turn = slots_turn(one, {}, NOON)
    assert turn is not None
    composing, rendering = [], []
    for _ in range(5):
        with archive.read() as db:
            checked = ledger.checked(db)
            began = time.process_time()
            digest = draft(db, one, turn, SENDER, checked, NOON).digest
        composing.append(time.process_time() - began)
        assert digest is not None
        began = time.process_time()
        render(digest, SENDER.address, one.targets[0], NOON)
        rendering.append(time.process_time() - began)
    return statistics.median(composing), statistics.median(rendering)


@contextmanager
def server() -> Iterator[tuple[list[float], int]]:
    """Start an SMTP server that notes when mails arrive."""
    arrived: list[float] = []

    class Desk:
        async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
            arrived.append(time.perf_counter())
            return "250 OK"

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = Controller(Desk(), hostname="127.0.0.1", port=port, ready_timeout=60)
    running.start()
    try:
        yield arrived, port
    finally:
        running.stop()


def alerts(
    archive: Archive, page: int, count: int, arrived: list[float], port: int
) -> list[float]:
    """Store stories one by one; return seconds until the mail server has each one's alert."""
    clock, topics = PlayedClock(NOON), Topics({})
    channels = {
        "mail": Smtp(host="127.0.0.1", port=port, security="none", sender="watch@harbor.example")
    }
    # The digests of the day go out first: they are not what is measured.
    with archive.write() as db:
        db.execute(tables.deliveries.update().values(state="sent"))
    taken = []
    for number in range(count + 1):
        clock.advance(NOON + timedelta(minutes=number))
        with archive.write() as db:
            stories.create(db, told_now(number, page, clock.now()))
        began, before = time.perf_counter(), len(arrived)
        match_new(archive, topics, clock)
        issue_due(archive, SENDER, clock.now())
        deliver_due(archive, channels, clock)
        assert len(arrived) == before + 1, "each story is one alert"
        taken.append(arrived[-1] - began)
    # With the first one all watches are compiled, once for all rounds.
    return taken[1:]


def told_now(number: int, page: int, at: datetime) -> Story:
    address = f"https://now.example/{number}"
    return Story(
        outlet="now",
        country="ID",
        source="now/feed",
        page=page,
        page_key=f"now.example/{number}",
        address=address,
        key=f"now.example/{number}",
        title=f"Harborlight shines for the time number {number}",
        titles=(),
        body="The harborlight was seen from the river.",
        authors=(),
        published=None,
        modified=None,
        language="en",
        method="made",
        confidence=1.0,
        first_seen_at=at,
        fetched_at=at,
        history=False,
    )


if __name__ == "__main__":
    raise SystemExit(main())
