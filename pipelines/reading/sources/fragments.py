"""The plain text of a source's pieces of HTML, a thousand a second and more.

The same text as markup.plain gives, which walks each element in Python; here
the walking is libxml2's, since a poll reads hundreds of pieces and no outlet's
furniture is cut out of them.
"""

import html
import re

from lxml import etree

from pipelines.reading.markup import lines, parsable, plain

_BLOCKS = (
    "address", "article", "aside", "blockquote", "br", "caption", "center", "dd", "div", "dl",
    "dt", "fieldset", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "tr", "ul",
)  # fmt: skip
_SILENT = (
    "button", "embed", "figcaption", "form", "head", "iframe", "input", "link", "meta",
    "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "video",
    "audio",
)  # fmt: skip
#: A tag, a comment or a declaration; "5 < 6" is none.
_MARKUP = re.compile(r"<[a-zA-Z/!?]")
#: A letter of no script, which Unicode keeps free for uses such as this one.
_BREAK = "\ufdd0"
#: Feeds wrap twice now and then; what is left of the second wrapping is no text.
_WRAPPING = re.compile(r"<!\[CDATA\[|\]\]>")
_PARSER = etree.HTMLParser(
    encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
)


def text_of_fragment(fragment: str) -> str:
    """Return the text of a piece of HTML, a line for each block."""
    if "<" not in fragment:
        return lines(html.unescape(fragment) if "&" in fragment else fragment)
    if "CDATA" in fragment:
        fragment = _WRAPPING.sub("", fragment)
    if not _MARKUP.search(fragment):
        return lines(html.unescape(fragment))
    try:
        root = etree.fromstring(parsable(f"<div>{fragment}</div>"), _PARSER)
        return "" if root is None else _text(root)
    except (etree.LxmlError, ValueError):
        # References to control characters make text that no element may be given.
        return plain(fragment)


def line_of_fragment(fragment: str) -> str:
    """Return the text of a piece of HTML as one line."""
    return text_of_fragment(fragment).replace("\n", " ")


def _text(root: etree._Element) -> str:
    etree.strip_elements(root, *_SILENT, with_tail=False)
    for node in root.iter(*_BLOCKS):
        node.text = f"{_BREAK}{node.text}" if node.text else _BREAK
        node.tail = f"{_BREAK}{node.tail}" if node.tail else _BREAK
    text = str(etree.tostring(root, method="text", encoding="unicode"))
    # Line ends inside markup are spaces; only blocks begin a line.
    return lines("\n".join(" ".join(part.split()) for part in text.split(_BREAK)))
