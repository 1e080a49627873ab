"""Which mails a process had in hand when it died: those alone may come again.

A mail is in hand from the moment that it goes to the server until the archive's note of how
that ended is committed. Each process writes both moments down; what a dead one began and did not
end, its death had in hand. An error is no death: whoever meets one ends what it began.
"""

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from alerts import delivering
from alerts.channels import Channel
from alerts.smtp import Smtp
from archive import Archive
from news import Clock, Delivery

_NAME = "mails"


def watch_mails(home: Path) -> None:
    """Let this process write down which mails it begins to send, and which it has noted."""
    send, deliver = Smtp.send, delivering._deliver  # noqa: SLF001 - a bench may look

    def tell(what: str, delivery: Delivery) -> None:
        with (home / _NAME).open("a") as log:
            log.write(f"{os.getpid()} {what} {delivery.message_id}\n")

    def sent(self: Smtp, delivery: Delivery) -> None:
        tell("begun", delivery)
        send(self, delivery)

    def delivered(
        archive: Archive, channels: Mapping[str, Channel], delivery: Delivery, clock: Clock
    ) -> "delivering._Outcome":
        try:
            return deliver(archive, channels, delivery, clock)
        finally:
            tell("ended", delivery)

    Smtp.send = sent  # type: ignore[method-assign]
    delivering._deliver = delivered  # noqa: SLF001


def in_hand(home: Path) -> Counter[str]:
    """Return how many deaths had each message in hand."""
    log, open_now = home / _NAME, Counter[tuple[str, str]]()
    for line in log.read_text().splitlines() if log.exists() else ():
        process, what, message = line.split(" ", 2)
        open_now[process, message] += 1 if what == "begun" else -open_now[process, message]
    return Counter(message for (_, message), times in open_now.items() if times)
