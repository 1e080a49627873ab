"""A played day of many sources in one process, with watches, alerts and digests."""

import os
import random
import resource
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from made.many import WORDS, Many
from made.played_transport import PlayedTransport
from peers.drivers.processors import processor
from sqlalchemy import Connection, bindparam, func, select, update

from archive.collecting import sources
from archive.tables import deliveries, polls, stories
from archive.tables import sources as table
from crawler import catalogue
from crawler.cycle import crawl_settings
from harborwatch import work
from harborwatch.config import NAME
from harborwatch.schedule import POLL_EVERY, TIDY_EVERY
from harborwatch.wiring import Program, put_together
from news import PlayedClock
from pipelines.stages import Tools

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
#: readers, and watches of each: the first two tell at once, the others in the morning
READERS, WATCHES = 10, 10
_AT_ONCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What is played."""

    sources: int
    #: of one source, on average
    polls_per_day: float
    stories_per_day: float
    #: how much of the day
    hours: float


async def play(day: Day, folder: Path) -> None:
    """Play the day and print what it took."""
    many = Many(outlets=max(day.sources // 2, 1), sources=2, per_day=day.stories_per_day,
                begin=BEGIN, port=80)  # fmt: skip
    PlayedTransport.many = many
    clock = PlayedClock(BEGIN)
    settings = crawl_settings(
        {
            "DOWNLOAD_HANDLERS": {"http": PlayedTransport, "https": PlayedTransport},
            "HARBORWATCH_ALLOW_PRIVATE": True,
            # A played clock is moved on by each wait for a host, one after the other.
            "HARBORWATCH_PACE": 0.0,
            "HARBORWATCH_POLLS_PER_DAY": day.polls_per_day,
            "LOG_ENABLED": False,
        }
    )
    program = replace(_program(many, folder, clock), settings=settings)
    print(f"a day of {day.sources:,} sources in one process, {day.polls_per_day:g} polls each, "
          f"{READERS * WATCHES} watches, no vectors")  # fmt: skip
    print(
        "played at      polls  stories    mails  parent CPU s  its reader's  memory MB", flush=True
    )
    try:
        with program.tools.archive.write() as db:
            _spread(db, clock.now(), day)
        await _hours(day, program, clock)
    finally:
        await program.close()


async def _hours(day: Day, program: Program, clock: PlayedClock) -> None:
    tools = program.tools
    begun, first = _spent(tools), time.monotonic()
    before, next_line, next_tidy = _counted(tools), BEGIN, BEGIN
    end = BEGIN + timedelta(hours=day.hours)
    at = clock.now()
    while at < end:
        clock.advance(at)
        await work.poll(program)
        await work.tell(program)
        if at >= next_tidy:
            await work.tidy(program)
            next_tidy += timedelta(seconds=TIDY_EVERY)
        if at >= next_line:
            _line(tools, at, begun)
            next_line += timedelta(hours=max(day.hours / 12, 0.25))
        at = max(at + timedelta(seconds=POLL_EVERY), clock.now())
    _line(tools, at, begun)
    parent, reader = (now - then for now, then in zip(_spent(tools), begun, strict=True))
    made = [now - then for now, then in zip(_counted(tools), before, strict=True)]
    share = (parent + reader) / (day.hours * 3600)
    print(
        f"{made[0]:,} polls, {made[1]:,} stories, {made[2]:,} mails in {time.monotonic() - first:,.0f} s"
    )
    print(f"CPU: {1e3 * (parent + reader) / max(made[0], 1):.1f} ms a poll, all told; "
          f"{100 * share:.1f} % of one core over the day "
          f"({100 * parent / (day.hours * 3600):.1f} % in the parent)", flush=True)  # fmt: skip


def _program(many: Many, folder: Path, clock: PlayedClock) -> Program:
    """Return the program of a home with readers, on a press that no file describes."""
    (folder / NAME).write_text("".join(map(_reader, range(READERS))), "utf-8")
    outlets = many.catalogue()
    made = put_together(folder, clock, catalogue=[])
    with made.tools.archive.write() as db:
        sources.synchronise(db, catalogue.sources_of(outlets.values()), clock.now())
    names = {one.id: one.name for one in outlets.values()}
    return replace(
        made,
        tools=replace(made.tools, outlets=outlets),
        sender=replace(made.sender, outlet_names=names),
        embedder=None,
    )


def _reader(number: int) -> str:
    """Return a reader with watches for two words of the press near each other."""
    chance = random.Random(f"reader {number}")
    watches = "".join(
        f"""
[[subscribers.watches]]
name = "w{at}"
query = '{" NEAR/4 ".join(chance.sample(WORDS, 2))}'
rhythm = "{"instant" if at < _AT_ONCE else "daily 07:00"}"
"""
        for at in range(WATCHES)
    )
    return f"""
[[subscribers]]
id = "r{number}"
zone = "Asia/Jakarta"
targets = ["mailbox:r{number}@desk.example"]
{watches}"""


def _spread(db: Connection, now: datetime, day: Day) -> None:
    """Let sources stand as after some days: proved, with validators, due one after the other."""
    ids = list(db.scalars(select(table.c.id).order_by(table.c.id)))
    step = timedelta(days=1) / day.polls_per_day / len(ids)
    known = {"etag": '"0"', "body_hash": "-", "first_good_at": now, "last_good_at": now}
    change = update(table).where(table.c.id == bindparam("one"))
    rows = [{"one": one, "at": now + at * step} for at, one in enumerate(ids)]
    db.execute(change.values(due_at=bindparam("at"), **known), rows)


def _spent(tools: Tools) -> tuple[float, float]:
    """Return the processor seconds of this process, and of its reading one."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    pids = [one.pid for one in tools.workers._all if one.pid is not None]  # noqa: SLF001 - a bench may look
    return used.ru_utime + used.ru_stime, sum(map(processor, pids))


def _counted(tools: Tools) -> tuple[int, int, int]:
    with tools.archive.read() as db:
        return (
            db.execute(select(func.count()).select_from(polls)).scalar_one(),
            db.execute(select(func.count()).select_from(stories)).scalar_one(),
            db.execute(select(func.count()).where(deliveries.c.state == "sent")).scalar_one(),
        )


def _memory(tools: Tools) -> float:
    """Return the megabytes of this process and its reading one; what both hold counts once (PSS)."""
    pids = [os.getpid(), *(one.pid for one in tools.workers._all if one.pid is not None)]  # noqa: SLF001 - as above
    held = 0
    for pid in pids:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        held += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return held / 1e3


def _line(tools: Tools, at: datetime, begun: tuple[float, float]) -> None:
    made, spent = _counted(tools), _spent(tools)
    parent, reader = (now - then for now, then in zip(spent, begun, strict=True))
    print(f"{at:%d %b %H:%M} {made[0]:10,} {made[1]:8,} {made[2]:8,} {parent:13,.1f} {reader:13,.1f} "
          f"{_memory(tools):10,.0f}", flush=True)  # fmt: skip
