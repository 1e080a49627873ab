"""The mailbox folder: each digest one .eml file, the channel before SMTP is set up."""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from news import ChannelError, Delivery


@dataclass(frozen=True, slots=True)
class MailboxFolder:
    """Writes deliveries into a folder, which it makes when it is missing."""

    folder: Path

    @property
    def name(self) -> str:
        """Return what targets call it."""
        return "mailbox"

    def send(self, delivery: Delivery) -> None:
        """Write the message; the same Message-ID twice leaves one file.

        Whatever happens, the folder never shows half a message.
        Raises ChannelError when the folder cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write(self.folder / file_name(delivery.message_id), delivery.message)
        except OSError as error:
            raise ChannelError(
                f"cannot write to the mailbox folder {self.folder}: {error.strerror or error}",
                permanent=False,
                hint="make room or give write permission; it is tried again",
            ) from error


def file_name(message_id: str) -> str:
    """Return a file name for the Message-ID, safe on every file system."""
    plain = message_id.strip().removeprefix("<").removesuffix(">")
    safe = re.sub(r"[^A-Za-z0-9@._-]", "_", plain).lstrip(".")[:120]
    if safe != plain or not safe:
        # Two ids that differ only in what was replaced keep two files.
        safe += "-" + hashlib.sha256(message_id.encode(errors="replace")).hexdigest()[:12]
    return safe + ".eml"


def _write(path: Path, message: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(message)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut."""
    if os.name != "posix":
        return  # other systems cannot open a folder to sync it
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
