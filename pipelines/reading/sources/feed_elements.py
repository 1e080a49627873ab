"""The items of a well-formed feed: RSS 0.9 to 2.0, RDF and Atom.

Which element means what, and which of several counts, is as feedparser has it
(tests/pipelines/test_feeds_beside_feedparser.py holds the two together).
"""

import base64
import html
import re

from lxml import etree

from pipelines.reading.sources.feed_item import MOST, Item, ReadFeed

_PLAIN = (
    "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/",
    "http://my.netscape.com/publish/formats/rss-0.91.dtd", "http://channel.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss", "http://backend.userland.com/rss2",
    "http://backend.userland.com/rss091", "http://blogs.law.harvard.edu/tech/rss",
    "http://purl.org/atom/ns#", "http://www.w3.org/2005/atom", "http://purl.org/rss/1.0/modules/rss091#",
)  # fmt: skip
_PREFIXES = dict.fromkeys(_PLAIN, "") | {
    "http://purl.org/dc/elements/1.1/": "dc:", "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:", "http://search.yahoo.com/mrss": "media:",
    "http://search.yahoo.com/mrss/": "media:", "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.w3.org/1999/xhtml": "xhtml:", "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
}  # fmt: skip
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_HTML = frozenset({"html", "text/html", "xhtml", "application/xhtml+xml"})
#: Names for one thing, of which the first in the item counts.
_SAME = {"dc:title": "title"}
_SUMMARY = ("description", "summary", "abstract", "dc:description", "media:description")
_CONTENT = ("content:encoded", "content", "body", "xhtml:body", "fullitem")
_PUBLISHED = (
    "pubdate", "published", "issued", "dcterms:issued", "created", "dcterms:created", "dc:date",
)  # fmt: skip
_CHANGED = ("updated", "modified", "dcterms:modified", "dc:date", "lastbuilddate")
_AUTHOR = ("author", "dc:creator", "dc:author", "itunes:author")
_CATEGORY = ("category", "dc:subject")

#: What elements mean, by their full names; filled as they are met.
_KNOWN: dict[str, str] = {}
#: Names that a hostile feed invents are not remembered beyond this many.
_MOST_NAMES = 5_000

#: The children of a feed or an item by what they mean.
_Parts = dict[str, list[etree._Element]]  # noqa: SLF001 - lxml gives it no other name


def read_elements(root: etree._Element) -> ReadFeed:
    """Return the items below a feed's root, in the feed's order."""
    nodes = [node for node in root.iter("{*}item", "{*}entry") if _name(node) in {"item", "entry"}]
    feed = _parts(root)
    for channel in feed.pop("channel", ()):
        feed = _parts(channel) | feed
    return ReadFeed(
        items=tuple(map(_item, nodes[:MOST])),
        language=_first(feed, ("language", "dc:language")) or root.get(_LANG) or "",
        categories=_categories(feed),
        too_many=max(0, len(nodes) - MOST),
    )


def _item(node: etree._Element) -> Item:
    parts = _parts(node)
    guid = (_all(parts, ("guid", "id")) or [node.get(_ABOUT) or ""])[-1]
    summaries, contents = _all(parts, _SUMMARY), _all(parts, _CONTENT)
    links = (_first(parts, ("feedburner:origlink",)), _link(parts), *_permalinks(parts), guid)
    return Item(
        links=links,
        guid=guid,
        title=_first(parts, ("title",)) or _media_title(parts),
        summary=(summaries or contents or [""])[0],
        contents=(*contents, *summaries[1:]),
        authors=tuple(
            _first(_parts(one), ("name",)) or _text(one) for one in _nodes(parts, _AUTHOR)
        ),
        published=_first(parts, _PUBLISHED),
        modified=_first(parts, _CHANGED),
        language=_first(parts, ("language", "dc:language")) or node.get(_LANG) or "",
        categories=_categories(parts),
        base=node.base or "",
    )


