"""What a page says of its story outside the running text, in one pass over its tree."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import cast
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from news import Entry, Outlet, SourceError
from pipelines.reading import addresses
from pipelines.reading.dates.dates import is_only_date
from pipelines.reading.fetched import Fetched
from pipelines.reading.markup import line, text_of
from pipelines.reading.metadata.bylines import Byline, believed, read_bylines
from pipelines.reading.metadata.headlines import beginnings, choose, cleaned
from pipelines.reading.metadata.jsonld import Told, read_jsonld
from pipelines.reading.metadata.marks import is_live, is_paywalled
from pipelines.reading.metadata.nearby import Nearby
from pipelines.reading.metadata.sites import named_by

#: No headline is longer; an unclosed tag makes one of the whole page.
_LONGEST = 400
#: Elements that a headline may stand in besides, and how many of them are looked at.
_BOXES = ("h2", "h3", "td", "div", "span", "p", "b", "strong", "font", "a")
_MOST_BOXES = 3_000
#: Pages with more h1 than these mean something else by them.
_HEADINGS = 20


_CRUMBS = etree.XPath(
    "//*[contains(@class, 'breadcrumb') or contains(@class, 'Breadcrumb')][1]//a[@href]"
)
#: Longer crumbs are the story's own headline.
_LONGEST_SECTION = 40
#: Numbers of a story: years are those of thousands.
_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{4,}")
#: The last parts of addresses that name no story.
_NO_SLUG = re.compile(
    r"^(?:index|default|home|main|read|detail|article|news|view)?\b[^-]{0,12}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """A page's own account of its story."""

    title: str
    #: ("h1", "…"), ("og", "…"), ("json-ld", "…"), ("title", "…"), ("feed", "…")
    titles: tuple[tuple[str, str], ...]
    authors: tuple[str, ...]
    #: every claim of who wrote it, the most believed first
    bylines: tuple[Byline, ...]
    #: canonical, cross-checked with the fetched address
    address: str
    #: as the page declares it, such as "id-ID"
    language: str
    section: str
    images: tuple[str, ...]
    #: meta fields by lower-case name, in page order
    fields: dict[str, list[str]]
    jsonld: Told
    #: the lines round the headline
    nearby: Nearby
    #: the dates that stand behind titles, as in "… – DW – 13.06.2023"
    title_dates: tuple[str, ...]
    #: the page says that it is not free to read
    paywalled: bool
    #: the page says that it is a live blog
    live: bool


def read_metadata(tree: HtmlElement, page: Fetched) -> Metadata:
    """Return what the page says of itself; nothing in it is trusted blindly."""
    fields = _fields(tree)
    told = read_jsonld(tree)
    titles, names = _titles(tree, fields, told, page.entry), named_by(fields)
    title = choose(titles, page.outlet, names)
    nearby = Nearby(tree, [title, *(text for origin, text in titles if origin == "h1")])
    bylines = read_bylines(
        told=told.authors, fields=fields, nearby=nearby, fed=page.entry.authors,
        outlet=page.outlet, names=names,
    )  # fmt: skip
    return Metadata(
        title=title,
        titles=tuple(cleaned(titles, page.outlet, names)),
        authors=believed(bylines),
        bylines=bylines,
        address=_canonical(tree, fields, told, page.address, page.outlet),
        language=told.language or (tree.get("lang") or "") or _first(fields, "og:locale"),
        section=_section(tree, fields, told),
        images=_images(fields, told, page.address),
        fields=fields,
        jsonld=told,
        nearby=nearby,
        title_dates=tuple(_tail_dates(titles)),
        paywalled=is_paywalled(tree, fields),
        live=is_live(tree),
    )


def _tail_dates(titles: list[tuple[str, str]]) -> Iterator[str]:
    for _, text in titles:
        tail = re.split(r"\s[|–—,-]\s", text)[-1]
        if tail != text and is_only_date(tail):
            yield tail


