"""One parse of a page's markup, and the plain text of its parts."""

import html
import re
import unicodedata
from collections.abc import Collection

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from news import Refused

#: Elements that begin a line of their own.
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "caption", "center", "dd", "div", "dl",
    "dt", "fieldset", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "tr", "ul",
})  # fmt: skip
#: Elements whose words are no running text.
SILENT = frozenset({
    "button", "embed", "figcaption", "form", "head", "iframe", "input", "link", "meta",
    "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "video",
    "audio",
})  # fmt: skip
_IN_HEAD = frozenset({
    "base", "basefont", "bgsound", "isindex", "link", "meta", "noscript", "object", "script",
    "style", "template", "title",
})  # fmt: skip
#: libxml2 drops what stands behind a NUL; other control characters are noise.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


#: References to halves of surrogate pairs, which libxml2 takes for letters.
_SURROGATE = re.compile(
    r"&#(?:x0*d[89a-f][0-9a-f]{2}|0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]))"
    r"(?![0-9a-f]);?",
    re.IGNORECASE,
)
_TONES = re.compile("[\u0309\u0323]|[ăâêôơưĂÂÊÔƠƯ][\u0300\u0301\u0303]")
#: What no stored text may hold: half pairs; and zero-width spaces, which hide matches.
_UNSEEN = re.compile("[\ud800-\udfff\u200b\ufeff]")


def parse(text: str) -> HtmlElement:
    """Parse a page. Raises Refused("unreadable") where there is nothing to parse."""
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        return _with_body(document_fromstring(parsable(text), parser=parser))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise Refused("unreadable", f"the markup cannot be parsed: {error}") from error


def _with_body(tree: HtmlElement) -> HtmlElement:
    # A page may leave <body> out. libxml2 then puts what is newer than HTML 4, such as
    # <article>, into the head, where nobody reads it.
    head = tree.find("head")
    astray = [] if head is None else [one for one in head if one.tag not in _IN_HEAD]
    if astray:
        body = tree.find("body")
        if body is None:
            body = etree.SubElement(tree, "body")
        for at, node in enumerate(astray):
            body.insert(at, node)
    return tree


def parsable(text: str) -> bytes:
    """Return markup as UTF-8 without the characters that libxml2 stumbles over."""
    return _SURROGATE.sub("", _CONTROL.sub("", text)).encode("utf-8", "replace")


def text_of(root: HtmlElement, cut: Collection[HtmlElement] = ()) -> str:
    """Return the text of an element, a line for each block, without the cut parts."""
    parts: list[str] = []
    dropped = set(cut)
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, node in walker:
        silent = node.tag in SILENT or node in dropped
        if event == "start":
            parts.append("\n" if node.tag in BLOCKS else "")
            if silent:
                walker.skip_subtree()
            else:
                parts.append(_flat(node.text))
        else:
            parts.append("\n" if node.tag in BLOCKS else "")
            parts.append(_flat(node.tail) if node is not root else "")
    return lines("".join(parts))


def plain(fragment: str) -> str:
    """Return the text of a piece of HTML, such as a feed's summary."""
    if "<" not in fragment:
        return lines(html.unescape(fragment))
    try:
        return text_of(parse(f"<div>{fragment}</div>"))
    except Refused:
        return lines(html.unescape(fragment))


def lines(text: str) -> str:
    """Return the text with runs of space as one, and without empty lines."""
    kept = (" ".join(line.split()) for line in composed(_UNSEEN.sub("", text)).splitlines())
    return "\n".join(line for line in kept if line)


def line(text: str | None) -> str:
    """Return the text as one line."""
    return " ".join(composed(_UNSEEN.sub("", html.unescape(text or ""))).split())


def composed(text: str) -> str:
    """Return Vietnamese whose tone marks stand apart, as windows-1258 has them, in one (NFC).

    Other text stays as it is printed: folding makes one of its forms later, and old
    Burmese fonts rest on an order of marks that NFC would change.
    """
    return unicodedata.normalize("NFC", text) if _TONES.search(text) else text


def _flat(text: str | None) -> str:
    # Line ends inside markup are spaces; only blocks begin a line.
    return re.sub(r"\s+", " ", text or "")
