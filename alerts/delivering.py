"""Delivering: the outbox is emptied through the channels, each row by one worker."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from alerts.backoff import LONGEST_WAIT, next_try
from alerts.channels import Channel
from archive import Archive
from archive.telling import outbox
from news import ChannelError, Clock, Delivery

_log = logging.getLogger(__name__)

#: how long a claimed delivery belongs to its worker; longer than any channel's time out
LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What a round of deliveries came to."""

    sent: int = 0
    #: to be tried again
    failed: int = 0
    #: given up
    dead: int = 0


def deliver_due(archive: Archive, channels: Mapping[str, Channel], clock: Clock) -> Delivered:
    """Send every delivery whose time has come. May block on channels.

    What one channel or target does is nobody else's trouble: each delivery
    ends in a line of the outbox, and the next one is taken.
    """
    sent = failed = dead = 0
    while True:
        with archive.write() as db:
            delivery = outbox.claim(db, clock.now(), LEASE)
        if delivery is None:
            return Delivered(sent=sent, failed=failed, dead=dead)
        error = _send(channels, delivery)
        if error is None:
            with archive.write() as db:
                outbox.sent(db, delivery.id, clock.now())
            _log.info("delivery %s sent", delivery.id, extra=_ids(delivery))
            sent += 1
        elif _put_off(archive, delivery, error, clock):
            failed += 1
        else:
            dead += 1


def _send(channels: Mapping[str, Channel], delivery: Delivery) -> ChannelError | None:
    channel = channels.get(delivery.target.channel)
    if channel is None:
        return ChannelError(
            f'no channel "{delivery.target.channel}" is set up',
            permanent=False,
            hint="set it up in the configuration; known are: " + ", ".join(sorted(channels)),
        )
    try:
        channel.send(delivery)
    except ChannelError as error:
        return error
    except Exception as error:  # noqa: BLE001 - one message must not hold up all others
        _log.exception("delivery %s: a fault of the channel %s", delivery.id, channel.name)
        return ChannelError(
            f"the channel failed: {type(error).__name__}", permanent=False, hint="see the log"
        )
    return None


def _put_off(archive: Archive, delivery: Delivery, error: ChannelError, clock: Clock) -> bool:
    """Write the failure down; returns whether it is tried again."""
    again = None
    if not error.permanent:
        again = next_try(delivery.attempts, clock.now(), delivery.message_id)
        if again is not None and error.after is not None:
            # Asked to wait longer, we do; a wait of weeks is nobody's wish.
            again = max(again, clock.now() + min(error.after, LONGEST_WAIT))
    with archive.write() as db:
        outbox.failed(db, delivery.id, str(error), again)
    level = logging.WARNING if again else logging.ERROR
    said = ("delivery %s to %s: %s", delivery.id, delivery.target.address, error)
    _log.log(level, *said, extra=_ids(delivery))
    return again is not None


def _ids(delivery: Delivery) -> dict[str, object]:
    """Return what a line of the log names a delivery by."""
    target = f"{delivery.target.channel}:{delivery.target.address}"
    return {"delivery": delivery.id, "digest": delivery.digest, "target": target}
