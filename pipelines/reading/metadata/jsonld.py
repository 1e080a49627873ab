"""What a page says of its story in JSON-LD (schema.org)."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

from lxml.html import HtmlElement

from pipelines.reading.markup import line, plain

_ARTICLE = re.compile(r"(Article|BlogPosting|Report|LiveBlog)", re.IGNORECASE)
#: Deeper than any real page nests its objects; a bound for hostile ones.
_DEPTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An article as JSON-LD tells it; "" and () where it says nothing."""

    headline: str = ""
    body: str = ""
    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    language: str = ""
    address: str = ""
    images: tuple[str, ...] = ()


def read_jsonld(tree: HtmlElement) -> Told:
    """Return the page's main article, the one with most to say; an empty one for none."""
    found: list[Told] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            found += [_told(node) for node in _articles(_loaded(script.text or ""), 0)]
    return max(found, key=_weight, default=Told())


def _weight(told: Told) -> tuple[bool, bool, int]:
    return bool(told.headline), bool(told.published), len(told.body)


def _loaded(text: str) -> object:
    # Pages put raw line ends, comments and a last semicolon into their JSON.
    trimmed = re.sub(r"^\s*(<!--|//<!\[CDATA\[)|(-->|//\]\]>)\s*$", "", text).strip().rstrip(";")
    try:
        return json.loads(trimmed, strict=False)
    except (ValueError, RecursionError):
        return None


def _is_object(node: object) -> TypeGuard[dict[str, object]]:
    return isinstance(node, dict)


def _articles(node: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > _DEPTH:
        return
    if isinstance(node, list):
        for item in node[:200]:
            yield from _articles(item, depth + 1)
    elif _is_object(node):
        if any(_ARTICLE.search(kind) for kind in _strings(node.get("@type"))):
            yield node
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "liveBlogUpdate"):
            yield from _articles(node.get(name), depth + 1)


def _told(node: dict[str, object]) -> Told:
    return Told(
        headline=line(plain(_text(node.get("headline")) or _text(node.get("name")))),
        body=plain(_text(node.get("articleBody"))),
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
        modified=_text(node.get("dateModified")),
        authors=tuple(dict.fromkeys(filter(None, map(line, _names(node.get("author")))))),
        section=line(_text(node.get("articleSection"))),
        language=_text(node.get("inLanguage")),
        address=_text(node.get("url")) or _named(node.get("mainEntityOfPage"), "@id"),
        images=tuple(_addresses(node.get("image"))),
    )


def _text(node: object) -> str:
    return next(iter(_strings(node)), "")


def _strings(node: object) -> list[str]:
    if isinstance(node, str):
        return [node.encode("utf-8", "replace").decode()]  # JSON may hold half surrogate pairs
    if isinstance(node, int | float) and not isinstance(node, bool):
        return [str(node)]
    if isinstance(node, list):
        return [text for text in node if isinstance(text, str)]
    return [_named(node, "@value")] if _named(node, "@value") else []


def _named(node: object, name: str) -> str:
    value = node.get(name) if _is_object(node) else None
    return value if isinstance(value, str) else ""


def _names(node: object) -> Iterator[str]:
    for item in node if isinstance(node, list) else [node]:
        if isinstance(item, str):
            yield from re.split(r"\s*[,;]\s*", item)
        elif _is_object(item) and "Organization" not in _strings(item.get("@type")):
            yield from _strings(item.get("name"))


def _addresses(node: object) -> Iterator[str]:
    for item in node if isinstance(node, list) else [node]:
        yield from [item] if isinstance(item, str) else filter(None, [_named(item, "url")])
