"""A crawl of its own, in a process of its own, that writes into an archive until it is told to end.

    python bench/loads/crawl.py sqlite:///stories.db --rate 2

The whole crawl of daily work: sources are polled, pages fetched (made.played_transport: no
network), kept, read by the readers' process, and take every stage of crawler/settings.py into
the archive, in the transactions that a poll makes. Each story speaks of a topic and gives facts.
One line of JSON says when it has begun, one when it ends what it wrote.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import sys
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HERE), str(HERE.parent)]

import uvloop  # noqa: E402 - the root must be found first
from made.many import Many  # noqa: E402
from made.played_transport import PlayedTransport  # noqa: E402
from peers.drivers.processors import processor  # noqa: E402

from archive import open_archive  # noqa: E402
from archive.collecting import sources  # noqa: E402
from crawler import catalogue  # noqa: E402
from crawler.cycle import crawl_settings, run_cycle  # noqa: E402
from crawler.places import topic_folders  # noqa: E402
from news import SystemClock  # noqa: E402
from pipelines.reading.worker import Workers  # noqa: E402
from pipelines.stages import Tools  # noqa: E402
from pipelines.turns import Turns  # noqa: E402
from query import Names, Topics  # noqa: E402

#: an outlet is polled each second, one after the other
OUTLETS, SOURCES = 8, 2
#: numbers of stories go on from run to run, so that each run's are new
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_DAY = 86_400
_NAMES = ("the Belt and Road Initiative", "the China-ASEAN Information Harbor", "RCEP", "ASEAN")
_TOWNS = ("Hanoi", "Jakarta", "Nanning", "Bangkok", "Manila", "Vientiane")


@dataclass(frozen=True, slots=True, kw_only=True)
class Press(Many):
    """A press whose stories speak of topics, amounts, days and places."""

    def _page(self, outlet: int, rest: str) -> bytes:
        chance = random.Random(f"{outlet}/{rest}/told")
        told = (
            f"<p>{chance.choice(_TOWNS)} signed for {chance.choice(_NAMES)} on "
            f"{chance.randint(1, 28)} March 2026 and pays US${chance.randint(2, 900)} million, "
            f"{chance.randint(2, 90)} percent of it before June.</p></article>"
        )
        # Without the two arguments: a dataclass with slots is made anew, and is not its own base.
        plain = Many._page(self, outlet, rest)  # noqa: SLF001 - its own
        return plain.replace(b"</article>", told.encode())


async def crawl(address: str, rate: float, home: Path) -> None:
    """Crawl until a signal says that it is enough."""
    per_day = rate * _DAY / (OUTLETS * SOURCES)
    many = Press(outlets=OUTLETS, sources=SOURCES, per_day=per_day, begin=BEGIN, port=80, most=10**12)  # fmt: skip
    PlayedTransport.many = many
    transports = {"DOWNLOAD_HANDLERS": {"http": PlayedTransport, "https": PlayedTransport}}
    settings = crawl_settings(
        transports
        | {"HARBORWATCH_ALLOW_PRIVATE": True, "HARBORWATCH_PACE": 0.0, "LOG_ENABLED": False}
    )
    tools, ended = _tools(many, address, home), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    try:
        # What every source shows at first would come at once.
        await run_cycle(tools, settings, outlets=list(many.catalogue()))
        say(began=True)
        begun, cpu, stored = time.monotonic(), processor(os.getpid()), 0
        while not ended.is_set():
            for name in many.catalogue():
                due = time.monotonic() + 1
                stored += (await run_cycle(tools, settings, outlets=[name])).stored
                if ended.is_set():
                    break
                await asyncio.sleep(max(0.0, due - time.monotonic()))
        took = time.monotonic() - begun
        say(stored=stored, seconds=took, cpu=processor(os.getpid()) - cpu)
    finally:
        await tools.workers.close()
        tools.archive.close()


def say(**what: object) -> None:
    print(json.dumps(what), flush=True)


def _tools(many: Many, address: str, home: Path) -> Tools:
    # Whose one page the made-up stories claim to come from: it waits to be read, and is refused.
    of_all = replace(many.outlet(0), id="made", sources=())
    outlets = {**many.catalogue(), of_all.id: of_all}
    tools = Tools(
        archive=open_archive(address), outlets=outlets, topics=Topics.load(*topic_folders(home)),
        names=Names.shipped(), clock=SystemClock(), workers=Workers(), turns=Turns(),
    )  # fmt: skip
    with tools.archive.write() as db:
        sources.synchronise(db, catalogue.sources_of(outlets.values()), tools.clock.now())
    return tools


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    given.add_argument("address")
    given.add_argument("--rate", type=float, default=2.0, help="stories a second")
    given.add_argument("--home", type=Path, default=Path(), help="with topics of its own")
    asked = given.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(crawl(asked.address, asked.rate, asked.home))


if __name__ == "__main__":
    main()
