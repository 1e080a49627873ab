"""Batches: polls and fetches that were claimed by one process and are made by another.

The claim goes with the task: what it says of its lease's end lets exactly one
take it over, however often the task is run.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from scrapy.settings import Settings

from archive import Archive
from archive.collecting import sightings, sources
from crawler.claims import at_once
from crawler.cycle import Report, crawl, crawls_of, report_of
from crawler.spiders.article import LEASE as FETCH_LEASE
from crawler.spiders.article import MOST
from crawler.spiders.source import LEASE
from crawler.spiders.waiting import WaitingSpider
from news import Clock
from pipelines.stages import Tools

Name = TypeVar("Name", str, int)

#: an address seen so lately is fetched by who saw it
NEW = timedelta(seconds=10)
#: sources or addresses of one batch, but for a single host's
TOGETHER = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch(Generic[Name]):
    """What was claimed for one task: whole hosts, so that few wait for one another's pace."""

    ids: tuple[Name, ...]
    #: when the claim ends
    leased: datetime


def claim_polls(archive: Archive, clock: Clock, limit: int) -> list[Batch[str]]:
    """Claim sources that are due, the longest waiting first, in batches by host."""
    now = clock.now()
    with archive.write() as db:
        due = sources.claim_due(db, now, LEASE, limit=limit)
    by_host = [(urlsplit(one.source.address).netloc, one.source.id) for one in due]
    return [Batch(ids=ids, leased=now + LEASE) for ids in _batched(by_host)]


def claim_fetches(
    archive: Archive, clock: Clock, pace: float, limit: int = MOST
) -> list[Batch[int]]:
    """Claim addresses whose fetch is due, of each host what its pace (in seconds) lets be asked for."""
    now = clock.now()
    with archive.write() as db:
        due = sightings.claim_fetches(
            db,
            now,
            FETCH_LEASE,
            limit=limit,
            each=at_once(FETCH_LEASE, pace, limit),
            since=now - NEW,
        )
    by_host = [(urlsplit(one.address).netloc, one.address_id) for one in due]
    return [Batch(ids=ids, leased=now + FETCH_LEASE) for ids in _batched(by_host)]


async def poll(tools: Tools, settings: Settings, batch: Batch[str], stop: asyncio.Event) -> Report:
    """Poll a batch's sources and fetch what is new in them; those not asked are given back."""
    until = tools.clock.now() + LEASE
    with tools.archive.write() as db:
        due = sources.take_over(db, batch.ids, batch.leased, until)
    known = [one for one in due if one.source.outlet in tools.outlets]
    try:
        counted = await crawl(tools, settings, crawls_of(known), stop)
    finally:
        # What was polled has no lease any more, or a new one. A server that is away meanwhile
        # would keep the rest from being polled until their lease ends.
        mine = [one.source.id for one in due]
        await asyncio.to_thread(tools.archive.insist, lambda db: sources.release(db, mine, until))
    return report_of(counted)


async def fetch(
    tools: Tools, settings: Settings, batch: Batch[int], stop: asyncio.Event
) -> Report:
    """Fetch a batch's addresses."""
    return report_of(await crawl(tools, settings, [(WaitingSpider, {"batch": batch})], stop))


def _batched(by_host: Sequence[tuple[str, Name]]) -> list[tuple[Name, ...]]:
    """Return what is of one host together, and small hosts together."""
    batches: list[tuple[Name, ...]] = []
    for _, group in groupby(sorted(by_host), key=lambda one: one[0]):
        mine = tuple(name for _, name in group)
        if batches and len(batches[-1]) + len(mine) <= TOGETHER:
            batches[-1] += mine
        else:
            batches.append(mine)
    return batches
