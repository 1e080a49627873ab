"""A round of Harborwatch that dies: python dying.py HOME TIME WORK HOW.

WORK is "poll", "tell" or "both"; HOW is "alive", "store:3" (killed when the
third story is to be stored), "claimed:2" (killed with the second delivery
claimed and not sent), "sent:2" (killed with it sent and not written down) or
"moment:1.5" (killed after that many seconds). What is sent stands in
HOME/sent.log, one Message-ID a line.
"""

import asyncio
import os
import signal
import sys
import threading
from datetime import datetime
from pathlib import Path

from alerts.mailbox import MailboxFolder
from harborwatch import work
from harborwatch.wiring import put_together
from news import Delivery, PlayedClock, Story
from pipelines.store import Store


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def prepare(home: Path, how: str) -> None:
    """Put the death where it is wanted."""
    kind, _, number = how.partition(":")
    counts = {"store": 0, "send": 0}
    stored, sent = Store.process_item, MailboxFolder.send

    def process_item(self: Store, item: Story) -> Story:
        counts["store"] += 1
        if kind == "store" and counts["store"] == int(number):
            die()
        return stored(self, item)

    def send(self: MailboxFolder, delivery: Delivery) -> None:
        counts["send"] += 1
        mine = counts["send"] == int(number) if kind in ("claimed", "sent") else False
        if kind == "claimed" and mine:
            die()
        sent(self, delivery)
        with (home / "sent.log").open("a") as log:
            log.write(f"{delivery.message_id}\n")
        if kind == "sent" and mine:
            die()

    Store.process_item = process_item  # type: ignore[method-assign]
    MailboxFolder.send = send  # type: ignore[method-assign]
    if kind == "moment":
        threading.Timer(float(number), die).start()


async def round_of(home: Path, at: datetime, what: str) -> None:
    """Do one round, at that played time."""
    program = put_together(home, PlayedClock(at), [home / "outlets"])
    try:
        if what in ("poll", "both"):
            await work.poll(program)
        if what in ("tell", "both"):
            await work.tell(program)
    finally:
        await program.close()


if __name__ == "__main__":
    folder, moment, doing, ending = sys.argv[1:]
    prepare(Path(folder), ending)
    asyncio.run(round_of(Path(folder), datetime.fromisoformat(moment), doing))
