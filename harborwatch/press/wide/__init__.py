"""The wide press: every layout family, encoding, way in and hazard, in all ten languages.

An edition of the press of its own, no part of the demo. The same tables serve
its pages over HTTP (`Press(edition="wide")`) and give them as bytes with
their gold (`pages`, `feeds`), so that a gate reads them without a socket. It
leans on the press and the standard library only. Texts are TOML (`texts/`),
outlets are outlets.toml, layouts and ways are one small module each: every
text of a language is printed in every layout of its outlets.

    for page in pages():
        print(page.language, page.layout, page.encoding, page.gold.title)
"""

from __future__ import annotations

from datetime import UTC, datetime

from . import golds
from .catalogue import write_catalogue
from .desk import WideDesk
from .flaws import FLAWS
from .gold import Gold, GoldEntry, GoldFeed, GoldPage, Precision
from .hostile import HAZARDS, Hazard
from .library import library
from .outlet import WideOutlet

#: Played time at which everything is published; relative dates count from here.
NOW = datetime(2018, 9, 20, 12, tzinfo=UTC)


def outlets() -> tuple[WideOutlet, ...]:
    """Give all outlets of the wide press."""
    return tuple(library().outlets.values())


def pages(at: datetime = NOW, port: int = 0) -> tuple[GoldPage, ...]:
    """Give every page that the outlets show at a moment, with its gold.

    Only first pages of paged stories stand here; `further_pages` gives the others.
    """
    views = (library().view(name, at, port) for name in library().outlets)
    return tuple(page for view in views for page in golds.pages(view))


def stories(at: datetime = NOW, port: int = 0) -> tuple[GoldPage, ...]:
    """Give the pages that hold a story: those that a reader must not refuse."""
    return tuple(page for page in pages(at, port) if not page.gold.refused)


def further_pages(page: GoldPage, at: datetime = NOW, port: int = 0) -> tuple[bytes, ...]:
    """Give the bytes of the further pages of a paged story, in order."""
    view = library().view(page.outlet, at, port)
    return golds.further(view, page.address)


def feeds(at: datetime = NOW, port: int = 0) -> tuple[GoldFeed, ...]:
    """Give every way in that answers, sound and flawed, with its entries."""
    views = tuple(library().view(name, at, port) for name in library().outlets)
    sound = [feed for view in views for feed in golds.feeds(view)]
    broken = [golds.flawed(view, flaw) for flaw in FLAWS for view in golds.stands_for(flaw, views)]
    return (*sound, *broken)


def hazards() -> tuple[Hazard, ...]:
    """Give the hostile answers that stand on the host `hazards`."""
    return tuple(HAZARDS.values())


__all__ = [
    "NOW",
    "Gold",
    "GoldEntry",
    "GoldFeed",
    "GoldPage",
    "Hazard",
    "Precision",
    "WideDesk",
    "WideOutlet",
    "feeds",
    "further_pages",
    "hazards",
    "outlets",
    "pages",
    "stories",
    "write_catalogue",
]
