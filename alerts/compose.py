"""Compose: what one subscriber gets for one slot (laws 3 and 5). Pure.

    matches ─ one per story ─ one group per event ─ one card per event (alerts.cards) ─ ordered ─► Digest

A story is news once. An event is told if any of its stories was, so merges
and splits send nothing. Nothing here depends on the order of the matches.

An event under the thresholds of all watches that found it is "minor": a line
of the next regular digest. It makes none until it has waited for a week, and
none goes out at once for it: meanwhile it waits, and may yet grow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.cards import Kind, card_of, events
from alerts.matches import Match, Told
from news import Card, Digest, Subscriber

__all__ = ["Composed", "Match", "Told", "compose", "composed", "told_by"]

#: What an instant digest's slot begins with; all others are regular slots.
INSTANT = "now:"

#: how long what is under every threshold waits for a digest that goes out anyway
MINOR_WAITS = timedelta(days=7)

_RANK: dict[Kind, int] = {"new": 0, "update": 1, "minor": 2, "also": 3, "sent": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A digest, or None, and the events that wait for a later one."""

    digest: Digest | None
    waiting: frozenset[int]


def compose(  # noqa: PLR0917 - all six are the question; the callers read like it
    subscriber: Subscriber,
    slot: str,
    at: datetime,
    matches: Sequence[Match],
    told: Told,
    ledger: str,
) -> Digest | None:
    """Return the subscriber's digest for the slot, or None when there is none to send.

    Only new events and updates make a digest; all other lines ride along. With
    `when_empty="say"` a regular slot always gives a digest, an instant one
    never does without news. `ledger` is the ledger's line.
    """
    return composed(subscriber, slot, at, matches, told, ledger).digest


def composed(  # noqa: PLR0917 - as above
    subscriber: Subscriber,
    slot: str,
    at: datetime,
    matches: Sequence[Match],
    told: Told,
    ledger: str,
) -> Composed:
    """Return the digest as `compose` does, and which events must not be settled yet."""
    instant = slot.startswith(INSTANT)
    made = [card_of(subscriber, group, told, at, instant=instant) for group in events(matches)]
    cards = [card for card in made if card is not None]
    kept = [card for card in cards if not instant or not _waits(card, at)]
    news = any(card.kind in {"new", "update"} for card in kept)
    news = news or any(card.kind == "minor" and not _waits(card, at) for card in kept)
    if not news and (instant or subscriber.when_empty == "skip"):
        waiting = frozenset(card.event for card in cards if card.kind == "minor")
        return Composed(digest=None, waiting=waiting)
    shown = tuple(sorted(kept, key=_order))
    digest = Digest(subscriber=subscriber, slot=slot, at=at, cards=shown, ledger=ledger)
    return Composed(
        digest=digest,
        waiting=frozenset(card.event for card in cards) - {card.event for card in shown},
    )


def told_by(digest: Digest) -> tuple[tuple[int, int], ...]:
    """Return the (story, revision) pairs that the digest tells, by story.

    These are the tellings of every card. In a "sent" card they are the ones
    that were told at once, and further ones counted in the same line.
    """
    return tuple(
        sorted({(line.story, line.revision) for card in digest.cards for line in card.tellings})
    )


def _waits(card: Card, at: datetime) -> bool:
    oldest = min(line.first_seen_at for line in card.tellings)
    return card.kind == "minor" and at - oldest < MINOR_WAITS


def _order(card: Card) -> tuple[int, bool, int, int, int, float, int]:
    """Order by kind, importance and novelty."""
    newest = max(line.first_seen_at for line in card.tellings).timestamp()
    worth = card.importance
    return (
        _RANK[card.kind],
        card.late,
        -worth.points,
        -worth.outlets,
        -worth.growth,
        -newest,
        card.event,
    )
