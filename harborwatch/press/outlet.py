"""An outlet of the press: who publishes, where, and how its pages are made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FeedBody(StrEnum):
    """How much of a story the outlet's feed carries."""

    FULL = "full"
    #: The first 280 characters; the page has the whole text.
    SUMMARY = "summary"
    #: The first 280 characters in the feed and on the page alike.
    TEASER = "teaser"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A publisher of the press, as outlets.toml describes it."""

    name: str
    title: str
    #: One of id ms en zh zh-Hant vi th km lo my fil; the furniture is in it.
    language: str
    #: IANA name, for every date that the pages print.
    zone: str
    #: portal (family A), wordpress (B) or wire (C).
    layout: str
    #: Virtual hosts without ".localhost"; the first is the canonical one.
    hosts: tuple[str, ...]
    #: A form of dates.py.
    date_form: str
    opengraph: bool = True
    jsonld: bool = False
    #: A time tag with a machine-readable date beside the printed one.
    time_tag: bool = False
    #: Today's date above the page, as many outlets print it.
    today: bool = False
    #: "Read also" lines inside the body.
    read_also: bool = False
    feed_body: FeedBody = FeedBody.FULL
    feed_entries: int = 10
    #: Feed titles start with the section ("World : ...").
    section_in_title: bool = False
    #: Agency name in the tail of a wire's stories.
    agency: str = ""
    #: Portal only: stories before this ISO date wear the older layout.
    old_layout_until: str = ""
    #: The path that robots.txt disallows.
    disallowed: str = "/search"

    @property
    def host(self) -> str:
        """The canonical virtual host."""
        return self.hosts[0]

    @property
    def plain_language(self) -> str:
        """The language without its script: zh for zh-Hant."""
        return self.language.split("-")[0]
