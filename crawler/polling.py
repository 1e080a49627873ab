"""When a source is asked again, and how: what its polls taught, applied.

crawler.pulse holds the rule; here its hours meet clocks, outlets and the archive's rows.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from scrapy.settings import BaseSettings

from archive import Archive
from archive.collecting import pulses
from archive.collecting.pulses import Learnt
from archive.collecting.sources import DueSource
from crawler import pulse
from crawler.outcomes import share
from crawler.pulse import Beat, Bounds
from news import Entry, Habits, Outcome, Outlet, Poll, Precision, Pulse

#: polls with validators after which one is made without
TRUSTED = 23
#: stories expected that make "unchanged" as improbable as one in a hundred (Poisson: e^-x)
IMPROBABLE = -math.log(0.01)
#: hours of polls until which an outlet file's `every` bounds what was learnt
ENOUGH = 24.0
#: how long the habits of all sources hold, at first and when they are known
FRESH, KNOWN = timedelta(hours=1), timedelta(days=1)
#: dates of a first poll's entries tell of so many days before it
LOOKED_BACK = timedelta(days=7)
#: the share by which a wait differs from the rule's, so that sources do not march in step
JITTER = 0.1
#: one host's sources together take no more than one in so many of its moments
OF_MOMENTS = 4


def bounds_of(settings: BaseSettings) -> Bounds:
    """Return what the configuration bounds polls to."""
    return Bounds(
        floor=settings.getfloat("HARBORWATCH_SHORTEST_POLL") / 60,
        ceiling=settings.getfloat("HARBORWATCH_LONGEST_POLL") / 60,
        polls_per_day=settings.getfloat("HARBORWATCH_POLLS_PER_DAY"),
    )


def at_host(bounds: Bounds, outlet: Outlet, host: str, pace: float) -> Bounds:
    """Return the bounds of a source at this host: its pace, in seconds, leaves room for pages."""
    mates = sum(urlsplit(source.address).netloc == host for source in outlet.sources)
    floor = min(max(bounds.floor, mates * pace * OF_MOMENTS / 3600), bounds.ceiling)
    return replace(bounds, floor=floor)


def local(now: datetime, outlet: Outlet) -> float:
    """Return hours since 1970 on an outlet's own clock."""
    ahead = now.astimezone(ZoneInfo(outlet.zone)).utcoffset()
    assert ahead is not None, "an aware time has an offset"
    return (now.timestamp() + ahead.total_seconds()) / 3600


def learnt(
    before: Learnt | None,
    poll: Poll,
    *,
    new: int,
    entries: Sequence[Entry],
    outlet: Outlet,
    habits: Habits,
    history: bool,
) -> Learnt | None:
    """Return what is known of a source after a poll that showed so many new stories."""
    if poll.outcome not in (Outcome.GOOD, Outcome.UNCHANGED):
        return before
    now, at = poll.started_at, local(poll.started_at, outlet)
    if before is None:
        return Learnt(until=now, pulse=_from_dates(entries, now, outlet, habits))
    if history:
        return replace(before, until=now, expected=0.0, conditional=0)
    begin = local(before.until, outlet)
    whole = poll.status != 304
    return Learnt(
        until=max(now, before.until),
        pulse=pulse.learn(before.pulse, habits, begin, at, new),
        expected=0.0
        if whole
        else before.expected + Beat(before.pulse, habits).expected(begin, at),
        conditional=0 if poll.anew else before.conditional + 1,
    )


def expected(before: Learnt | None, poll: Poll, habits: Habits, outlet: Outlet) -> float:
    """Return how many stories were expected since the last good poll."""
    if before is None:
        return 0.0
    beat = Beat(before.pulse, habits)
    return beat.expected(local(before.until, outlet), local(poll.started_at, outlet))


def interval(
    poll: Poll,
    known: Learnt | None,
    habits: Habits,
    bounds: Bounds,
    *,
    every: int,
    outlet: Outlet,
) -> timedelta:
    """Return how long to wait after a good poll; until enough is known, `every` minutes at most."""
    held = Pulse() if known is None else known.pulse
    worth = 1 - JITTER / 2 + JITTER * share(poll.source, poll.started_at)
    at = local(poll.started_at, outlet)
    hours = pulse.wait(Beat(held, habits), habits.price, bounds, at, worth)
    if held.observed < ENOUGH:
        hours = max(min(hours, every / 60 * worth), bounds.floor)
    return timedelta(hours=hours)


def asked(due: DueSource, known: Learnt | None, habits: Habits, now: datetime, outlet: Outlet) -> DueSource:  # fmt: skip
    """Return the source as it is to be asked: now and then without validators.

    Some servers say "unchanged" of what has changed. None is believed for
    longer than `TRUSTED` polls, or when so much was expected that it is improbable.
    """
    if known is None or due.lies:
        return due
    more = Beat(known.pulse, habits).expected(local(known.until, outlet), local(now, outlet))
    improbable = known.expected > 0 and known.expected + more > IMPROBABLE
    return replace(due, anew=improbable or known.conditional >= TRUSTED)


def look_at_all(archive: Archive, bounds: Bounds, now: datetime) -> None:
    """Find what all sources have in common, and the price of a poll, where that has grown old."""
    with archive.read() as db:
        before, until = pulses.habits(db) or (Habits(), now)
        if until > now:
            return
        known = pulses.of_catalogue(db)
    if not known:
        return
    settled = sum(one.observed for one in known) / len(known) >= pulse.SETTLED
    made = pulse.habits_of(known, bounds, before)
    with archive.write() as db:
        pulses.save_habits(db, made, now + (KNOWN if settled else FRESH))


def _from_dates(entries: Sequence[Entry], now: datetime, outlet: Outlet, habits: Habits) -> Pulse:
    """Return what the dates of a first poll's entries say; none where few have a time of day."""
    dates = [entry.published or entry.modified for entry in entries]
    times = sorted(
        one.at
        for one in dates
        if one and one.precision is not Precision.DAY and now - LOOKED_BACK < one.at <= now
    )
    if len(times) < 5:
        return Pulse()
    begin, end = local(times[0], outlet), local(now, outlet)
    at = [local(one, outlet) for one in times]
    made, hour = Pulse(), math.floor(begin)
    while hour < end:
        until = min(hour + 1.0, end)
        new = sum(hour <= one < until for one in at)
        made = pulse.learn(made, habits, max(float(hour), begin), until, new)
        hour += 1
    # They say nothing of what a source shows only for a while, nor of bursts under way.
    return replace(made, observed=0.0, burst=0.0)