def _parts(node: etree._Element) -> _Parts:
    """Return the children of a feed or an item by what they mean."""
    parts: _Parts = {}
    for child in node:
        name = _name(child)
        if name in {"item", "entry"}:
            break  # what follows an item says nothing of its feed
        parts.setdefault(name, []).append(child)
    return parts


def _name(node: etree._Element) -> str:
    tag = str(node.tag)
    name = _KNOWN.get(tag)
    if name is None:
        space, _, local = tag.rpartition("}")
        prefix = _PREFIXES.get(space[1:].lower(), "?") if space else ""
        # Feeds declare backend.userland.com in many spellings, all meaning RSS.
        prefix = "" if "backend.userland.com/rss" in space.lower() else prefix
        name = _SAME.get(prefix + local.lower(), prefix + local.lower())
        if len(_KNOWN) < _MOST_NAMES:
            _KNOWN[tag] = name
    return name


def _nodes(parts: _Parts, names: tuple[str, ...]) -> list[etree._Element]:
    return [node for name in names for node in parts.get(name, ())]


def _all(parts: _Parts, names: tuple[str, ...]) -> list[str]:
    return [text for node in _nodes(parts, names) if (text := _text(node))]


def _first(parts: _Parts, names: tuple[str, ...]) -> str:
    for name in names:
        for node in parts.get(name, ()):
            if text := _text(node):
                return text
    return ""


def _last(parts: _Parts, names: tuple[str, ...]) -> str:
    # Of several elements of one name the last one stands, as feedparser has it.
    return next((texts[-1] for name in names if (texts := _all(parts, (name,)))), "")


def _text(node: etree._Element) -> str:
    """Return an element's text; markup that stands in it unescaped stays markup."""
    if not len(node):
        text = (node.text or "").strip()
        return _unpacked(text) if node.attrib and _is_base64(node) else text
    inner = "".join(etree.tostring(child, encoding="unicode") for child in node)
    # A prefix would hide from the HTML parser what the element is.
    inner = re.sub(r"<(/?)[\w.-]+:", r"<\1", inner)
    return (html.escape(node.text or "", quote=False) + inner).strip()


def _is_base64(node: etree._Element) -> bool:
    # RFC 4287, section 4.1.3.3; Atom 0.3 said it by a mode.
    kind = (node.get("type") or "text").lower()
    known = kind in {"text", "plain", *_HTML} or kind.startswith("text/")
    return node.get("mode") == "base64" or not (known or kind.endswith(("+xml", "/xml")))


def _unpacked(text: str) -> str:
    try:
        return base64.b64decode(text, validate=False).decode("utf-8")
    except ValueError:
        return text


def _link(parts: _Parts) -> str:
    # Of several links the last one stands, as feedparser has it.
    link = ""
    for node in parts.get("link", ()):
        given = node.get("url") or node.get("uri") or node.get("href")
        if given is None:
            link = (node.text or "").strip() or link
        elif _leads_to_page(node):
            link = given.strip()
    return link


def _permalinks(parts: _Parts) -> list[str]:
    # A guid is an address unless it says that it is none (RSS 2.0, guid).
    nodes = [node for node in parts.get("guid", ()) if node.get("isPermaLink", "true") == "true"]
    return [text for node in nodes if (text := _text(node)).startswith(("http:", "https:"))]


def _media_title(parts: _Parts) -> str:
    groups = (_last(_parts(group), ("media:title",)) for group in parts.get("media:group", ()))
    return _last(parts, ("media:title",)) or next(filter(None, reversed([*groups])), "")


def _leads_to_page(node: etree._Element) -> bool:
    kind = (node.get("type") or "text/html").lower()
    return (node.get("rel") or "alternate") == "alternate" and kind in _HTML


def _categories(parts: _Parts) -> tuple[str, ...]:
    nodes = _nodes(parts, _CATEGORY)
    said = (node.get("label") or node.get("term") or (node.text or "").strip() for node in nodes)
    return tuple(filter(None, said))
