"""Who may read and who may change: passwords, sessions, and marks against forged forms.

Without a password the page is open to this machine alone, and whoever comes
may change things. With one, a visitor logs in and gets a signed cookie, or
sends the password as a bearer token. A cookie holds role, end and a random name,
signed (HMAC-SHA256) with a secret of the home folder and the passwords, so that a
new password ends every session. The server keeps nothing of a session but the
names of those that were logged out before their end.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from harborwatch import secret_files
from harborwatch.web_config import Passwords

Role = Literal["editor", "reader"]

#: the cookie of a session, and how long it lasts
COOKIE = "harborwatch"
LASTS = timedelta(days=14)
#: longer passwords are not looked at: hashing megabytes is work for nothing
LONGEST = 1_000
#: passwords and addresses that are remembered as right
REMEMBERED = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody who asks for a page."""

    #: None: not logged in, where that is needed
    role: Role | None
    #: names the session; a form must bring the mark made of it
    session: str = field(default="", repr=False)
    #: when the session ends by itself
    ends_at: datetime | None = None
    #: came by a signed link of a mail, which opens one page and no session
    by_link: bool = False
    #: sent the password as a bearer token, which no browser does by itself
    by_token: bool = False

    @property
    def may_edit(self) -> bool:
        """Say whether the visitor may change something."""
        return self.role == "editor"


class Access:
    """Knows passwords and signs sessions."""

    def __init__(self, passwords: Passwords, secret: bytes) -> None:
        """Take the passwords and what to sign with; plain passwords are hashed at once."""
        self._hasher = PasswordHasher()
        given: dict[Role, str] = {"editor": passwords.editor, "reader": passwords.reader}
        self._hashes: Mapping[Role, str] = {
            role: text if text.startswith("$argon2") else self._hasher.hash(text)
            for role, text in given.items()
            if text
        }
        # A new password signs differently; a plain one has a new salt at each start.
        mixed = f"{passwords.editor}\n{passwords.reader}".encode()
        self._key = hmac.new(secret, mixed, hashlib.sha256).digest()
        self._known: dict[bytes, Role] = {}
        self._lock = Lock()

    @property
    def is_open(self) -> bool:
        """Say whether nobody needs to log in."""
        return not self._hashes

    def known(self, password: str, address: str) -> Role | None:
        """Return whose password this is if it was right before, from the same address; quick."""
        if len(password) > LONGEST:
            return None
        return self._known.get(self._sign(f"token {address} {password}"))

    def know(self, password: str, address: str, role: Role) -> None:
        """Remember whose password is right, for `known`."""
        while len(self._known) >= REMEMBERED:
            del self._known[next(iter(self._known))]
        self._known[self._sign(f"token {address} {password}")] = role

    def role_of(self, password: str) -> Role | None:
        """Return whose password this is. Slow on purpose: 64 MiB and some 50 ms a guess."""
        if not password or len(password) > LONGEST:
            return None
        with self._lock:
            found = (role for role, kept in self._hashes.items() if self._verify(kept, password))
            return next(found, None)

    def visitor(self, cookie: str, now: datetime) -> Visitor:
        """Return who holds a cookie; somebody new where it is not ours or has ended."""
        role, _, rest = cookie.partition(".")
        end, _, rest = rest.partition(".")
        session, _, mark = rest.partition(".")
        signed = self._sign(f"session {role}.{end}.{session}").hex()
        good = hmac.compare_digest(signed.encode(), mark.encode("utf-8", "replace"))
        if not good or int(end) < now.timestamp():
            return Visitor(role="editor" if self.is_open else None, session="")
        kept: Role | None = (
            "editor" if role == "editor" else "reader" if role == "reader" else None
        )
        return Visitor(
            role="editor" if self.is_open else kept,
            session=session,
            ends_at=datetime.fromtimestamp(int(end), UTC),
        )

    def cookie(self, role: Role | None, now: datetime) -> str:
        """Return the cookie of a new session."""
        end = int((now + LASTS).timestamp())
        text = f"{role or ''}.{end}.{secrets.token_urlsafe(18)}"
        return f"{text}.{self._sign(f'session {text}').hex()}"

    def form_mark(self, visitor: Visitor) -> str:
        """Return the mark that a form of this visitor's must bring."""
        return self._sign(f"form {visitor.session}").hex() if visitor.session else ""

    def is_own_form(self, visitor: Visitor, mark: str) -> bool:
        """Say whether a form was made by us for this visitor."""
        expected = self.form_mark(visitor)
        return bool(expected) and hmac.compare_digest(expected.encode(), mark.encode())

    def _sign(self, text: str) -> bytes:
        return hmac.new(self._key, text.encode("utf-8", "replace"), hashlib.sha256).digest()

    def _verify(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False


def hashed(password: str) -> str:
    """Return a password as it may be kept in a file."""
    return PasswordHasher().hash(password)


def secret_of(home: Path) -> bytes:
    """Return what a home folder's cookies are signed with, made where there is none."""
    return secret_files.secret_of(home, secret_files.COOKIES)
