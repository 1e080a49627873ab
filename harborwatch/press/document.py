"""What an outlet has at an address: a document, a redirect, or the word that it is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

HTML = "text/html; charset=UTF-8"
RSS = "application/rss+xml; charset=UTF-8"
ATOM = "application/atom+xml; charset=UTF-8"
XML = "application/xml; charset=UTF-8"
PLAIN = "text/plain; charset=UTF-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Bytes at an address, with the time of their last change."""

    body: bytes
    content_type: str
    changed: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """The address has moved for good."""

    #: Absolute address.
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """There was a story here; the outlet has deleted it."""


Found = Document | Redirect | Gone
