"""Which links are stories, and how their addresses are written, by what a search found: pure."""

from datetime import datetime
from urllib.parse import urlsplit

from crawler.address_shapes import Pattern, learn
from crawler.proposals import Proposal
from crawler.reports import time_of
from news import Entry, Outlet
from pipelines.reading import addresses
from pipelines.reading.refusals import weight
from pipelines.reading.scouting.scouted import Clues

#: a link's text that is as long as this (in Latin letters) may be a headline
_HEADLINE = 20
#: links to so many stories make a page a listing
_LISTING = 3


def listed(clues: Clues, outlet: Outlet) -> tuple[Entry, ...]:
    """Return a page's links that look like stories by themselves; () where it is no listing."""
    found: dict[str, Entry] = {}
    for link, text in clues.links:
        if weight(text) < _HEADLINE or not addresses.is_story(link, outlet):
            continue
        if addresses.looks_like_story(urlsplit(addresses.canonical(link, outlet)).path):
            found.setdefault(addresses.key(link, outlet), Entry(address=link, headline=text))
    return tuple(found.values()) if len(found) >= _LISTING else ()


def stories_of(found: Proposal) -> list[Entry]:
    """Return the entries of all ways, each story once; those of the listing where there is none.

    Plain sitemaps name sections and pages about the outlet too, so that they
    count only where nothing better is known.
    """
    news = [one for way in found.ways for one in way.entries if one.headline]
    entries = news or found.listed or [one for way in found.ways for one in way.entries]
    return list({addresses.key(one.address, found.plain): one for one in entries}.values())


def patterns_of(found: Proposal) -> tuple[Pattern, ...]:
    """Return how the outlet writes the addresses of its stories."""
    times: dict[str, datetime | None] = {}
    for entry in stories_of(found):
        times[addresses.canonical(entry.address, found.plain)] = time_of(entry)
    links = (link for link, _ in found.clues.links if addresses.is_story(link, found.plain))
    others = {addresses.canonical(link, found.plain) for link in links} - times.keys()
    return learn(times, others)
