"""Foreign text that stays text in every markup, and calls nobody. Pure."""

import html
from collections.abc import Mapping

#: A word joiner: it cannot be seen, and what stands round it is no name,
#: no mention and no tag any more.
JOINER = "\u2060"
#: A space without width: a word's edge for markups that want one.
EDGE = "\u200b"

#: Signs of markdown as signs that look like them: for services that know no
#: escape, where a backslash would be shown.
_LOOKALIKES = {"\\": "⧵", "*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
#: Signs that a joiner behind them takes the meaning from: mentions, tags,
#: formulas, links, channels.
_BROKEN = frozenset("@<$]#")
_PUNCTUATION = frozenset("\\*_~`|<>#[]()@-")


def plain(text: str) -> str:
    """Return text for services without markup: mentions and tags are broken."""
    return "".join(sign + JOINER if sign in "@<" else sign for sign in text)


def for_html(text: str) -> str:
    """Return text for HTML, mentions broken: nobody is called by a headline."""
    return html.escape(text.replace("@", f"@{JOINER}"), quote=True)


def with_lookalikes(text: str, replaced: Mapping[str, str] = _LOOKALIKES) -> str:
    """Return text for markdown that knows no escape."""
    shown = (replaced.get(sign, sign) for sign in text)
    return "".join(sign + JOINER if sign in _BROKEN else sign for sign in shown)


def with_backslashes(text: str) -> str:
    """Return text for markdown that takes a backslash before punctuation."""
    escaped = (f"\\{sign}" if sign in _PUNCTUATION else sign for sign in text)
    return "".join(escaped).replace("\\@", f"\\@{JOINER}")


def address_in_parentheses(address: str) -> str:
    """Return an address that ends no markdown link early."""
    for sign, code in (("(", "%28"), (")", "%29"), ("<", "%3C"), (">", "%3E"), ("*", "%2A")):
        address = address.replace(sign, code)
    return address
