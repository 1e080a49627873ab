"""Signing: links in mails that only we can have made, and that end.

A token holds its last day and what it speaks of, signed (HMAC-SHA256, cut to 128 bits: RFC 2104,
5) with a key of the home folder. What a token may do is signed with it: one
that votes cannot unsubscribe.
"""

import base64
import hashlib
import hmac
import json
from binascii import Error as NoBase64
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

from news import HarborwatchError

#: what a link may do: end mails, say what a card was worth, read one page, find one's digest
Purpose = Literal["unsubscribe", "feedback", "read", "digest"]

#: how long links work. A reader may look for the way out in an old mail: over a year.
LASTS: dict[Purpose, timedelta] = {
    "unsubscribe": timedelta(days=400),
    "feedback": timedelta(days=60),
    "read": timedelta(days=60),
    "digest": timedelta(days=60),
}
#: bytes of a signature, and characters of a token at most
_MARK, _LONGEST = 16, 2_000


class LinkError(HarborwatchError):
    """A link that is not of our making, or has ended."""

    def __init__(self, *, ended: bool) -> None:
        #: it was ours
        self.ended = ended
        super().__init__("this link has ended" if ended else "this link is not of our making")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Signs what links say, and reads it again."""

    key: bytes = field(repr=False)

    def token(self, purpose: Purpose, now: datetime, *parts: str) -> str:
        """Return a token that says these parts until its purpose's time is over."""
        return self._made(purpose, (now + LASTS[purpose]).date().toordinal(), parts)

    def read(self, purpose: Purpose, token: str, now: datetime) -> tuple[str, ...]:
        """Return the parts that a token says. Raises LinkError."""
        last, *parts = self._opened(purpose, token)
        if now.date() > date.fromordinal(last):
            raise LinkError(ended=True)
        return tuple(parts)

    def handed_on(
        self, purpose: Purpose, token: str, *parts: str, into: Purpose | None = None
    ) -> str:
        """Return a token for other parts, or another purpose, that ends when this one does.

        Raises LinkError.
        """
        return self._made(into or purpose, self._opened(purpose, token)[0], parts)

    def _made(self, purpose: Purpose, last: int, parts: tuple[str, ...]) -> str:
        said = json.dumps([last, *parts], ensure_ascii=False, separators=(",", ":"))
        text = _packed(said.encode("utf-8", "surrogatepass"))
        return f"{text}.{self._mark(purpose, text)}"

    def _opened(self, purpose: Purpose, token: str) -> list[Any]:
        """Return the last day and the parts of a token. Raises LinkError."""
        text, _, mark = token.partition(".")
        good = self._mark(purpose, text).encode()
        if len(token) > _LONGEST or not hmac.compare_digest(good, mark.encode("utf-8", "replace")):
            raise LinkError(ended=False)
        opened: list[Any] = json.loads(_unpacked(text))
        return opened

    def _mark(self, purpose: Purpose, text: str) -> str:
        signed = f"{purpose} {text}".encode("utf-8", "replace")
        return _packed(hmac.new(self.key, signed, hashlib.sha256).digest()[:_MARK])


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def _unpacked(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (NoBase64, ValueError) as error:
        raise LinkError(ended=False) from error
