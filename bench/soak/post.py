"""The readers' mail server and their configuration: what was told to whom, and when."""

import email
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from serving import SharedTime
from world import NAMES, World

from harborwatch.config import NAME

#: told at once; each morning; at once, but not at night
READERS = ("ana", "bora", "cam")
_LINK = re.compile(r"http://(s\d+)\.localhost:\d+/news/(\d+)/")
QUERY = f'{NAMES["zh"]} OR {NAMES["th"]} OR "{NAMES["vi"]}"'
_RHYTHMS = {"ana": "instant", "bora": "daily 07:00", "cam": "instant"}


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail that was taken: when, for whom, and the stories it links to."""

    at: datetime
    reader: str
    message_id: str
    subject: str
    stories: frozenset[tuple[str, int]]


@dataclass
class Post:
    """A mail server that is shut for some hours."""

    world: World
    time: SharedTime
    taken: list[Mail] = field(default_factory=list)
    turned_away: int = 0
    shut: bool = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a mail, or say that there is no room now."""
        now = self.time.get()
        begin, end = self.world.shut
        if self.shut or begin <= now < end:
            self.turned_away += 1
            return "452 4.3.1 no room"
        said = email.message_from_bytes(envelope.content, policy=default)
        plain = said.get_body(("plain",))
        text = plain.get_content() if plain is not None else ""
        links = frozenset((host, int(number)) for host, number in _LINK.findall(text))
        reader = envelope.rcpt_tos[0].partition("@")[0]
        self.taken.append(Mail(now, reader, said["Message-ID"], said["Subject"], links))
        return "250 taken"

    @contextmanager
    def opened(self) -> Iterator[int]:
        """Serve on a port of its own."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        controller = Controller(self, hostname="127.0.0.1", port=port)
        controller.start()
        try:
            yield port
        finally:
            controller.stop(no_assert=True)


def subscribe(home: Path, port: int, pace: float, polls_per_day: float) -> None:
    """Write the configuration of the readers' program."""
    readers = "".join(
        f'''
[[subscribers]]
id = "{reader}"
zone = "UTC"
targets = ["mail:{reader}@harbor.example"]
{'quiet = "22:00-06:00"' if reader == "cam" else ""}

[[subscribers.watches]]
name = "port"
query = \'\'\'{QUERY}\'\'\'
rhythm = "{_RHYTHMS[reader]}"
'''
        for reader in READERS
    )
    home.joinpath(NAME).write_text(
        f"""[crawl]
contact = "soak@harbor.example"
pace = {pace}
polls_per_day = {polls_per_day}
allow_private_addresses = true

[mail]
sender = "Harborwatch <watch@harbor.example>"
server = "smtp://127.0.0.1:{port}"
{readers}""",
        "utf-8",
    )
