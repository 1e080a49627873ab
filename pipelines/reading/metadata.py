"""What a page says of its story outside the running text, in one pass over its tree."""

import re
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml.html import HtmlElement

from news import Entry, Outlet, SourceError
from pipelines.reading import addresses
from pipelines.reading.fetched import Fetched
from pipelines.reading.headlines import choose, without_site
from pipelines.reading.jsonld import Told, read_jsonld
from pipelines.reading.markup import line, text_of

#: Values that stand where a name should: addresses, page numbers, the site itself.
_NO_NAME = re.compile(
    r"^https?://|^www\.|@|^\d+$|^(admin|editor|redaksi|newsroom)$", re.IGNORECASE
)
#: No headline is longer; an unclosed tag makes one of the whole page.
_LONGEST = 400
_AUTHOR_FIELDS = ("author", "article:author", "dable:author", "parsely-author", "dc.creator",
                  "dcterms.creator", "content_author", "byl", "sailthru.author")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """A page's own account of its story."""

    title: str
    #: ("h1", "…"), ("og", "…"), ("json-ld", "…"), ("title", "…"), ("feed", "…")
    titles: tuple[tuple[str, str], ...]
    authors: tuple[str, ...]
    #: canonical, cross-checked with the fetched address
    address: str
    #: as the page declares it, such as "id-ID"
    language: str
    section: str
    images: tuple[str, ...]
    #: meta fields by lower-case name, in page order
    fields: dict[str, list[str]]
    jsonld: Told


def read_metadata(tree: HtmlElement, page: Fetched) -> Metadata:
    """Return what the page says of itself; nothing in it is trusted blindly."""
    fields = _fields(tree)
    told = read_jsonld(tree)
    titles = _titles(tree, fields, told, page.entry)
    return Metadata(
        title=choose(titles, page.outlet),
        titles=tuple((origin, without_site(text, page.outlet)) for origin, text in titles),
        authors=_authors(tree, fields, told, page),
        address=_canonical(tree, fields, told, page.address, page.outlet),
        language=told.language or (tree.get("lang") or "") or _first(fields, "og:locale"),
        section=line(_first(fields, "article:section", "section", "category") or told.section),
        images=_images(fields, told, page.address),
        fields=fields,
        jsonld=told,
    )


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
    found = [("h1", line(text_of(node))) for node in tree.iter("h1")]
    found += [("og", line(text)) for text in fields.get("og:title", [])[:1]]
    found += [("twitter", line(text)) for text in fields.get("twitter:title", [])[:1]]
    found.append(("json-ld", told.headline))
    found += [("title", line(node.text_content())) for node in tree.findall("head/title")[:1]]
    found.append(("feed", line(entry.headline)))
    return list(dict.fromkeys((origin, text[:_LONGEST]) for origin, text in found if text))


def _authors(
    tree: HtmlElement, fields: dict[str, list[str]], told: Told, page: Fetched
) -> tuple[str, ...]:
    names = list(told.authors)
    if not names:
        names = [name for field in _AUTHOR_FIELDS for name in fields.get(field, [])]
    if not names:
        names = [line(text_of(node)) for node in tree.cssselect("[rel=author], [itemprop=author]")]
    names = names or list(page.entry.authors)
    parted = [
        part for name in names for part in re.split(r"\s*[,;|]\s*|\s+(?:and|dan|và)\s+", name)
    ]
    kept = [
        re.sub(r"^(?:by|oleh|bởi)[:\s]+", "", line(name), flags=re.IGNORECASE) for name in parted
    ]
    return tuple(dict.fromkeys(name for name in kept if _is_name(name, page.outlet)))[:10]


def _is_name(name: str, outlet: Outlet) -> bool:
    return 1 < len(name) <= 60 and not _NO_NAME.search(name) and name != outlet.name


def _images(fields: dict[str, list[str]], told: Told, address: str) -> tuple[str, ...]:
    given = [*fields.get("og:image", []), *told.images][:10]
    joined = (_joined(address, image) for image in given)
    return tuple(dict.fromkeys(image for image in joined if image.startswith("http")))


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return ""  # no address: there is nothing to show


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
    numbers = set(re.findall(r"\d{4,}", fetched)) & set(re.findall(r"\d{4,}", claim))
    return bool(numbers) or _slug(claim) == _slug(fetched) or claims.count(claim) > 1


def _slug(address: str) -> str:
    return address.partition("?")[0].rsplit("/", 1)[-1]
