"""Whose turn it is: which of a subscriber's watches are told now, and in which slot. Pure.

All slots that have come make one digest, under the name of the latest: two
rhythms that meet at a moment, and slots missed while nothing ran.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from alerts.days_off import days_off
from alerts.slots import due_slot
from archive.telling.subscribers import Call
from news import Rhythm, Subscriber, Watch
from news.rhythms import read_rhythm, written


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A digest that is due to a subscriber."""

    #: in a digest: "now:…", or the latest slot that has come
    slot: str
    instant: bool
    watches: tuple[Watch, ...]
    #: the rhythms whose slots have come, with the moment up to which they are made
    closes: Mapping[str, datetime]
    #: the last slot that was made before; None where none was
    since: datetime | None = None


def called(calls: Iterable[Call], now: datetime) -> set[str]:
    """Return the subscribers with a rhythm whose slot has come.

    Thousands of them share a few rhythms, zones and holidays: each of these is asked once.
    """
    latest: dict[tuple[str, str, str], datetime | None] = {}
    due = set()
    for call in calls:
        alike = (call.rhythm, call.zone, call.holidays)
        if alike not in latest:
            slot = due_slot(
                read_rhythm(call.rhythm), call.zone, None, now, None, days_off(call.holidays)
            )
            latest[alike] = slot[1] if slot else None
        moment = latest[alike]
        if moment is not None and (call.last is None or call.last < moment):
            due.add(call.subscriber)
    return due


def instant_turn(subscriber: Subscriber, now: datetime) -> Turn | None:
    """Return the turn of the watches that are told at once; None in quiet hours."""
    rhythm = Rhythm(kind="instant")
    watches = tuple(watch for watch in subscriber.watches if watch.rhythm == rhythm)
    due = due_slot(rhythm, subscriber.zone, None, now, subscriber.quiet) if watches else None
    if due is None:
        return None
    return Turn(slot=due[0], instant=True, watches=watches, closes={})


def slots_turn(subscriber: Subscriber, last: Mapping[str, datetime], now: datetime) -> Turn | None:
    """Return the turn of the watches whose slots have come, given the last ones by rhythm.

    What watches that are told at once have found and still wait with goes along.
    """
    is_off = days_off(subscriber.holidays)
    rhythms = {watch.rhythm for watch in subscriber.watches if watch.rhythm.kind == "slots"}
    due = {
        rhythm: slot
        for rhythm in rhythms
        if (
            slot := due_slot(rhythm, subscriber.zone, last.get(written(rhythm)), now, None, is_off)
        )
    }
    if not due:
        return None
    return Turn(
        slot=max(due.values(), key=lambda slot: slot[1])[0],
        instant=False,
        watches=tuple(
            watch
            for watch in subscriber.watches
            if watch.rhythm in due or watch.rhythm.kind == "instant"
        ),
        closes={written(rhythm): moment for rhythm, (_, moment) in due.items()},
        since=max(last.values(), default=None),
    )
