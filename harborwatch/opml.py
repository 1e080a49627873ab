"""OPML, the list of feeds that readers exchange (opml.org/spec2.opml): read and written.

What is read was written by others: entities are refused, nothing is fetched.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from news import FileError, Outlet

#: bytes of a list of feeds; one of ten thousand feeds has three million
_MOST = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed as an OPML file names it."""

    address: str
    name: str
    #: the site that the feed is of, or ""
    home: str
    #: as declared, such as "id-ID", or ""
    language: str
    #: texts of the outlines around it, the outermost first
    folders: tuple[str, ...]
    line: int


def read_opml(path: Path) -> list[Subscription]:
    """Return the feeds of an OPML file, in its order. Raises FileError with its line."""
    root = _root(path, _bytes(path))
    if _name(root) != "opml":
        hint = "export the list of feeds from the reader as OPML"
        raise FileError(path, _line(root), f"is no OPML: it begins with <{_name(root)}>", hint)
    found = list(_subscriptions(root, ()))
    if not found:
        hint = 'a feed is an <outline> with xmlUrl="https://…"'
        raise FileError(path, _line(root), "names no feed", hint)
    return found


def opml_text(outlets: Iterable[Outlet]) -> str:
    """Return the feeds of outlets as OPML 2.0, in a folder for each country."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = "Harborwatch outlets"
    body = etree.SubElement(root, "body")
    lands: defaultdict[str, list[Mapping[str, str]]] = defaultdict(list)
    for outlet in outlets:
        lands[outlet.country] += _outlines(outlet)
    for land, outlines in sorted(lands.items()):
        if outlines:
            folder = etree.SubElement(body, "outline", text=land, title=land)
            for outline in outlines:
                etree.SubElement(folder, "outline", dict(outline))
    etree.indent(root)
    written = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _outlines(outlet: Outlet) -> list[Mapping[str, str]]:
    name = _printable(outlet.name)
    return [
        {
            "type": "rss",
            "text": name,
            "title": name,
            "xmlUrl": _printable(source.address),
            "htmlUrl": _printable(outlet.home),
            "language": outlet.languages[0] if outlet.languages else "",
        }
        for source in outlet.sources
        if source.way == "feed"
    ]


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileError(path, None, f"cannot be read: {error.strerror or error}") from error
    if len(data) > _MOST:
        raise FileError(path, None, f"is larger than {_MOST:,} bytes; no list of feeds is")
    return data


def _root(path: Path, data: bytes) -> etree._Element:
    # Without the NULs the mark is found in UTF-16 too.
    bare = data.replace(b"\0", b"")
    if (at := bare.find(b"<!ENTITY")) >= 0:
        line = bare.count(b"\n", 0, at) + 1
        raise FileError(
            path, line, "declares entities, which OPML has no need of", "take them out"
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        what = re.sub(
            r"(?:, line \d+, column \d+)? \(.*\)$|, line \d+, column \d+$", "", str(error)
        )
        raise FileError(path, error.lineno or 1, f"is no XML: {what}") from error


def _subscriptions(node: etree._Element, folders: tuple[str, ...]) -> Iterator[Subscription]:
    # lxml's own bound on depth (256) keeps this from going too deep.
    for child in node.iterchildren("*"):
        given = {str(name).lower(): str(value).strip() for name, value in child.attrib.items()}
        text = given.get("title") or given.get("text") or ""
        if address := given.get("xmlurl", ""):
            yield Subscription(
                address=re.sub(r"^feed:(?://(?!/)|(?=https?:))", _plain_scheme, address),
                name=text,
                home=given.get("htmlurl", ""),
                language=given.get("language", ""),
                folders=folders,
                line=_line(child),
            )
        inner = (*folders, text) if _name(child) == "outline" else folders
        yield from _subscriptions(child, inner)


def _line(node: etree._Element) -> int:
    line: object = node.sourceline
    return line if isinstance(line, int) else 1


def _plain_scheme(found: re.Match[str]) -> str:
    """Return what stands for "feed://host" and "feed:https://host", which old readers wrote."""
    return "http://" if found[0].endswith("//") else ""


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname.lower()


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
