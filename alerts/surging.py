"""Telling of surges: once a watch and day, at once, outside of the reader's quiet hours.

matches of 8 weeks ─ by day, copies once ─ a surge? (alerts.surge) ─ told before? ─► outbox

Yesterday is asked beside today: what came late in the day, in quiet hours or
while nothing ran is told when it can be.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from alerts.clean import isolated, shorten
from alerts.issuing import Sender
from alerts.line_issues import Lines, lines_issue
from alerts.links import Links
from alerts.slots import due_slot
from alerts.surge import LEAST_STORIES, WEEKS, Surge, past_of, surge
from alerts.wording import Wording, wording_for
from archive import Archive
from archive.telling import digests, subscribers, watch_days
from archive.telling.digests import Issue
from news import Rhythm, Subscriber

#: holds today and yesterday of any zone
_LATELY = timedelta(days=3)
#: holds the past of both
_LONG = timedelta(weeks=WEEKS, days=3)
#: characters of a watch's name
_NAME = 60
#: expected stories from which on a tenth of one says nothing
_WHOLE = 10

#: (subscriber, watch) -> the day that it was read on, and the watch's past days
Pasts = dict[tuple[str, str], tuple[date, Mapping[date, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A surge that a subscriber is to be told of."""

    subscriber: Subscriber
    watch: str
    day: date
    surge: Surge

    @property
    def slot(self) -> str:
        """Return what it is told once under."""
        return _slot(self.day, self.watch)


def tell_surges(
    archive: Archive, sender: Sender, now: datetime, known: Pasts | None = None
) -> int:
    """Put every surge that was not told yet into the outbox; returns how many.

    `known` holds from call to call what was read of the past of busy watches.
    """
    with archive.read() as db:
        found = list(_found(db, now, {} if known is None else known))
    told = 0
    for one in found:
        issue = surge_issue(one, sender, now)
        with archive.write() as db:
            told += digests.save(db, issue) is not None
    return told


def surge_issue(due: Due, sender: Sender, now: datetime) -> Issue:
    """Return the surge as one line, rendered for each of the subscriber's targets."""
    subscriber = due.subscriber
    wording = wording_for(subscriber.language)
    line = isolated(surge_line(due, wording, now))
    said = Lines(
        subscriber=subscriber,
        slot=due.slot,
        subject=line,
        lines=[line],
        because=wording.surge_because.format(watch=isolated(shorten(due.watch, _NAME))),
        links=Links(url=sender.public_url, signer=sender.signer, now=now),
    )
    return lines_issue(said, sender, now)


def surge_line(due: Due, wording: Wording, now: datetime) -> str:
    """Return what is said: "harbor: 12 stories today, 3 expected"."""
    zone = ZoneInfo(due.subscriber.zone)
    usual = due.surge.expected
    pattern = wording.surge if _today(now, zone) == due.day else wording.surge_before
    return pattern.format(
        watch=shorten(due.watch, _NAME),
        stories=wording.count(wording.stories, due.surge.stories),
        expected=wording.number(round(usual) if usual >= _WHOLE else round(usual, 1)),
        day=wording.day(_midnight(due.day, zone)),
    )


def _found(db: Connection, now: datetime, known: Pasts) -> Iterator[Due]:
    first = cache(lambda span: watch_days.first_number(db, now - span))
    busy = watch_days.busy(db, now - _LATELY, first(_LATELY), LEAST_STORIES)
    everybody = {one.id: one for one in subscribers.load(db, {who for who, _ in busy})}
    for key in known.keys() - set(busy):
        del known[key]
    for who, name in busy:
        subscriber = everybody.get(who)
        # A reader may have said no to all mails, or to this watch alone.
        if subscriber is None or all(watch.name != name for watch in subscriber.watches):
            continue
        if due_slot(Rhythm(kind="instant"), subscriber.zone, None, now, subscriber.quiet):
            yield from _surges(db, subscriber, name, now, known, first)


def _surges(  # noqa: PLR0917 - a watch, and what is read once for all
    db: Connection,
    subscriber: Subscriber,
    watch: str,
    now: datetime,
    known: Pasts,
    first: Callable[[timedelta], int],
) -> Iterator[Due]:
    """Yield the surges of yesterday and today that were not told yet."""
    zone = ZoneInfo(subscriber.zone)
    today = _today(now, zone)
    days = {_slot(day, watch): day for day in (today - timedelta(days=1), today)}
    told = watch_days.told_slots(db, subscriber.id, days)
    if len(told) == len(days):
        return
    key = (subscriber.id, watch)
    # 20 ms for a watch of 70 stories a day, and the same until the day is over.
    if key not in known or known[key][0] != today:
        known[key] = (today, _past(db, key, today, zone, first(_LONG)))
    since = _midnight(today - timedelta(days=1), zone)
    counts = watch_days.stories_by_day(db, key, since, first(_LATELY), zone)
    for slot, day in days.items():
        found = surge(day, counts[day], known[key][1])
        if found is not None and slot not in told:
            yield Due(subscriber=subscriber, watch=watch, day=day, surge=found)


def _past(
    db: Connection, watch: tuple[str, str], today: date, zone: ZoneInfo, least: int
) -> Mapping[date, int]:
    """Return what a watch found on each watched day that today or yesterday is measured by."""
    yesterday = today - timedelta(days=1)
    since, _ = past_of(yesterday)
    found = watch_days.first_found(db, *watch)
    if found is None:
        return {}
    counts = watch_days.stories_by_day(db, watch, _midnight(since, zone), least, zone)
    # The day on which a watch began to find is not known as a whole.
    begun = found.astimezone(zone).date() + timedelta(days=1)
    watched = watch_days.watched_days(db, max(since, begun), yesterday)
    return {day: counts[day] for day in watched}


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _today(now: datetime, zone: ZoneInfo) -> date:
    return now.astimezone(zone).date()


def _slot(day: date, watch: str) -> str:
    return f"surge:{day.isoformat()}:{watch}"
