"""A round of deliveries that dies: python chat_dying.py FOLDER PORT MAILPORT TIME HOW.

HOW is "alive", "claimed:2" (killed with the second delivery claimed and not
sent), "sent:2" (killed with it sent and not written down) or "moment:0.2"
(killed after so many seconds of delivering).
"""

import os
import signal
import sys
import threading
from datetime import datetime
from pathlib import Path

from chat_outbox import SENDER, chats

from alerts.channels import Channel
from alerts.chat.channel import Chats
from alerts.delivering import deliver_due
from alerts.falling_back import fall_back_due
from alerts.mailbox import MailboxFolder
from alerts.smtp import Smtp
from archive import open_archive
from news import Delivery, PlayedClock


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def prepare(how: str, folder: Path) -> None:
    """Put the death where it is wanted, and have the deliveries that began written down."""
    begun = (folder / "begun").open("ab", buffering=0)
    kind, _, number = how.partition(":")
    count = [0]

    def dying(channel: type[Chats] | type[Smtp]) -> None:
        sent = channel.send

        def send(self: Channel, delivery: Delivery) -> None:
            count[0] += 1
            mine = kind != "moment" and how != "alive" and count[0] == int(number)
            if mine and kind == "claimed":
                die()
            begun.write(f"{delivery.id}\n".encode())
            sent(self, delivery)
            if mine and kind == "sent":
                die()

        channel.send = send

    dying(Chats)
    dying(Smtp)
    if kind == "moment":
        threading.Timer(float(number), die).start()


if __name__ == "__main__":
    folder, port, mail_port, moment, ending = sys.argv[1:]
    channels = {
        "chat": chats(
            desk=f"form://127.0.0.1:{port}/desk",
            push=f"ntfy://127.0.0.1:{port}/push",
            gone=f"json://127.0.0.1:{port}/gone",
        ),
        "mail": Smtp(host="127.0.0.1", port=int(mail_port), security="none", sender=SENDER),
        "mailbox": MailboxFolder(Path(folder) / "box"),
    }
    archive = open_archive(f"sqlite:///{Path(folder) / 'archive.db'}")
    clock = PlayedClock(datetime.fromisoformat(moment))
    prepare(ending, Path(folder))
    deliver_due(archive, channels, clock)
    if fall_back_due(archive, SENDER, clock.now()):
        deliver_due(archive, channels, clock)
    archive.close()
    # The timer of a death that was too late must not be waited for.
    os._exit(0)
