"""An item as its feed writes it, whatever the feed's form."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a feed: its words as printed, markup and all."""

    #: where the story may be, best first; relative ones are allowed
    links: tuple[str, ...] = ()
    guid: str = ""
    title: str = ""
    summary: str = ""
    #: longer texts: content:encoded, Atom's content, content_html
    contents: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    language: str = ""
    categories: tuple[str, ...] = ()
    #: what relative links start from, where the feed says so itself
    base: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFeed:
    """A feed's items, and what it says of itself."""

    items: tuple[Item, ...] = ()
    language: str = ""
    categories: tuple[str, ...] = ()
    #: items behind the first ones, which were not read
    too_many: int = 0
    #: items that the end of a cut answer tore in two
    torn: int = 0
    cut: bool = False


#: Items of one poll that are read. The largest feed of the collections measured
#: has 300; writing one sighting down costs the parent half a millisecond, so
#: that 200,000 of them would hold up everybody for two minutes.
MOST = 2_000
