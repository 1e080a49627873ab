"""What a perfect reader finds on each page and in each feed of the wide press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Precision(StrEnum):
    """How finely a page tells its time, wherever it tells it."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"


#: Finest first.
FINEST = (Precision.SECOND, Precision.MINUTE, Precision.HOUR, Precision.DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One page as a perfect reader reads it."""

    #: As printed over the story.
    title: str
    #: Every headline that the page gives, the printed one first.
    titles: tuple[str, ...]
    #: The story's own paragraphs, one a line, as printed: further pages included.
    body: str
    #: The same in Unicode, where the page is in Zawgyi code order; else equal.
    unicode_title: str
    unicode_body: str
    #: The paragraphs of each page of a paged story; one part for all others.
    parts: tuple[str, ...]
    #: True time of publication, UTC.
    published: datetime | None
    precision: Precision | None
    #: Names that the page prints as authors.
    authors: tuple[str, ...]
    #: One of the ten codes.
    language: str
    #: Agency that the text names.
    agency: str
    #: Byline code glued to the last paragraph; not part of the body.
    code: str
    #: Key of the text: pages with the same key are copies of one another.
    text: str
    #: The same happening told in several languages; "" if nobody else tells it.
    happening: str
    #: Only the beginning is shown; the body holds what is shown.
    paywalled: bool = False
    #: Why a reader refuses the page: consent-page, error-page, numbers-only, no-body,
    #: listing; "" for a story.
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPage:
    """A page as served, with its gold."""

    outlet: str
    #: The outlet's language, with its script: zh-Hant.
    language: str
    #: IANA name of the outlet's zone.
    zone: str
    layout: str
    #: story, gallery, live, paywall, release; consent, missing, rates, lottery, shell, briefs.
    kind: str
    address: str
    #: Addresses of further pages of the same story.
    further: tuple[str, ...]
    body: bytes
    #: As the header names it.
    content_type: str
    #: Python codec in which the bytes are really written.
    encoding: str
    gold: Gold


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEntry:
    """One entry that a perfect reader finds in a feed or sitemap."""

    address: str
    title: str
    #: None where the feed prints none.
    published: datetime | None
    precision: Precision | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFeed:
    """A way in as served, with its gold."""

    outlet: str
    language: str
    zone: str
    #: rss, atom, rdf, jsonfeed, wordpress, sitemap, index, gzip, listing, script.
    way: str
    #: What is wrong with it; "" for a sound one.
    flaw: str
    address: str
    body: bytes
    content_type: str
    encoding: str
    #: Newest first; each but once where an item stands twice.
    entries: tuple[GoldEntry, ...]
