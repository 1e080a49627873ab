"""A feed's text made fit for a strict parser: what servers get wrong, mended.

Strictness is wanted: where markup does not nest, a parser that recovers puts
one item inside another, and feedparser reads such feeds better (see feed_loose).
"""

import html
import re
from dataclasses import dataclass

from lxml import etree

from pipelines.reading.markup import parsable

#: Where a feed begins; what stands before (blank lines, warnings of PHP) is no part of it.
_ROOT = re.compile(r"<((?:[\w.-]+:)?(?:rss|feed|rdf))(?=[\s>/])", re.IGNORECASE)
#: No document type is read at all, so no entity can unfold or reach outside.
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)(\w{2,32};)?"
)
_NO_TAG = re.compile(r"<(?=[\s\d=<]|$)")
_ITEM_END = re.compile(r"</((?:[\w.-]+:)?(?:item|entry))\s*>", re.IGNORECASE)
_ITEM = re.compile(r"<((?:[\w.-]+:)?(?:item|entry))(?=[\s>])", re.IGNORECASE)
#: The parts of an item that can stand before a cut.
_PART_END = re.compile(
    r"</(?:title|link|guid|id|pubDate|published|updated|description|summary|dc:date|dc:creator)\s*>"
    r"|<link\b[^<>]*/>",
    re.IGNORECASE,
)
#: References to numbers that are no characters of XML, such as &#0; and &#11;.
_NO_CHARACTER = re.compile(
    r"&#(?:x0*(?:[0-8bcBCefEF]|1[0-9a-fA-F]|[fF]{3}[eEfF]);|0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45]);)"
)
#: NUL and its like, which JSON and broken encodings bring, and half surrogate
#: pairs: no archive can hold them.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def storable(text: str) -> str:
    """Return text without what no archive can hold."""
    return _UNFIT.sub("", text)


def without_unfit_references(markup: str) -> str:
    """Return markup without references to what no archive can hold."""
    return _NO_CHARACTER.sub("", markup)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A feed's root element, and whether its end is missing."""

    root: etree._Element
    cut: bool = False
    #: items of which only a part came, and not enough to use it
    torn: int = 0


def parse_feed(text: str) -> Parsed | None:
    """Parse a feed's text; None where its markup does not nest, or it is no feed."""
    begin = _ROOT.search(text)
    if begin is None:
        return None
    body = text[begin.start() :]
    root = _strict(body)
    if root is not None:
        return Parsed(root=root)
    body = mended(_ended(body, begin.group(1)))
    root = _strict(body)
    if root is not None:
        return Parsed(root=root)
    return None if _has_end(body, begin.group(1)) else _cut(body, begin.group(1))


def is_cut(text: str) -> bool:
    """Tell whether a feed's text ends before the feed does."""
    begin = _ROOT.search(text)
    return begin is not None and not _has_end(text, begin.group(1))


def mended(markup: str) -> str:
    """Return markup whose text holds no bare ampersands, unknown entities or stray marks."""
    parts = _CDATA.split(markup)
    # Every second part is a CDATA section, whose text is as it should be.
    parts[::2] = [_mended_text(part) for part in parts[::2]]
    return "".join(parts)


def _mended_text(text: str) -> str:
    text = without_unfit_references(text).replace("]]>", "]]&gt;")
    return _NO_TAG.sub("&lt;", _AMPERSAND.sub(_entity, text))


def _entity(match: re.Match[str]) -> str:
    name = match.group(1)
    letters = html.unescape(f"&{name}") if name else "&"
    if name and letters == f"&{name}":
        return f"&amp;{name}"  # an entity that nobody knows is shown as it is written
    return "".join(f"&#{ord(letter)};" for letter in letters)


def _strict(body: str) -> etree._Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True,
        remove_comments=True, remove_pis=True, collect_ids=False, encoding="utf-8",
    )  # fmt: skip
    try:
        return etree.fromstring(parsable(body), parser)
    except (etree.LxmlError, ValueError):
        return None


def _end_of(root: str) -> re.Pattern[str]:
    return re.compile(rf"</{re.escape(root)}\s*>", re.IGNORECASE)


def _has_end(body: str, root: str) -> bool:
    return _end_of(root).search(body, max(0, len(body) - 5_000)) is not None


def _ended(body: str, root: str) -> str:
    # Behind the end stand counters, scripts of hosters, a second copy of the feed's end.
    ends = list(_end_of(root).finditer(body, max(0, len(body) - 5_000)))
    return body[: ends[-1].end()] if ends else body


def _cut(body: str, root: str) -> Parsed | None:
    ends = list(_ITEM_END.finditer(body))
    at = ends[-1].end() if ends else 0
    head, tail = body[:at], body[at:]
    item = _ITEM.search(tail)
    closing = _closing(head or body, root)
    if item is not None:
        parts = list(_PART_END.finditer(tail))
        for part in reversed(parts[-3:]):
            whole = _strict(f"{head}{tail[: part.end()]}</{item.group(1)}>{closing}")
            if whole is not None:
                return Parsed(root=whole, cut=True)
    read = _strict(head + closing) if ends else None
    return None if read is None else Parsed(root=read, cut=True, torn=int(item is not None))


def _closing(head: str, root: str) -> str:
    channel = re.search(r"<((?:[\w.-]+:)?channel)(?=[\s>])", head, re.IGNORECASE)
    is_open = channel and not re.search(r"</(?:[\w.-]+:)?channel\s*>", head, re.IGNORECASE)
    return (f"</{channel.group(1)}>" if channel and is_open else "") + f"</{root}>"
