"""A page's tree as lines of text, each with where it stands."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from pipelines.reading.markup import BLOCKS, SILENT

_FAMILIES: dict[str, list[str]] = tomllib.loads(
    files("pipelines.reading.body").joinpath("blocks.toml").read_text("utf-8")
)
#: What class and id names tell of a part, a bit for each, in this order.
FAMILIES = tuple(_FAMILIES)
_BITS = {word: 1 << FAMILIES.index(name) for name, words in _FAMILIES.items() for word in words}
#: Elements that a block may stand in, a bit for each, in this order.
PLACES = (
    "nav", "footer", "header", "aside", "form", "figure", "figcaption", "article", "main",
    "section", "table", "li", "blockquote", "hidden", "told",
)  # fmt: skip
_PLACE = {name: 1 << at for at, name in enumerate(PLACES)}
_SECTIONS = frozenset({"navigation", "complementary", "banner", "contentinfo"})
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SIGNS = re.compile(r"[^a-zA-Z]+")
_UNSHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
#: What a form or a figure's words say is judged by where they stand, not unread:
#: whole pages stand in forms, and galleries tell their story in captions.
_UNREAD = SILENT - {"form", "figcaption"} | {"option", "label", "canvas", "map", "math", "dialog"}
#: How the platforms name the boxes that ask for consent; their long texts are no story.
_CONSENT = re.compile(
    r"\b(?:onetrust|ot-sdk|didomi|usercentrics|CybotCookiebot|cookiebot|qc-cmp|fc-consent|cmpbox"
    r"|cmp-|sp_message|truste|osano|borlabs|cky-|iubenda|termly|klaro|tarteaucitron"
    r"|cookie-?_?(?:banner|bar|box|consent|law|notice|popup|preferences|settings))",
    re.IGNORECASE,
)
_LINES = BLOCKS | {"figcaption", "details", "summary", "body"}
#: Blocks on a page, at most: ten times the longest real page. A bound for hostile ones.
_MOST = 20_000


class Block(NamedTuple):
    """A line of a page's text."""

    text: str
    #: the share of its letters that are links
    linked: float
    #: the element that holds it
    node: HtmlElement
    #: families of all the elements that it stands in, and of the nearest three
    families: int
    near: int
    places: int
    #: elements above it
    depth: int


@dataclass(slots=True)
class _Frame:
    # What is known of an element while the walk is inside it.
    node: HtmlElement
    families: int
    places: int
    recent: tuple[int, int, int]
    linked: bool
    depth: int


def blocks_of(tree: HtmlElement) -> list[Block]:
    """Return the lines of a page's text in reading order."""
    body = tree.find("body")
    return _Walk(tree if body is None else body).blocks


class _Walk:
    """One pass over a tree: opens and closes lines where blocks begin and end."""

    def __init__(self, root: HtmlElement) -> None:
        self.blocks: list[Block] = []
        self._text: list[str] = []
        self._linked = 0
        self._frames = [_Frame(root, 0, 0, (0, 0, 0), False, 0)]
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, node in walker:
            if event == "end":
                self._leave(node)
                self._add(node.tail if node is not root else None)
            elif node.tag in _UNREAD or len(self.blocks) > _MOST or _asks_consent(node):
                walker.skip_subtree()
                self._frames.append(self._frames[-1])
            else:
                self._enter(node)
        self._line()

    def _enter(self, node: HtmlElement) -> None:
        if node.tag in _LINES:
            self._line()
        self._frames.append(_entered(node, self._frames[-1]))
        self._add(node.text)

    def _leave(self, node: HtmlElement) -> None:
        # What was not read has the frame of what it stands in.
        if node.tag in _LINES and self._frames[-1] is not self._frames[-2]:
            self._line()
        self._frames.pop()

    def _add(self, text: str | None) -> None:
        if text:
            self._text.append(text)
            if self._frames[-1].linked:
                self._linked += len(text.strip())

    def _line(self) -> None:
        text = " ".join("".join(self._text).split())
        if text:
            now = self._frames[-1]
            first, second, third = now.recent
            share = min(1.0, self._linked / len(text))
            near = first | second | third
            self.blocks.append(
                Block(text, share, now.node, now.families, near, now.places, now.depth)
            )
        self._text, self._linked = [], 0


def _entered(node: HtmlElement, above: _Frame) -> _Frame:
    named, places = _named(node), above.places | _PLACE.get(node.tag, 0) | _marked(node)
    families, (first, second, third) = above.families | named, above.recent
    if node.tag in _LINES and node.tag not in {"br", "hr"}:
        recent, inside = (named, first, second), node
    else:
        recent, inside = (named | first, second, third), above.node
    linked, depth = above.linked or node.tag == "a", above.depth + 1
    return _Frame(inside, families, places, recent, linked, depth)


def _asks_consent(node: HtmlElement) -> bool:
    if node.tag in {"html", "body", "article", "main"}:
        return False  # these carry such names too while the box is open
    return any(_consents(name[:300]) for name in (node.get("class"), node.get("id")) if name)


@lru_cache(maxsize=20_000)
def _consents(name: str) -> bool:
    return bool(_CONSENT.search(name))


def _named(node: HtmlElement) -> int:
    names = (node.get("class"), node.get("id"))
    bits = 0
    for name in names:
        bits |= _families(name[:300]) if name else 0
    return bits


@lru_cache(maxsize=20_000)
def _families(name: str) -> int:
    bits = 0
    for word in _SIGNS.split(_CAMEL.sub(" ", name)):
        bits |= _BITS.get(word.lower(), 0)
    return bits


def _marked(node: HtmlElement) -> int:
    names = node.attrib
    if not names:
        return 0
    unseen = "hidden" in names or names.get("aria-hidden") == "true"
    marks = _PLACE["hidden"] if unseen or _UNSHOWN.search(names.get("style", "")) else 0
    marks |= _PLACE["told"] if "articleBody" in names.get("itemprop", "") else 0
    return marks | (_PLACE["nav"] if names.get("role") in _SECTIONS else 0)
