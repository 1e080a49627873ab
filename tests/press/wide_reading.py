"""How the tests read a page of the wide press: in its true encoding, as one line of text."""

from __future__ import annotations

import unicodedata

from lxml import html


def flat(text):
    return unicodedata.normalize("NFC", " ".join(text.split()))


def text_of(body, encoding):
    """Decode in the true encoding, and give the visible text as one line."""
    parser = html.HTMLParser(encoding="utf-8")
    tree = html.document_fromstring(body.decode(encoding).encode(), parser=parser)
    for script in tree.xpath("//script|//style|//noscript"):
        script.drop_tree()
    return flat(tree.text_content())
