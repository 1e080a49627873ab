"""The lines of text round a page's headline, and what names itself a date or an author."""

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

from lxml.html import HtmlElement

from pipelines.reading.markup import text_of
from pipelines.reading.metadata.headlines import folded

#: Lines behind and before the headline that may hold its date and author.
_BEHIND, _BEFORE = 14, 4
#: Elements of a date or an author have few children; those of a list of stories many.
_CHILDREN = 12
#: More than these are a list of other stories.
_MOST = 60
_DATE = re.compile(
    r"date|time|publish|posted|tanggal|waktu|tarikh|ngay|thoi-?gian|meta|byline|info|stamp",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"author|byline|penulis|reporter|wartawan|jurnalis|tac-?gia|writer|contributor", re.IGNORECASE
)
_TAGS = ("span", "div", "p", "time", "li", "small", "em", "td", "a", "address", "strong", "b")
_DATED_TAGS = frozenset(_TAGS[:8])


class Nearby:
    """What stands near the headline; the page is walked when first asked."""

    def __init__(self, tree: HtmlElement, titles: Iterable[str]) -> None:
        self._tree = tree
        self._titles = [flat for title in titles if len(flat := folded(title)) > 3]

    @cached_property
    def lines(self) -> list[str]:
        """All lines of text on the page."""
        return [line for line in text_of(self._tree).split("\n") if line]

    @cached_property
    def _at(self) -> int | None:
        flat = [folded(line) if len(line) < 400 else "" for line in self.lines]
        return next((flat.index(title) for title in self._titles if title in flat), None)

    @property
    def found(self) -> bool:
        """Whether the headline stands as a line on the page."""
        return self._at is not None

    @property
    def behind(self) -> list[str]:
        """The lines right behind the headline; none where it was not found."""
        return [] if self._at is None else self.lines[self._at + 1 : self._at + 1 + _BEHIND]

    @property
    def before(self) -> list[str]:
        """The lines right before the headline, in page order."""
        return [] if self._at is None else self.lines[max(0, self._at - _BEFORE) : self._at]

    @cached_property
    def _marked(self) -> tuple[list[str], list[str]]:
        dates: list[str] = []
        authors: list[str] = []
        for node in self._tree.iter(*_TAGS):
            if not node.attrib or len(node) >= _CHILDREN:
                continue
            dated, authored = _marks(
                node.get("class"), node.get("id"), node.get("rel"), node.get("itemprop")
            )
            if dated and node.tag in _DATED_TAGS and len(dates) < _MOST:
                dates.append(text_of(node))
            if authored and len(authors) < _MOST:
                authors.append(text_of(node))
        return dates, authors

    @cached_property
    def times(self) -> list[str]:
        """What the first elements of time give to machines."""
        given = (node.get("datetime") or "" for node in self._tree.iter("time"))
        return [text for text in given if text][:3]

    @property
    def dates(self) -> list[str]:
        """The texts of elements that name themselves a date, in page order."""
        return self._marked[0]

    @property
    def authors(self) -> list[str]:
        """The texts of elements that name themselves an author, in page order."""
        return self._marked[1]


@lru_cache(maxsize=4096)
def _marks(*names: str | None) -> tuple[bool, bool]:
    # The same few classes stand on thousands of elements.
    text = " ".join(filter(None, names))
    return bool(_DATE.search(text)), bool(_AUTHOR.search(text))
