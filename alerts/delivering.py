"""Delivering: the outbox is emptied through the channels, each row by one worker.

A slow server delays its own messages and nobody else's.
"""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from alerts.backoff import LONGEST_WAIT, next_try
from alerts.channels import Channel
from archive import Archive
from archive.telling import outbox
from news import ChannelError, Clock, Delivery, Target

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


#: deliveries of a channel at once: mails share one server, chats have each their own, and a
#: folder gains nothing from company
AT_ONCE: Mapping[str, int] = {"mail": 4, "chat": 8}
#: seconds after which what became due meanwhile is looked for, while others are under way
_LOOK_AGAIN = 1.0

_Outcome = Literal["sent", "failed", "dead"]


def deliver_due(
    archive: Archive,
    channels: Mapping[str, Channel],
    clock: Clock,
    stop: Callable[[], bool] = lambda: False,
) -> Delivered:
    """Send every delivery whose time has come. May block on channels.

    What one channel or target does is nobody else's trouble: each delivery
    ends in a line of the outbox. Some of a channel's are under way at once, of
    an address one, so that its messages come in order. After `stop` says so no
    more are begun.
    """
    done: Counter[_Outcome] = Counter()
    going: dict[Future[_Outcome], Target] = {}
    with ThreadPoolExecutor(thread_name_prefix="deliver") as pool:
        while True:
            delivery = None if stop() else _claimed(archive, going.values(), clock)
            if delivery is not None:
                begun = pool.submit(_deliver, archive, channels, delivery, clock)
                going[begun] = delivery.target
                continue
            if not going:
                return Delivered(sent=done["sent"], failed=done["failed"], dead=done["dead"])
            for ended in wait(going, timeout=_LOOK_AGAIN, return_when=FIRST_COMPLETED).done:
                del going[ended]
                done[ended.result()] += 1


def _claimed(archive: Archive, going: Collection[Target], clock: Clock) -> Delivery | None:
    """Claim what can begin beside those under way; None where nothing can."""
    busy = Counter(target.channel for target in going)
    full = [name for name, n in busy.items() if n >= AT_ONCE.get(name, 1)]
    with archive.write() as db:
        return outbox.claim(db, clock.now(), LEASE, full=full, busy=list(going))


def _deliver(
    archive: Archive, channels: Mapping[str, Channel], delivery: Delivery, clock: Clock
) -> _Outcome:
    """Hand over what was claimed, and write down how it ended."""
    error = _send(channels, delivery)
    if error is not None:
        return "failed" if _put_off(archive, delivery, error, clock) else "dead"
    # Only this process knows: it must not go out again because the server is started anew.
    archive.insist(lambda db: outbox.sent(db, delivery.id, clock.now()))
    _log.info("delivery %s sent", delivery.id, extra=_ids(delivery))
    return "sent"


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
    target = delivery.target.written
    return {"delivery": delivery.id, "digest": delivery.digest, "target": target}
