"""A chat service: how it writes, how much it takes, and how it says no. One file each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

#: what we tell Apprise that a text is, so that it leaves it alone
Written = Literal["text", "html", "markdown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """How a service writes text. Foreign text passes `escape` first, always."""

    escape: Callable[[str], str]
    #: of escaped text
    bold: Callable[[str], str]
    #: of escaped text and a safe address
    link: Callable[[str, str], str]
    #: of a whole line, escaped
    quote: Callable[[str], str]
    newline: str = "\n"
    #: between two events
    gap: str = "\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a service answered to one request."""

    status: int
    #: the first bytes of its body
    body: bytes
    #: seconds that it asks us to wait, or None
    wait: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class No:
    """A refusal inside of an answer that looks good."""

    what: str
    permanent: bool


def no_refusal(_answer: Answer) -> No | None:
    """Return None: this service says no by its status."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One chat service."""

    #: what deliveries call it, and people
    name: str
    title: str
    #: the schemas of Apprise's addresses
    schemas: tuple[str, ...]
    markup: Markup
    written: Written
    #: the longest message, as `measure` counts it
    limit: int
    measure: Callable[[str], int]
    #: what says no although the status is 200
    refusal: Callable[[Answer], No | None] = no_refusal
    #: whether its addresses name a server of the operator's, which may be shown
    own_server: bool = False
    #: seconds between two messages, below what the service calls too often
    pace: float = 1.0
    #: switches of Apprise's plugin, by attribute
    switches: tuple[tuple[str, object], ...] = ()
    #: the digest goes out as JSON, not as text
    as_json: bool = False


def characters(text: str) -> int:
    """Return the length in UTF-16 units, in which chats count characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def octets(text: str) -> int:
    """Return the length in bytes of UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))