def _fields(tree: HtmlElement) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = defaultdict(list)
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = meta.get("content") or ""
        if name and content.strip():
            fields[name.strip().lower()].append(content.strip())
    return dict(fields)


def _first(fields: dict[str, list[str]], *names: str) -> str:
    return next((fields[name][0] for name in names if name in fields), "")


def _titles(
    tree: HtmlElement, fields: dict[str, list[str]], told: Told, entry: Entry
) -> list[tuple[str, str]]:
    found = [("h1", line(text_of(node))) for node in islice(tree.iter("h1"), _HEADINGS)]
    found += [("og", line(text)) for text in fields.get("og:title", [])[:1]]
    found += [("twitter", line(text)) for text in fields.get("twitter:title", [])[:1]]
    found.append(("json-ld", told.headline))
    stated = [line(node.text_content()) for node in tree.findall("head/title")[:1]]
    if not any(text for _, text in found):
        found += [("printed", text) for text in _headings(tree, stated)]
    found += [("title", text) for text in stated]
    found.append(("feed", line(entry.headline)))
    return list(dict.fromkeys((origin, text[:_LONGEST]) for origin, text in found if text))


def _headings(tree: HtmlElement, stated: list[str]) -> list[str]:
    # Of old layouts, which have no h1: what the page prints of its <title>, in a cell or a box.
    wanted = [text for title in stated for text in beginnings(title[:_LONGEST])]
    if not wanted:
        return []
    printed = {line(node.text) for node in islice(tree.iter(*_BOXES), _MOST_BOXES) if node.text}
    return [text for text in wanted if text in printed][:1]


def _images(fields: dict[str, list[str]], told: Told, address: str) -> tuple[str, ...]:
    given = [*fields.get("og:image", []), *told.images][:10]
    joined = (_joined(address, image) for image in given)
    return tuple(dict.fromkeys(image for image in joined if image.startswith("http")))


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return ""  # no address: there is nothing to show


def _section(tree: HtmlElement, fields: dict[str, list[str]], told: Told) -> str:
    stated = line(_first(fields, "article:section", "section", "category") or told.section)
    if stated:
        return stated
    # The first crumb leads home, the last link before the story to its section.
    crumbs = [line(node.text_content()) for node in cast("list[HtmlElement]", _CRUMBS(tree))[:8]]
    named = [crumb for crumb in crumbs[1:] if 1 < len(crumb) <= _LONGEST_SECTION]
    return named[-1] if named else ""


def _canonical(
    tree: HtmlElement, fields: dict[str, list[str]], told: Told, address: str, outlet: Outlet
) -> str:
    links = [
        link.get("href") or ""
        for link in tree.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    ]
    fetched = addresses.canonical(address, outlet)
    claims = [_claim(link, address, outlet) for link in links[:1]]
    claims += [_claim(_first(fields, "og:url"), address, outlet)]
    claims += [_claim(told.address, address, outlet)]
    for claim in filter(None, claims):
        if claim == fetched or _credible(claim, fetched, claims, outlet):
            return claim
    return fetched


def _claim(link: str, address: str, outlet: Outlet) -> str:
    try:
        return addresses.canonical(_joined(address, link), outlet) if link.strip() else ""
    except SourceError:
        return ""


def _credible(claim: str, fetched: str, claims: list[str], outlet: Outlet) -> bool:
    # Templates name the home page, the section or a neighbour: only what is a
    # story, here, and agrees with a second voice or with the address itself is taken.
    if not addresses.is_story(claim, outlet):
        return False
    if addresses.key(claim, outlet) == addresses.key(fetched, outlet):
        return True
    if set(_NUMBER.findall(fetched)) & set(_NUMBER.findall(claim)):
        return True
    if _slug(claim) == _slug(fetched):
        return not _NO_SLUG.match(_slug(claim))
    return claims.count(claim) > 1 and addresses.looks_like_story(urlsplit(claim).path)


def _slug(address: str) -> str:
    return address.partition("?")[0].rsplit("/", 1)[-1]
