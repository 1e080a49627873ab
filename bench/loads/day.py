"""A played day of many sources in one process."""

import os
import resource
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from made.many import Many
from made.played_transport import PlayedTransport
from peers.drivers.processors import processor
from sqlalchemy import Connection, bindparam, func, select, update

from archive import open_archive
from archive.collecting import sources
from archive.tables import polls, stories
from archive.tables import sources as table
from crawler import catalogue
from crawler.cycle import crawl_settings, run_cycle
from crawler.places import topic_folders
from harborwatch.schedule import POLL_EVERY
from news import PlayedClock
from pipelines.reading.worker import Workers
from pipelines.stages import Tools
from pipelines.turns import Turns
from query import Names, Topics

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
_PAGE = os.sysconf("SC_PAGE_SIZE") / 1e6


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
    tools = _tools(many, folder, clock)
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
    print(f"a day of {day.sources:,} sources in one process, {day.polls_per_day:g} polls each")
    print("played at      polls  stories  parent CPU s  its reader's  memory MB", flush=True)
    try:
        with tools.archive.write() as db:
            _spread(db, clock.now(), day)
        await _hours(day, tools, settings, clock)
    finally:
        await tools.workers.close()
        tools.archive.close()


async def _hours(day: Day, tools: Tools, settings: object, clock: PlayedClock) -> None:
    begun, first = _spent(tools), time.monotonic()
    before, next_line = _counted(tools), BEGIN
    end = BEGIN + timedelta(hours=day.hours)
    at = clock.now()
    while at < end:
        clock.advance(at)
        await run_cycle(tools, settings)  # type: ignore[arg-type]  # Scrapy's settings
        if at >= next_line:
            _line(tools, at, begun)
            next_line += timedelta(hours=max(day.hours / 12, 0.25))
        at = max(at + timedelta(seconds=POLL_EVERY), clock.now())
    _line(tools, at, begun)
    parent, reader = (now - then for now, then in zip(_spent(tools), begun, strict=True))
    made = [now - then for now, then in zip(_counted(tools), before, strict=True)]
    share = (parent + reader) / (day.hours * 3600)
    print(f"{made[0]:,} polls, {made[1]:,} stories in {time.monotonic() - first:,.0f} s")
    print(f"CPU: {1e3 * (parent + reader) / max(made[0], 1):.1f} ms a poll, all told; "
          f"{100 * share:.1f} % of one core over the day "
          f"({100 * parent / (day.hours * 3600):.1f} % in the parent)", flush=True)  # fmt: skip


def _tools(many: Many, folder: Path, clock: PlayedClock) -> Tools:
    outlets = many.catalogue()
    tools = Tools(
        archive=open_archive(f"sqlite:///{folder / 'day.db'}"), outlets=outlets,
        topics=Topics.load(*topic_folders(folder)), names=Names.shipped(), clock=clock,
        workers=Workers(), turns=Turns(),
    )  # fmt: skip
    with tools.archive.write() as db:
        sources.synchronise(db, catalogue.sources_of(outlets.values()), clock.now())
    return tools


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


def _counted(tools: Tools) -> tuple[int, int]:
    with tools.archive.read() as db:
        return (
            db.execute(select(func.count()).select_from(polls)).scalar_one(),
            db.execute(select(func.count()).select_from(stories)).scalar_one(),
        )


def _line(tools: Tools, at: datetime, begun: tuple[float, float]) -> None:
    made, spent = _counted(tools), _spent(tools)
    memory = int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE
    parent, reader = (now - then for now, then in zip(spent, begun, strict=True))
    print(f"{at:%d %b %H:%M} {made[0]:10,} {made[1]:8,} {parent:13,.1f} {reader:13,.1f} "
          f"{memory:10,.0f}", flush=True)  # fmt: skip
