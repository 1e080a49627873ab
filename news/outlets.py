"""Outlets and the ways into them."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Way = Literal["feed", "sitemap", "listing", "wordpress"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One way into an outlet: a feed, a news sitemap, a listing page, WordPress's posts."""

    #: "indotelko/listing": the outlet's id, the way, and a number from the second on
    id: str
    #: the id of the outlet
    outlet: str
    #: what is found at the address
    way: Way
    #: where it is asked: "https://www.antaranews.com/rss/terkini.xml"
    address: str
    #: minutes between two polls when nothing else is known
    every: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """An address pattern and what it becomes; groups as in re.sub."""

    #: a regular expression, searched in path and query
    pattern: str
    #: what stands in its place
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRules:
    """How an outlet writes the addresses of its stories.

    Patterns are matched against path and query ("/read/1537410163/slug?x=1").
    In a story pattern the group `key` names what stays when the rest of the
    address changes; `unix` does the same and is the time of publication in
    Unix seconds too; `year`, `month`, `day` give a date.
    """

    #: what a story's path looks like; none means any path may be a story
    story: tuple[str, ...] = ()
    #: folds AMP and mobile twins; applied in order
    rewrite: tuple[Rewrite, ...] = ()
    #: query fields that belong to the address; all others are dropped
    keep_query: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """Where an outlet's pages keep their parts, as CSS selectors."""

    #: the headline
    title: str = ""
    #: what holds the text
    body: str = ""
    #: what is cut out of the body: related links, share boxes
    cut: tuple[str, ...] = ()
    #: the time of publication
    date: str = ""
    #: the byline
    author: str = ""
    #: the layout was replaced after this day
    valid_until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A publisher, as its outlet file describes it."""

    #: the name of its file: "indotelko"
    id: str
    #: how readers know it: "IndoTelko"
    name: str
    #: the address of its front page
    home: str
    #: two capital letters, ISO 3166
    country: str
    #: id ms en zh vi th km lo my fil
    languages: tuple[str, ...]
    #: IANA name of the zone in which it prints its times
    zone: str
    #: for a person: "wire", "national", "telecom trade"
    kind: str = ""
    #: twins of one site, without "www."; the first stands in canonical addresses
    hosts: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    addresses: AddressRules = field(default_factory=AddressRules)
    selectors: tuple[Selectors, ...] = ()
    #: for a person: what is known and what is a guess
    note: str = ""
