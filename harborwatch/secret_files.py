"""Secrets of our own making that a home folder keeps, each for its owner's eyes only."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from alerts.signing import Signer
from news import FileError

#: what the cookies of the page are signed with
COOKIES = "web.secret"
#: what the links in mails are signed with; lost, the links in old mails end
LINKS = "mail.secret"

#: bytes that no secret of ours has fewer of
SHORTEST = 32


def secret_of(home: Path, name: str) -> bytes:
    """Return a secret of a home folder, made where there is none. Raises FileError on half a one."""
    path = home / name
    if not path.exists():
        # Whole or not at all, and for the owner only: another process may ask meanwhile.
        with NamedTemporaryFile("w", dir=home) as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(file.name, path)
    secret = path.read_bytes()
    if len(secret) < SHORTEST:
        raise FileError(path, None, "this is no whole secret", "delete it: a new one is made")
    return secret


def signer_of(home: Path) -> Signer:
    """Return what signs the links in a home's mails."""
    return Signer(key=secret_of(home, LINKS))


def readable_by_others(home: Path) -> list[str]:
    """Return the secrets that others on this machine can read, by name."""
    there = [home / name for name in (COOKIES, LINKS) if (home / name).exists()]
    return [path.name for path in there if path.stat().st_mode & 0o077]
