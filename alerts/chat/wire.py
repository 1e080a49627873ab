"""The wire: Apprise's requests, watched, limited in time and kept out of every log.

Apprise tells of a failure no more than False, and takes any answer of status
200 for a success. So its plugins are given a `requests` of ours: what they
post goes out the same way, each answer is noted for `verdict`, redirects are
not followed (a message must not turn into a GET), no talk outlasts its time,
and 429 ends the talk instead of Apprise's sleeping and asking again.
"""

import io
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import requests
from requests import PreparedRequest, Response
from urllib3.exceptions import HTTPError

from alerts.chat.service import Answer

#: Bytes of an answer that are read; what matters stands at its beginning.
LARGEST = 64_000
_TOO_OFTEN = 429

#: These write addresses, and with them secrets, into their lines.
_TALKATIVE = (
    "apprise",
    "requests",
    "requests_oauthlib",
    "urllib3.connection",
    "urllib3.connectionpool",
    "urllib3.poolmanager",
    "urllib3.response",
    "urllib3.util.retry",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds that a talk may take."""

    connect: float = 10.0
    #: between two pieces of an answer
    read: float = 20.0
    #: all requests of one message together; far below a delivery's lease
    whole: float = 90.0


@dataclass(slots=True)
class Talk:
    """The requests of one message, and what was answered."""

    patience: Patience
    answers: list[Answer] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """Return the seconds left. Raises requests.Timeout when there are none."""
        left = self.begun + self.patience.whole - time.monotonic()
        if left <= 0:
            raise requests.Timeout("this message has taken too long")
        return left


_talk: ContextVar[Talk] = ContextVar("talk")


@contextmanager
def talking(patience: Patience) -> Iterator[Talk]:
    """Watch what is sent inside of the block."""
    talk = Talk(patience)
    token = _talk.set(talk)
    try:
        yield talk
    finally:
        _talk.reset(token)


class Wire(requests.Session):
    """A session whose requests belong to the talk that is held."""

    def send(self, request: PreparedRequest, **kwargs: Any) -> Response:
        """Send within the talk's time, and note the answer."""
        # A plugin may say goodbye when it is thrown away, after its talk.
        talk = _talk.get(None) or Talk(Patience(whole=5.0))
        left, patience = talk.left(), talk.patience
        kwargs["timeout"] = (min(patience.connect, left), min(patience.read, left))
        kwargs["allow_redirects"], kwargs["stream"] = False, True
        answered = super().send(request, **kwargs)
        with answered:
            body = _read(answered, talk)
        heard = Answer(status=answered.status_code, body=body, wait=_wait(answered))
        talk.answers.append(heard)
        if heard.status == _TOO_OFTEN:
            raise requests.exceptions.RetryError("asked too often")
        return _whole(answered, body)


def _read(answered: Response, talk: Talk) -> bytes:
    """Read an answer's beginning, however slowly it drips, within the talk's time.

    Where it breaks off its status still stands: a message that was taken must
    not be sent again because the rest of the answer is missing.
    """
    body = b""
    try:
        # `read1` gives what has come; anything else waits until its piece is full.
        while len(body) < LARGEST and (piece := answered.raw.read1(4096, decode_content=True)):
            body += piece
            talk.left()
    except (HTTPError, requests.Timeout):
        return body[:LARGEST]
    return body[:LARGEST]


def _whole(answered: Response, body: bytes) -> Response:
    """Return the answer with the body that was read."""
    whole = Response()
    whole.status_code, whole.reason = answered.status_code, answered.reason
    whole.headers, whole.cookies = answered.headers, answered.cookies
    whole.url, whole.request = answered.url, answered.request
    whole.encoding = answered.encoding
    whole.raw = io.BytesIO(body)
    return whole


def _wait(answered: Response) -> float | None:
    """Return the seconds of a Retry-After, None where it holds a date or nothing."""
    try:
        return max(0.0, float(answered.headers.get("Retry-After", "")))
    except ValueError:
        return None


def request(method: str, url: str, **kwargs: Any) -> Response:
    """Do what requests.request does, on the watched wire."""
    with Wire() as wire:
        return wire.request(method, url, **kwargs)


def _verb(method: str) -> Any:
    return lambda url, **kwargs: request(method, url, **kwargs)


_VERBS = {name: _verb(name.upper()) for name in ("get", "post", "put", "patch", "delete", "head")}
#: `requests` as the plugins see it
_WATCHED = SimpleNamespace(**{**vars(requests), **_VERBS, "request": request, "Session": Wire})


def watch(plugin: object) -> bool:
    """Put a plugin's module on the watched wire; returns whether it speaks HTTP at all."""
    watched = False
    for kind in type(plugin).__mro__:
        module = sys.modules.get(kind.__module__)
        if getattr(module, "requests", None) in (requests, _WATCHED):
            setattr(module, "requests", _WATCHED)  # noqa: B010 - a module has no such attribute for mypy
            watched = True
    return watched


def hush() -> None:
    """Let no line through of those that write addresses into their lines."""
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        if not any(isinstance(one, _Nothing) for one in logger.filters):
            logger.addFilter(_Nothing())


class _Nothing(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return False
