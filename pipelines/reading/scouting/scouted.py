"""What a scout brings back from a page, in words that need no parser."""

from dataclasses import dataclass

from news import Selectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What one page tells of its outlet; all addresses are absolute."""

    #: og:site_name, else the application's name
    name: str = ""
    title: str = ""
    #: as declared, such as "id-ID"
    language: str = ""
    #: the page's own address, as it gives it
    canonical: str = ""
    amp: str = ""
    #: announced feeds: (address, title)
    feeds: tuple[tuple[str, str], ...] = ()
    #: links to what may be feeds, or pages that list them
    feed_links: tuple[str, ...] = ()
    #: the root of WordPress's interface
    wordpress: str = ""
    #: links with their longest text, in page order, each once
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One selector on one page."""

    #: which [[selectors]] of the outlet, from 0
    layout: int
    #: "title", "body", "cut", "date", "author"
    part: str
    selector: str
    #: elements that it finds
    found: int
    #: characters of their text
    length: int
    #: how the text begins
    text: str
    #: of a selector of dates: the time that is read from the text, else ""
    date: str = ""


def parts_of(selectors: Selectors) -> list[tuple[str, str]]:
    """Return a layout's selectors, each with the part that it finds."""
    named = [("title", selectors.title), ("body", selectors.body)]
    named += [("cut", one) for one in selectors.cut]
    named += [("date", selectors.date), ("author", selectors.author)]
    return [(part, selector) for part, selector in named if selector]
